// Single cells by hand.
#include <algorithm>
#include <map>

#include "core/data/cleaning/step_tools.h"
#include "core/data/cleaning/typed_text.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

struct EditCells {
    std::vector<std::int64_t> rows;
    std::vector<std::string> columns;
    std::vector<std::string> values;
    std::vector<std::string> before;
};

/// Row (from 0) → which edit; the last one of a cell counts.
using CellEdits = std::map<std::int64_t, std::size_t>;

Result<std::map<std::size_t, CellEdits>> editsByColumn(const CleanTable& input, const EditCells& settings) {
    std::map<std::size_t, CellEdits> edits;
    for (std::size_t i = 0; i < settings.rows.size(); ++i) {
        LAMINA_TRY(const std::size_t column, stepColumn(input.table, settings.columns[i],
                                                        {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean, ColumnKind::Category,
                                                         ColumnKind::Text, ColumnKind::Time}));
        if (settings.rows[i] < 1 || settings.rows[i] > input.table.rows())
            return fail("cleaning.no_such_row", {{"row", std::to_string(settings.rows[i])}, {"rows", std::to_string(input.table.rows())}});
        edits[column][settings.rows[i] - 1] = i;
    }
    return edits;
}

/// One column with its edits, being made.
struct ColumnEdit {
    const TableColumn& source;
    const EditCells& settings;
    const CellEdits& edits;
    std::map<std::size_t, CellValue> values;  ///< edit → value, for kinds that are not texts
    std::vector<std::string> dictionary;

    Result<void> readValues() {
        const ColumnKind kind = source.view.kind;
        if (kind == ColumnKind::Text) return {};
        WordIndex words;
        for (const auto& text : source.view.dictionary) words.add(text);
        for (const auto& [row, edit] : edits) {
            const std::string& text = settings.values[edit];
            CellValue value;
            if (text.empty()) continue;
            if (kind == ColumnKind::Category) value.integer = words.add(text);
            else if (!readCell(text, kind, value))
                return fail("cleaning.bad_value", {{"column", source.info.name}, {"value", text}, {"kind", columnKindName(kind)}});
            values[edit] = value;
        }
        dictionary = words.words();
        return {};
    }

    /// Is the cell still what it was when it was edited?
    bool isAsBefore(std::int64_t row, std::size_t edit) const {
        return edit >= settings.before.size() || displayText(source.view, source.info, row) == settings.before[edit];
    }

    void put(ColumnDraft& draft, std::int64_t row, std::size_t edit) const {
        const std::string& text = settings.values[edit];
        if (text.empty()) draft.missing(row);
        else if (draft.kind() == ColumnKind::Text) draft.text(row, text);
        else if (draft.kind() == ColumnKind::Category) draft.code(row, static_cast<std::int32_t>(values.at(edit).integer));
        else putCell(draft, row, values.at(edit));
    }
};

Result<TableColumn> editColumn(const CleanTable& input, const TableColumn& source, const EditCells& settings, const CellEdits& edits,
                               const StepContext& context, StepReport& report) {
    ColumnEdit edit{source, settings, edits, {}, {}};
    LAMINA_CHECK(edit.readValues());
    ColumnDraft draft(source.view.kind, source.view.rows);
    std::vector<std::int64_t> stale(sliceCount(source.view.rows), 0);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        auto next = edits.lower_bound(slice.first);
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const bool edited = next != edits.end() && next->first == row;
            const bool good = edited && edit.isAsBefore(row, next->second);
            good ? edit.put(draft, row, next->second) : draft.copy(row, source.view, row);
            stale[slice.index] += edited && !good;
            if (good) notes.changed(slice, row);
            if (edited) ++next;
        }
    }));
    notes.addTo(report, source.info.name);
    std::int64_t left = 0;
    for (const std::int64_t count : stale) left += count;
    if (left > 0) report.issues.push_back({Severity::Warning, fail("cleaning.cell_is_another", {{"column", source.info.name}}), left});
    if (source.view.kind == ColumnKind::Category) draft.setDictionary(edit.dictionary);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

Result<CleanTable> applyEditCells(const CleanTable& input, const EditCells& settings, const nlohmann::json&, const StepContext& context,
                                  StepReport& report) {
    if (settings.rows.size() != settings.columns.size() || settings.rows.size() != settings.values.size())
        return fail("cleaning.lists_differ", {{"first", std::to_string(settings.rows.size())},
                                              {"second", std::to_string(std::min(settings.columns.size(), settings.values.size()))}});
    LAMINA_TRY(const auto edits, editsByColumn(input, settings));
    auto columns = columnsOf(input.table);
    for (const auto& [column, cells] : edits) {
        LAMINA_TRY(columns[column], editColumn(input, input.table.column(column), settings, cells, context, report));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& edit_cells_step() {
    static const CleaningStepType type = CleaningStepDescriptor<EditCells, applyEditCells>{
        .id = "edit_cells",
        .title = "Edit cells",
        .category = "values",
        .summary = "Writes other values into single cells. New rows that are predicted are not touched.",
        .searchWords = {"correct", "manual", "change value"},
        .properties = {property("rows", &EditCells::rows, "Rows", "The number of each cell's row, counted from 1.", {.minimum = 1}),
                       property("columns", &EditCells::columns, "Columns", "The column of each cell.", {.meaning = "column"}),
                       property("values", &EditCells::values, "Values", "What each cell becomes; empty: missing."),
                       property(
                           "before", &EditCells::before, "Before",
                           "What stood in each cell; where that is no longer so the cell stays as it is and is counted. Empty list: not looked at.")},
        .rows = RowEffect::TrainingOnly};
    return type;
}

}  // namespace lamina
