// Rows without values.
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct DropMissingRows {
    std::vector<std::string> columns;
    std::string when = "any";
};

/// remove[row]: is one of the columns looked at so far missing there (any), are all (not any)?
void countMissing(const ColumnView& view, const RowSlice& slice, bool any, bool first, std::vector<std::uint8_t>& remove) {
    for (std::int64_t row = slice.first; row < slice.last; ++row) {
        const bool missing = view.isMissing(row);
        std::uint8_t& place = remove[static_cast<std::size_t>(row)];
        if (first) place = missing;
        else place = any ? place | missing : place & missing;
    }
}

Result<CleanTable> applyDropMissingRows(const CleanTable& input, const DropMissingRows& settings, const nlohmann::json&, const StepContext& context,
                                        StepReport& report) {
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns, context.predicting));
    std::vector<std::uint8_t> remove(static_cast<std::size_t>(input.table.rows()), 0);
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        bool first = true;
        for (const std::size_t column : chosen) {
            if (settings.when == "any" && input.table.info(column).missing == 0 && !first) continue;
            countMissing(input.table.view(column), slice, settings.when == "any", first, remove);
            first = false;
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
