// Numbers beyond two bounds become the bounds.
#include <algorithm>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {
namespace {

struct ClipValues {
    std::vector<std::string> columns;
    std::string low;
    std::string high;
};

Result<CleanTable> applyClipValues(const CleanTable& input, const ClipValues& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const double low, numberSetting(settings.low, "low", -std::numeric_limits<double>::infinity()));
    LAMINA_TRY(const double high, numberSetting(settings.high, "high", std::numeric_limits<double>::infinity()));
    if (low > high) return fail("cleaning.bounds_crossed", {{"low", settings.low}, {"high", settings.high}});
    LAMINA_TRY(const auto chosen, numberColumns(input.table, settings.columns, context.predicting));
    std::vector<MappedColumn> mapped;
    for (const std::size_t column : chosen) mapped.push_back({column, eachNumber([low, high](double x) { return x < low ? low : x > high ? high : x; })});
    return mapColumns(input, mapped, context, report);
}

}  // namespace

const CleaningStepType& clip_values_step() {
    static const CleaningStepType type = CleaningStepDescriptor<ClipValues, applyClipValues>{
        .id = "clip_values",
        .title = "Limit values",
        .category = "numbers",
        .summary = "Makes numbers below the smallest allowed value that value, and those above the largest the largest.",
        .searchWords = {"clip", "clamp", "cap", "winsorise"},
        .properties = {property("columns", &ClipValues::columns, "Columns", "The columns of numbers.", {.meaning = "column"}),
                       property("low", &ClipValues::low, "Smallest", "Nothing stays below this number; empty: no limit."),
                       property("high", &ClipValues::high, "Largest", "Nothing stays above this number; empty: no limit.")}};
    return type;
}

}  // namespace lamina
