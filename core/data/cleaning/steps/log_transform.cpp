// Logarithms of columns.
#include <cmath>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {
namespace {

struct LogTransform {
    std::vector<std::string> columns;
    std::string form = "log1p";
};

Result<CleanTable> applyLogTransform(const CleanTable& input, const LogTransform& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const auto chosen, numberColumns(input.table, settings.columns, context.predicting));
    const NumberFunction function = settings.form == "log1p"   ? eachNumber([](double x) { return std::log1p(x); })
                                    : settings.form == "log10" ? eachNumber([](double x) { return std::log10(x); })
                                                               : eachNumber([](double x) { return std::log(x); });
    std::vector<MappedColumn> mapped;
    for (const std::size_t column : chosen) mapped.push_back({column, function});
    return mapColumns(input, mapped, context, report);
}

}  // namespace

const CleaningStepType& log_transform_step() {
    static const CleaningStepType type = CleaningStepDescriptor<LogTransform, applyLogTransform>{
        .id = "log_transform",
        .title = "Logarithm",
        .category = "numbers",
        .summary = "Takes logarithms, which draw large values together; numbers that have none become missing and are reported.",
        .searchWords = {"log", "log1p", "skew"},
        .properties = {property("columns", &LogTransform::columns, "Columns", "The columns of numbers.", {.meaning = "column"}),
                       property("form", &LogTransform::form, "Form", "log1p: of 1 + x, so that 0 stays 0. log: the natural logarithm. log10: to base 10.",
                                {.choices = {"log1p", "log", "log10"}})}};
    return type;
}

}  // namespace lamina
