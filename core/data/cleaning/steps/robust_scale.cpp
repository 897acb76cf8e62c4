// Subtracts the median and divides by the distance of the quartiles, so that a few extreme values do not matter.
#include <algorithm>
#include <cmath>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {
namespace {

struct RobustScale {
    std::vector<std::string> columns;
};

Result<nlohmann::json> fitRobustScale(const CleanTable& input, TrainingRows training, const RobustScale& settings, const StepContext& context) {
    return learnNumberColumns(input, training, settings.columns, context, [](std::vector<double> values) -> nlohmann::json {
        const auto quartiles = quantilesOf(values, {0.25, 0.5, 0.75});
        const double range = quartiles[2] - quartiles[0];
        return {{"median", quartiles[1]}, {"range", range > 0 ? range : 1.0}};
    });
}

Result<CleanTable> applyRobustScale(const CleanTable& input, const RobustScale&, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    return mapLearnedColumns(input, fitted, context, report, [](const nlohmann::json& learned) -> NumberFunction {
        const double median = learned.at("median").get<double>(), range = learned.at("range").get<double>();
        return eachNumber([median, range](double x) { return (x - median) / range; });
    });
}

}  // namespace

const CleaningStepType& robust_scale_step() {
    static const CleaningStepType type = CleaningStepDescriptor<RobustScale, applyRobustScale>{
        .id = "robust_scale",
        .title = "Scale robustly",
        .category = "numbers",
        .summary = "Subtracts the median and divides by the distance of the quartiles, so that a few extreme values do not matter.",
        .searchWords = {"median", "iqr", "quartile"},
        .properties = {property("columns", &RobustScale::columns, "Columns", "The columns of numbers; none: all that are neither target nor ignored.", {.meaning = "column"})},
        .fit = eraseFit<RobustScale, fitRobustScale>};
    return type;
}

}  // namespace lamina
