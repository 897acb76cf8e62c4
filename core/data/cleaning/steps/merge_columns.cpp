// Several columns as one text.
#include <algorithm>

#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct MergeColumns {
    std::vector<std::string> columns;
    std::string separator = " ";
    std::string name;
    bool skipMissing = true;
    bool keepColumns = false;
};

/// The row's text; false where there is none.
bool mergedText(const std::vector<CellReader>& cells, const MergeColumns& settings, std::int64_t row, std::string& buffer, std::string& out) {
    out.clear();
    bool any = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].isMissing(row)) {
            if (!settings.skipMissing) return false;
            continue;
        }
        if (any) out += settings.separator;
        out += cells[i].text(row, buffer);
        any = true;
    }
    return any;
}

Result<CleanTable> applyMergeColumns(const CleanTable& input, const MergeColumns& settings, const nlohmann::json&, const StepContext& context,
                                     StepReport&) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns));
    std::vector<CellReader> cells;
    for (const std::size_t column : chosen) cells.emplace_back(input.table.column(column));
    ColumnDraft draft(ColumnKind::Text, input.table.rows());
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        std::string buffer, text;
        for (std::int64_t row = slice.first; row < slice.last; ++row)
            mergedText(cells, settings, row, buffer, text) ? draft.text(row, text) : draft.missing(row);
    }));
    std::vector<TableColumn> columns;
    std::size_t place = 0;
    for (std::size_t i = 0; i < input.table.columnCount(); ++i) {
        const bool merged = std::find(chosen.begin(), chosen.end(), i) != chosen.end();
        if (!merged || settings.keepColumns) columns.push_back(input.table.column(i));
        if (i == chosen.front()) place = columns.size();
    }
    LAMINA_CHECK(insertColumn(columns, place, draft.finish(newColumnId(input, context, settings.name), settings.name)));
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& merge_columns_step() {
    static const CleaningStepType type = CleaningStepDescriptor<MergeColumns, applyMergeColumns>{
        .id = "merge_columns",
        .title = "Merge columns",
        .category = "columns",
        .summary = "Joins the cells of several columns to one text.",
        .searchWords = {"concatenate", "combine", "join"},
        .properties = {property("columns", &MergeColumns::columns, "Columns", "The columns to join, in this order.", {.meaning = "ordered_column"}),
                       property("separator", &MergeColumns::separator, "Between them", "What stands between two cells."),
                       property("name", &MergeColumns::name, "New name", "What the new column is called."),
                       property("skip_missing", &MergeColumns::skipMissing, "Leave missing cells out",
                                "Otherwise a row in which one of the cells is missing has no text."),
                       property("keep_columns", &MergeColumns::keepColumns, "Keep the columns", "The columns that are joined stay.")}};
    return type;
}

}  // namespace lamina
