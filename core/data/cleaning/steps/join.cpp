// Columns of another table, found by key columns. The rows stay as they are.
#include <algorithm>

#include "core/data/cleaning/steps/row_groups.h"

namespace lamina {
namespace {

struct JoinTable {
    std::string table;
    std::vector<std::string> keys;
    std::vector<std::string> otherKeys;
    std::vector<std::string> columns;
    std::string many = "refuse";
    std::string prefix;
};

bool anyKeyMissing(const Table& table, const std::vector<std::size_t>& keys, std::int64_t row) {
    return std::any_of(keys.begin(), keys.end(), [&](std::size_t key) { return table.column(key).view.isMissing(row); });
}

std::string keyText(const Table& table, const std::vector<std::size_t>& keys, std::int64_t row) {
    std::string text;
    for (const std::size_t key : keys) text += (text.empty() ? "" : ", ") + table.cellText(row, key);
    return text;
}

/// The row of the other table that belongs to each row here, -1: none. A missing key belongs to nothing.
Result<std::vector<std::int64_t>> matchingRows(const CleanTable& input, const std::vector<std::size_t>& keys, const Table& other, const std::vector<std::size_t>& otherKeys,
                                               bool firstOfMany, const std::string& name, const StepContext& context) {
    LAMINA_TRY(const auto otherHashes, rowHashes(other, otherKeys, context));
    LAMINA_TRY(const auto hashes, rowHashes(input.table, keys, context));
    RowIndex index(other, otherKeys);
    for (std::int64_t row = 0; row < other.rows(); ++row) {
        if (anyKeyMissing(other, otherKeys, row)) continue;
        const std::size_t known = index.first().size();
        index.add(row, otherHashes[static_cast<std::size_t>(row)]);
        if (index.first().size() == known && !firstOfMany)
            return fail("cleaning.join_many", {{"table", name}, {"key", keyText(other, otherKeys, row)}, {"row", std::to_string(row + 1)}});
    }
    std::vector<std::int64_t> matches(hashes.size(), -1);
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            if (anyKeyMissing(input.table, keys, row)) continue;
            const std::int32_t group = index.find(input.table, keys, row, hashes[static_cast<std::size_t>(row)]);
            if (group != RowIndex::none) matches[static_cast<std::size_t>(row)] = index.first()[static_cast<std::size_t>(group)];
        }
    }));
    return matches;
}

void reportUnmatched(const CleanTable& input, const std::vector<std::size_t>& keys, const std::vector<std::int64_t>& matches, StepReport& report) {
    SliceNotes notes(input);
    for (std::int64_t row = 0; row < input.table.rows(); ++row) {
        const RowSlice slice{static_cast<std::size_t>(row / rowsPerSlice), 0, 0};
        if (matches[static_cast<std::size_t>(row)] >= 0) notes.changed(slice, row);
        else notes.refused(slice, row, keyText(input.table, keys, row));
    }
    notes.addTo(report, input.table.info(keys[0]).name);
}

Result<CleanTable> applyJoinTable(const CleanTable& input, const JoinTable& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.table.empty()) return fail("cleaning.no_table_chosen");
    if (settings.keys.empty()) return fail("cleaning.no_key_chosen", {{"table", settings.table}});
    if (!context.otherTable) return fail("cleaning.no_other_table", {{"table", settings.table}});
    LAMINA_TRY(const Table other, context.otherTable(settings.table));
    const auto& names = settings.otherKeys.empty() ? settings.keys : settings.otherKeys;
    if (names.size() != settings.keys.size())
        return fail("cleaning.keys_do_not_fit", {{"keys", std::to_string(settings.keys.size())}, {"other_keys", std::to_string(names.size())}});
    std::vector<std::size_t> keys, otherKeys;
    for (std::size_t i = 0; i < names.size(); ++i) {
        LAMINA_TRY(const std::size_t key, stepColumn(input.table, settings.keys[i]));
        LAMINA_TRY(const std::size_t otherKey, stepColumn(other, names[i]));
        keys.push_back(key);
        otherKeys.push_back(otherKey);
    }
    LAMINA_TRY(auto taken, stepColumns(other, settings.columns));
    if (settings.columns.empty()) std::erase_if(taken, [&](std::size_t i) { return std::find(otherKeys.begin(), otherKeys.end(), i) != otherKeys.end(); });
    LAMINA_TRY(const auto matches, matchingRows(input, keys, other, otherKeys, settings.many == "first", settings.table, context));
    auto columns = columnsOf(input.table);
    for (const std::size_t column : taken) {
        LAMINA_TRY(auto picked, pickRows(other.column(column), matches, context));
        picked.info.name = freeColumnName(columns, settings.prefix + picked.info.name);
        picked.info.id = newColumnId(input, context, picked.info.name);
        picked.info.role.clear();
        columns.push_back(std::move(picked));
    }
    reportUnmatched(input, keys, matches, report);
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& join_step() {
    static const CleaningStepType type = CleaningStepDescriptor<JoinTable, applyJoinTable>{
        .id = "join",
        .title = "Join another table",
        .category = "tables",
        .summary = "Looks up each row in another table and adds what stands there: the country's income to each city, say. A row that is not found there stays, with missing values, and is reported.",
        .searchWords = {"merge", "lookup", "vlookup"},
        .properties = {property("table", &JoinTable::table, "Table", "The other table.", {.meaning = "table"}),
                       property("keys", &JoinTable::keys, "Key columns", "The columns that both tables know a row by, such as the country.", {.meaning = "column"}),
                       property("other_keys", &JoinTable::otherKeys, "Key columns there", "The same columns in the other table, in the same order; none: they have the same names.", {.meaning = "other_column"}),
                       property("columns", &JoinTable::columns, "Columns to add", "The columns of the other table; none: all but its keys.", {.meaning = "other_column"}),
                       property("many", &JoinTable::many, "Several matches", "What to do where the same key stands more than once in the other table.",
                                {.choices = {"refuse", "first"}}),
                       property("prefix", &JoinTable::prefix, "Prefix", "Stands before the names of the new columns.")}};
    return type;
}

}  // namespace lamina
