// Shifts and scales each column so that its training values fill a range, by default 0 to 1.
#include <algorithm>
#include <cmath>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {
namespace {

struct MinMaxScale {
    std::vector<std::string> columns;
    double low = 0;
    double high = 1;
};

Result<nlohmann::json> fitMinMaxScale(const CleanTable& input, TrainingRows training, const MinMaxScale& settings, const StepContext& context) {
    return learnSumsOfColumns(input, training, settings.columns, false, context,
                              [](const NumberSums& sums) -> nlohmann::json { return {{"low", sums.least}, {"high", sums.most}}; });
}

Result<CleanTable> applyMinMaxScale(const CleanTable& input, const MinMaxScale& settings, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    return mapLearnedColumns(input, fitted, context, report, [&settings](const nlohmann::json& learned) -> NumberFunction {
        const double low = learned.at("low").get<double>(), range = learned.at("high").get<double>() - low;
        const double factor = (settings.high - settings.low) / (range > 0 ? range : 1);
        return eachNumber([low, factor, first = settings.low](double x) { return (x - low) * factor + first; });
    });
}

}  // namespace

const CleaningStepType& min_max_scale_step() {
    static const CleaningStepType type = CleaningStepDescriptor<MinMaxScale, applyMinMaxScale>{
        .id = "min_max_scale",
        .title = "Scale to a range",
        .category = "numbers",
        .summary = "Shifts and scales each column so that its training values fill a range, by default 0 to 1.",
        .searchWords = {"minmax", "normalise", "normalize", "range"},
        .properties = {property("columns", &MinMaxScale::columns, "Columns", "The columns of numbers; none: all that are neither target nor ignored.", {.meaning = "column"}),
                       property("low", &MinMaxScale::low, "Smallest", "What the smallest training value becomes."),
                       property("high", &MinMaxScale::high, "Largest", "What the largest training value becomes.")},
        .fit = eraseFit<MinMaxScale, fitMinMaxScale>};
    return type;
}

}  // namespace lamina
