// Long to wide: the values of one column become columns.
#include <algorithm>
#include <numeric>

#include "core/data/cleaning/steps/aggregate.h"
#include "core/data/cleaning/steps/category_tools.h"

namespace lamina {
namespace {

constexpr std::size_t mostPivotColumns = 2000, mostPivotCells = 200'000'000;

struct PivotTable {
    std::vector<std::string> rows;
    std::string names;
    std::string values;
    std::string function = "mean";
};

/// The cells of the new table as groups of rows, one column of it after the other.
KeyGroups cellGroups(const KeyGroups& groups, const WordColumn& names, const std::vector<std::int32_t>& places, std::size_t columns) {
    KeyGroups cells;
    cells.first.resize(groups.size() * columns);
    cells.group.assign(groups.group.size(), -1);
    for (std::size_t row = 0; row < cells.group.size(); ++row) {
        if (groups.group[row] < 0 || names.codes[row] < 0) continue;
        const std::size_t place = static_cast<std::size_t>(places[static_cast<std::size_t>(names.codes[row])]);
        cells.group[row] = static_cast<std::int32_t>(place * groups.size() + static_cast<std::size_t>(groups.group[row]));
    }
    return cells;
}

Result<CleanTable> applyPivotTable(const CleanTable& input, const PivotTable& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.rows.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const auto keys, stepColumns(input.table, settings.rows));
    LAMINA_TRY(const std::size_t name, stepColumn(input.table, settings.names, {ColumnKind::Category, ColumnKind::Text, ColumnKind::Boolean, ColumnKind::Integer}));
    LAMINA_TRY(const std::size_t value, stepColumn(input.table, settings.values));
    LAMINA_TRY(const KeyGroups groups, groupRows(input, keys, context));
    const WordColumn names = wordsOf(input.table.column(name));
    std::vector<std::uint8_t> there(static_cast<std::size_t>(input.table.rows()));
    for (std::size_t row = 0; row < there.size(); ++row) there[row] = groups.group[row] >= 0;
    std::vector<std::string> words;
    for (const auto& word : countedWords(names, there)) words.push_back(word.word);
    if (words.size() > mostPivotColumns || words.size() * groups.size() > mostPivotCells)
        return fail("cleaning.too_many_categories", {{"column", settings.names}, {"most", std::to_string(std::min(mostPivotColumns, mostPivotCells / groups.size()))}});
    std::vector<TableColumn> columns;
    for (const std::size_t column : keys) {
        LAMINA_TRY(auto picked, pickRows(input.table.column(column), groups.first, context));
        columns.push_back(std::move(picked));
    }
    LAMINA_TRY(const TableColumn cells, aggregate(input.table.column(value), GroupedRows(cellGroups(groups, names, placesOf(names.words, words), words.size())),
                                                  settings.function, context, "", ""));
    std::vector<std::int64_t> rows(groups.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::iota(rows.begin(), rows.end(), static_cast<std::int64_t>(i * groups.size()));
        LAMINA_TRY(auto made, pickRows(cells, rows, context));
        made.info.name = freeColumnName(columns, words[i].empty() ? settings.names : words[i]);
        made.info.id = newColumnId(input, context, made.info.name);
        columns.push_back(std::move(made));
    }
    report.changedCells += static_cast<std::int64_t>(groups.size() * words.size());
    return reshaped(std::move(columns), std::vector<std::int64_t>(groups.size(), -1));
}

}  // namespace

const CleaningStepType& pivot_step() {
    static const CleaningStepType type = CleaningStepDescriptor<PivotTable, applyPivotTable>{
        .id = "pivot",
        .title = "Pivot",
        .category = "tables",
        .summary = "Makes a column of each value of one column, and one row of all rows that agree in the key columns.",
        .searchWords = {"wide", "spread", "crosstab"},
        .properties = {property("rows", &PivotTable::rows, "Key columns", "One row for each combination of their values.", {.meaning = "column"}),
                       property("names", &PivotTable::names, "Column names", "The column whose values become columns.", {.meaning = "column"}),
                       property("values", &PivotTable::values, "Values", "The column that fills the new columns.", {.meaning = "column"}),
                       property("function", &PivotTable::function, "Figure", "What becomes of several values for one cell.", {.choices = aggregateNames()})},
        .rows = RowEffect::Reshapes};
    return type;
}

}  // namespace lamina
