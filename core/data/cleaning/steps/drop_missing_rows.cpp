// Rows without values.
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct DropMissingRows {
    std::vector<std::string> columns;
    std::string when = "any";
};

/// remove[row]: is one of the columns looked at so far missing there (any), are all (not any)?
void combineMissing(std::span<const std::uint8_t> missing, bool any, std::uint8_t* remove) {
    if (any)
        for (std::size_t i = 0; i < missing.size(); ++i) remove[i] |= missing[i];
    else
        for (std::size_t i = 0; i < missing.size(); ++i) remove[i] &= missing[i];
}

Result<CleanTable> applyDropMissingRows(const CleanTable& input, const DropMissingRows& settings, const nlohmann::json&, const StepContext& context,
                                        StepReport& report) {
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns, context.predicting));
    std::vector<std::uint8_t> remove(static_cast<std::size_t>(input.table.rows()), 0);
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        const bool any = settings.when == "any";
        std::uint8_t* const removed = remove.data() + slice.first;
        std::vector<std::uint8_t> missing(static_cast<std::size_t>(slice.last - slice.first));
        if (!any && !chosen.empty()) std::fill_n(removed, missing.size(), std::uint8_t{1});
        for (const std::size_t column : chosen) {
            if (any && input.table.info(column).missing == 0) continue;
            flagMissing(input.table.view(column), slice, missing);
            combineMissing(missing, any, removed);
        }
    }));
    return withoutRows(input, remove, context, report);
}

}  // namespace

const CleaningStepType& drop_missing_rows_step() {
    static const CleaningStepType type = CleaningStepDescriptor<DropMissingRows, applyDropMissingRows>{
        .id = "drop_missing_rows",
        .title = "Remove rows with missing values",
        .category = "missing",
        .summary = "Removes rows in which a value is missing; at prediction time such rows get no answer, and the reason is said.",
        .searchWords = {"dropna", "empty", "null", "incomplete"},
        .properties = {property("columns", &DropMissingRows::columns, "Columns", "The columns to look at; none chosen: all.", {.meaning = "column"}),
                       property("when", &DropMissingRows::when, "Remove where", "One of the columns is missing, or all of them are.",
                                {.choices = {"any", "all"}})},
        .rows = RowEffect::Removes};
    return type;
}

}  // namespace lamina
