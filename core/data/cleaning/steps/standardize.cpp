// Shifts and scales each column so that its training values have the mean 0 and the standard deviation 1.
#include <algorithm>
#include <cmath>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {
namespace {

struct Standardize {
    std::vector<std::string> columns;
};

Result<nlohmann::json> fitStandardize(const CleanTable& input, TrainingRows training, const Standardize& settings, const StepContext& context) {
    return learnSumsOfColumns(input, training, settings.columns, true, context, [](const NumberSums& sums) -> nlohmann::json {
        const double deviation = sums.deviation();
        return {{"mean", sums.mean()}, {"deviation", deviation > 0 ? deviation : 1.0}};
    });
}

Result<CleanTable> applyStandardize(const CleanTable& input, const Standardize&, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    return mapLearnedColumns(input, fitted, context, report, [](const nlohmann::json& learned) -> NumberFunction {
        const double mean = learned.at("mean").get<double>(), deviation = learned.at("deviation").get<double>();
        return eachNumber([mean, deviation](double x) { return (x - mean) / deviation; });
    });
}

}  // namespace

const CleaningStepType& standardize_step() {
    static const CleaningStepType type = CleaningStepDescriptor<Standardize, applyStandardize>{
        .id = "standardize",
        .title = "Standardise",
        .category = "numbers",
        .summary = "Shifts and scales each column so that its training values have the mean 0 and the standard deviation 1.",
        .searchWords = {"scale", "z-score", "normalise", "normalize"},
        .properties = {property("columns", &Standardize::columns, "Columns", "The columns of numbers; none: all that are neither target nor ignored.", {.meaning = "column"})},
        .fit = eraseFit<Standardize, fitStandardize>};
    return type;
}

}  // namespace lamina
