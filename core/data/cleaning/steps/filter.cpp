// Keeps the rows where an expression is true: for everything that follows, or while a model is made only.
#include "core/data/cleaning/steps/expression_step.h"

namespace lamina {
namespace {

struct FilterRows {
    std::string condition;
    bool keepMissing = false;
};

Result<CleanTable> applyFilterRows(const CleanTable& input, const FilterRows& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const auto condition, Expression::parse(settings.condition));
    if (isPassedOver(condition, input.table, context, report)) return input;
    LAMINA_TRY(auto mask, evaluateMask(condition, input.table, {context.threads, context.cancel}));
    for (auto& is : mask) is = is == missingMask ? !settings.keepMissing : !is;
    return withoutRows(input, mask, context, report);
}

std::vector<Property> filterProperties() {
    return {property("condition", &FilterRows::condition, "Condition", "Rows where this is true stay, such as: price > 100 and city is not missing.", {.meaning = "expression"}),
            property("keep_missing", &FilterRows::keepMissing, "Keep undecided rows", "Rows also stay where the condition cannot be decided because a value is missing.")};
}

}  // namespace

const CleaningStepType& filter_step() {
    static const CleaningStepType type = CleaningStepDescriptor<FilterRows, applyFilterRows>{
        .id = "filter",
        .title = "Filter rows",
        .category = "rows",
        .summary = "Keeps the rows where a condition is true; new rows that fail it are not answered either.",
        .searchWords = {"where", "select", "remove", "condition"},
        .properties = filterProperties(),
        .rows = RowEffect::Removes};
    return type;
}

const CleaningStepType& filter_training_step() {
    static const CleaningStepType type = CleaningStepDescriptor<FilterRows, applyFilterRows>{
        .id = "filter_training",
        .title = "Filter rows for training",
        .category = "rows",
        .summary = "Keeps the rows where a condition is true while a model is made; new rows are answered whatever they hold.",
        .searchWords = {"where", "select", "remove", "condition"},
        .properties = filterProperties(),
        .rows = RowEffect::TrainingOnly};
    return type;
}

}  // namespace lamina
