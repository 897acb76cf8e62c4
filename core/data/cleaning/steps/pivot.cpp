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

constexpr const char* columnsKey = "columns";

std::vector<std::string> wordsThere(const WordColumn& names, const std::vector<std::uint8_t>& there) {
    std::vector<std::string> words;
    for (const auto& word : countedWords(names, there)) words.push_back(word.word);
    return words;
}

/// The columns that there will be, of all rows: new ones then have the same, whatever stands in them.
Result<nlohmann::json> fitPivotTable(const CleanTable& input, TrainingRows, const PivotTable& settings, const StepContext&) {
    LAMINA_TRY(const std::size_t name, stepColumn(input.table, settings.names, {ColumnKind::Category, ColumnKind::Text, ColumnKind::Boolean, ColumnKind::Integer}));
    std::vector<std::uint8_t> there(static_cast<std::size_t>(input.table.rows()));
    for (std::size_t row = 0; row < there.size(); ++row) there[row] = !input.isRemoved(static_cast<std::int64_t>(row));
    auto words = wordsThere(wordsOf(input.table.column(name)), there);
    if (words.size() > mostPivotColumns) words.resize(mostPivotColumns + 1);  // too many, as applying it will say
    return nlohmann::json{{columnsKey, std::move(words)}};
}

/// The cells of the new table as groups of rows, one column of it after the other.
KeyGroups cellGroups(const KeyGroups& groups, const WordColumn& names, const std::vector<std::int32_t>& places, std::size_t columns) {
    KeyGroups cells;
    cells.first.resize(groups.size() * columns);
    cells.group.assign(groups.group.size(), -1);
    for (std::size_t row = 0; row < cells.group.size(); ++row) {
        if (groups.group[row] < 0 || names.codes[row] < 0) continue;
        const std::int32_t place = places[static_cast<std::size_t>(names.codes[row])];
        if (place < 0) continue;  // a word that the training data did not have
        cells.group[row] = static_cast<std::int32_t>(static_cast<std::size_t>(place) * groups.size() + static_cast<std::size_t>(groups.group[row]));
    }
    return cells;
}

Result<CleanTable> applyPivotTable(const CleanTable& input, const PivotTable& settings, const nlohmann::json& learned, const StepContext& context, StepReport& report) {
    if (settings.rows.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const auto keys, stepColumns(input.table, settings.rows));
    LAMINA_TRY(const std::size_t name, stepColumn(input.table, settings.names, {ColumnKind::Category, ColumnKind::Text, ColumnKind::Boolean, ColumnKind::Integer}));
    LAMINA_TRY(const std::size_t value, stepColumn(input.table, settings.values));
    LAMINA_TRY(const KeyGroups groups, groupRows(input, keys, context));
    const WordColumn names = wordsOf(input.table.column(name));
    std::vector<std::uint8_t> there(static_cast<std::size_t>(input.table.rows()));
    for (std::size_t row = 0; row < there.size(); ++row) there[row] = groups.group[row] >= 0;
    const auto words = learned.contains(columnsKey) ? learned.at(columnsKey).get<std::vector<std::string>>() : wordsThere(names, there);
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
        .summary = "Turns a long table into a wide one: rows such as (Austria, Income, 33100) and (Austria, Rooms, 1.6) become one row Austria with the columns Income and Rooms.",
        .searchWords = {"wide", "spread", "crosstab"},
        .properties = {property("rows", &PivotTable::rows, "Key columns", "What a row of the new table stands for, such as the country: one row for each combination of their values.", {.meaning = "column"}),
                       property("names", &PivotTable::names, "Column names", "The column whose words become the names of the new columns, such as the indicator.", {.meaning = "column"}),
                       property("values", &PivotTable::values, "Values", "The column whose values stand in the new columns.", {.meaning = "column"}),
                       property("function", &PivotTable::function, "Figure", "What becomes of several values for one cell.", {.choices = aggregateNames()})},
        .rows = RowEffect::Reshapes,
        .fit = eraseFit<PivotTable, fitPivotTable>};
    return type;
}

}  // namespace lamina
