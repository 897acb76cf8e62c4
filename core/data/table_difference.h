// What changed between two versions of a table: last month's and this month's columns, told apart by name.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/column.h"

namespace lamina {

/// A column that both tables have.
struct ColumnChange {
    std::string name;
    ColumnKind before = ColumnKind::Number, after = ColumnKind::Number;
    std::int64_t missingBefore = 0, missingAfter = 0;
    std::vector<std::string> newCategories;   ///< texts of a Category column that were not there before, at most mostCategories
    std::vector<std::string> goneCategories;
    std::int64_t newCount = 0, goneCount = 0; ///< of categories; all of them

    bool kindChanged() const { return before != after; }
    bool operator==(const ColumnChange&) const = default;
};

struct TableDifference {
    static constexpr std::size_t mostCategories = 100;
    std::int64_t rowsBefore = 0, rowsAfter = 0;
    std::vector<std::string> added, gone;  ///< names of columns, in the order of their tables
    std::vector<ColumnChange> changed;     ///< another kind, or other categories
    bool reordered = false;                ///< the columns that both have stand in another order

    bool sameForm() const { return added.empty() && gone.empty() && changed.empty(); }
};

/// Compares by name; names within a table are different.
TableDifference compareTables(const std::vector<ColumnInfo>& before, const std::vector<ColumnInfo>& after);
/// The new columns with the ids and roles of the old ones of the same names; those without one keep their own.
std::vector<ColumnInfo> withKnownIds(std::vector<ColumnInfo> columns, const std::vector<ColumnInfo>& known);
/// The setting "types" with which another file gives the kinds of these columns where it can: "name=kind,name=kind" (numbers, times, categories, texts, booleans).
std::string kindsAsSetting(const std::vector<ColumnInfo>& columns);
/// What a person should look at, one issue per kind of change: "difference.columns_added" {columns}, "difference.columns_gone" {columns},
/// "difference.kind_changed" {column, before, after}, "difference.categories_new" {column, values}, "difference.fewer_rows" {before, after}.
std::vector<Issue> differenceIssues(const TableDifference& difference);
nlohmann::json toJson(const TableDifference& difference);

}  // namespace lamina
