// Wide to long: columns become rows.
#include <algorithm>

#include "core/data/cleaning/steps/number_tools.h"
#include "core/data/cleaning/steps/row_groups.h"

namespace lamina {
namespace {

struct UnpivotTable {
    std::vector<std::string> columns;
    std::string name = "name";
    std::string value = "value";
    bool dropMissing = false;
};

/// One new row: which row of which column it is made of.
struct LongRow {
    std::int64_t row;
    std::size_t column;  ///< place in the list of columns
};

bool isNumberKind(ColumnKind kind) { return kind == ColumnKind::Number || kind == ColumnKind::Integer || kind == ColumnKind::Boolean; }

/// All of one kind stay of that kind, different numbers become numbers, all else text.
ColumnKind commonKind(const Table& table, const std::vector<std::size_t>& columns) {
    const ColumnKind first = table.info(columns[0]).kind;
    if (std::all_of(columns.begin(), columns.end(), [&](std::size_t i) { return table.info(i).kind == first; }))
        return first == ColumnKind::Category ? ColumnKind::Text : first;
    return std::all_of(columns.begin(), columns.end(), [&](std::size_t i) { return isNumberKind(table.info(i).kind); }) ? ColumnKind::Number : ColumnKind::Text;
}

Result<TableColumn> longValues(const CleanTable& input, const std::vector<std::size_t>& columns, const std::vector<LongRow>& rows, const std::string& name, const StepContext& context) {
    const ColumnKind kind = commonKind(input.table, columns);
    const bool categories = std::all_of(columns.begin(), columns.end(), [&](std::size_t i) { return input.table.info(i).kind == ColumnKind::Category; });
    ColumnDraft draft(kind, static_cast<std::int64_t>(rows.size()));
    LAMINA_CHECK(forRowSlices(static_cast<std::int64_t>(rows.size()), context, [&](const RowSlice& slice) {
        std::string buffer;
        for (std::int64_t i = slice.first; i < slice.last; ++i) {
            const auto [row, place] = rows[static_cast<std::size_t>(i)];
            const TableColumn& column = input.table.column(columns[place]);
            if (column.view.isMissing(row)) draft.missing(i);
            else if (kind == ColumnKind::Number) draft.number(i, column.view.number(row));
            else if (kind == ColumnKind::Text) draft.text(i, CellReader(column).text(row, buffer));
            else draft.copy(i, column.view, row);
        }
    }));
    TableColumn made = draft.finish(newColumnId(input, context, name), name);
    if (!categories) return made;
    CleanTable alone;
    LAMINA_TRY(alone.table, Table::of({made}));
    return categorise(alone, context, [view = made.view](std::int64_t row, std::string&) { return view.isMissing(row) ? std::nullopt : std::optional(view.text(row)); },
                      made.info.id, name);
}

Result<CleanTable> applyUnpivotTable(const CleanTable& input, const UnpivotTable& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const auto melted, stepColumns(input.table, settings.columns,
                                              {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean, ColumnKind::Category, ColumnKind::Text, ColumnKind::Time}));
    std::vector<LongRow> rows;
    for (std::int64_t row = 0; row < input.table.rows(); ++row) {
        if (input.isRemoved(row)) continue;
        const auto missing = [&](std::size_t column) { return input.table.column(column).view.isMissing(row); };
        // A new row that has none of the values asks for them.
        const bool drop = settings.dropMissing && !(context.predicting && std::all_of(melted.begin(), melted.end(), missing));
        for (std::size_t i = 0; i < melted.size(); ++i)
            if (!drop || !missing(melted[i])) rows.push_back({row, i});
    }
    std::vector<std::int64_t> from, origin;
    for (const auto& one : rows) {
        from.push_back(one.row);
        origin.push_back(sourceRow(input, one.row));
    }
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < input.table.columnCount(); ++i) {
        if (std::find(melted.begin(), melted.end(), i) != melted.end()) continue;
        LAMINA_TRY(auto kept, pickRows(input.table.column(i), from, context));
        columns.push_back(std::move(kept));
    }
    ColumnDraft names(ColumnKind::Category, static_cast<std::int64_t>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) names.code(static_cast<std::int64_t>(i), static_cast<std::int32_t>(rows[i].column));
    std::vector<std::string> words;
    for (const std::size_t column : melted) words.push_back(input.table.info(column).name);
    names.setDictionary(std::move(words));
    LAMINA_CHECK(insertColumn(columns, columns.size(), names.finish(newColumnId(input, context, settings.name), settings.name)));
    LAMINA_TRY(auto values, longValues(input, melted, rows, settings.value, context));
    LAMINA_CHECK(insertColumn(columns, columns.size(), std::move(values)));
    report.changedCells += static_cast<std::int64_t>(rows.size());
    return reshaped(std::move(columns), std::move(origin));
}

}  // namespace

const CleaningStepType& unpivot_step() {
    static const CleaningStepType type = CleaningStepDescriptor<UnpivotTable, applyUnpivotTable>{
        .id = "unpivot",
        .title = "Unpivot",
        .category = "tables",
        .summary = "Turns a wide table into a long one: the columns 2019, 2020 and 2021 become three rows, with one column that says the year and one with what stood there.",
        .searchWords = {"melt", "long", "gather", "stack"},
        .properties = {property("columns", &UnpivotTable::columns, "Columns", "The columns that become rows; the others are repeated.", {.meaning = "column"}),
                       property("name", &UnpivotTable::name, "Name column", "What the column with their names is called."),
                       property("value", &UnpivotTable::value, "Value column", "What the column with their values is called."),
                       property("drop_missing", &UnpivotTable::dropMissing, "Leave out missing",
                                "Cells without a value make no row. A row to be predicted that has no value in any of the columns makes a row for each of them.")},
        .rows = RowEffect::Reshapes};
    return type;
}

}  // namespace lamina
