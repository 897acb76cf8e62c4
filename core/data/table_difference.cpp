#include "core/data/table_difference.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

namespace lamina {
namespace {

using ColumnsByName = std::unordered_map<std::string, const ColumnInfo*>;

ColumnsByName columnsByName(const std::vector<ColumnInfo>& columns) {
    ColumnsByName byName;
    for (const auto& column : columns) byName.emplace(column.name, &column);
    return byName;
}

std::vector<std::string> namesNotIn(const std::vector<ColumnInfo>& columns, const ColumnsByName& others) {
    std::vector<std::string> names;
    for (const auto& column : columns)
        if (!others.contains(column.name)) names.push_back(column.name);
    return names;
}

/// Texts of `from` that `without` does not hold: the first ones, and how many in all.
std::vector<std::string> categoriesOnlyIn(const ColumnInfo& from, const ColumnInfo& without, std::int64_t& count) {
    const std::unordered_set<std::string> known(without.dictionary.begin(), without.dictionary.end());
    std::vector<std::string> only;
    for (const auto& text : from.dictionary) {
        if (known.contains(text)) continue;
        if (++count <= static_cast<std::int64_t>(TableDifference::mostCategories)) only.push_back(text);
    }
    return only;
}

ColumnChange changeOf(const ColumnInfo& before, const ColumnInfo& after) {
    ColumnChange change{before.name, before.kind, after.kind, before.missing, after.missing, {}, {}, 0, 0};
    if (before.kind != ColumnKind::Category || after.kind != ColumnKind::Category) return change;
    change.newCategories = categoriesOnlyIn(after, before, change.newCount);
    change.goneCategories = categoriesOnlyIn(before, after, change.goneCount);
    return change;
}

std::string listedTexts(const std::vector<std::string>& texts) {
    constexpr std::size_t most = 10;
    std::string list;
    for (std::size_t i = 0; i < std::min(texts.size(), most); ++i) list += (i > 0 ? ", " : "") + texts[i];
    return texts.size() > most ? list + ", …" : list;
}

}  // namespace

TableDifference compareTables(const std::vector<ColumnInfo>& before, const std::vector<ColumnInfo>& after) {
    const auto old = columnsByName(before), fresh = columnsByName(after);
    TableDifference difference;
    difference.rowsBefore = before.empty() ? 0 : before[0].rows;
    difference.rowsAfter = after.empty() ? 0 : after[0].rows;
    difference.added = namesNotIn(after, old);
    difference.gone = namesNotIn(before, fresh);
    const ColumnInfo* last = nullptr;
    for (const auto& column : after) {
        const auto found = old.find(column.name);
        if (found == old.end()) continue;
        difference.reordered = difference.reordered || (last && found->second < last);
        last = found->second;
        auto change = changeOf(*found->second, column);
        if (change.kindChanged() || change.newCount > 0 || change.goneCount > 0) difference.changed.push_back(std::move(change));
    }
    return difference;
}

std::vector<ColumnInfo> withKnownIds(std::vector<ColumnInfo> columns, const std::vector<ColumnInfo>& known) {
    const auto byName = columnsByName(known);
    for (auto& column : columns) {
        const auto found = byName.find(column.name);
        if (found == byName.end()) continue;
        column.id = found->second->id;
        column.role = found->second->role;
    }
    return columns;
}

std::string kindsAsSetting(const std::vector<ColumnInfo>& columns) {
    std::string kinds;
    for (const auto& column : columns) {
        if (column.kind == ColumnKind::Tensor || column.kind == ColumnKind::Image) continue;
        kinds += (kinds.empty() ? "" : ",") + column.name + "=" + columnKindName(column.kind);
    }
    return kinds;
}

std::vector<Issue> differenceIssues(const TableDifference& difference) {
    std::vector<Issue> issues;
    const auto count = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
    if (!difference.gone.empty())
        issues.push_back({Severity::Warning, fail("difference.columns_gone", {{"columns", listedTexts(difference.gone)}}), count(difference.gone)});
    if (!difference.added.empty())
        issues.push_back({Severity::Note, fail("difference.columns_added", {{"columns", listedTexts(difference.added)}}), count(difference.added)});
    for (const auto& change : difference.changed) {
        if (change.kindChanged())
            issues.push_back({Severity::Warning, fail("difference.kind_changed", {{"column", change.name}, {"before", columnKindName(change.before)}, {"after", columnKindName(change.after)}}), 1});
        if (change.newCount > 0)
            issues.push_back({Severity::Note, fail("difference.categories_new", {{"column", change.name}, {"values", listedTexts(change.newCategories)}}), change.newCount});
    }
    if (difference.rowsAfter < difference.rowsBefore)
        issues.push_back({Severity::Note, fail("difference.fewer_rows", {{"before", std::to_string(difference.rowsBefore)}, {"after", std::to_string(difference.rowsAfter)}}), 1});
    return issues;
}

nlohmann::json toJson(const TableDifference& difference) {
    auto changed = nlohmann::json::array();
    for (const auto& change : difference.changed)
        changed.push_back({{"name", change.name}, {"before", columnKindName(change.before)}, {"after", columnKindName(change.after)},
                           {"missing_before", change.missingBefore}, {"missing_after", change.missingAfter}, {"new_categories", change.newCategories},
                           {"gone_categories", change.goneCategories}, {"new_count", change.newCount}, {"gone_count", change.goneCount}});
    return {{"rows_before", difference.rowsBefore}, {"rows_after", difference.rowsAfter}, {"added", difference.added}, {"gone", difference.gone},
            {"changed", std::move(changed)}, {"reordered", difference.reordered}};
}

}  // namespace lamina
