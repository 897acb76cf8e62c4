#include "core/data/profile/profile_table.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <mutex>

#include "core/base/parallel.h"
#include "core/data/profile/correlations.h"
#include "core/data/profile/missing_patterns.h"
#include "core/data/profile/number_profile.h"
#include "core/data/profile/picture_profile.h"
#include "core/data/profile/row_groups.h"
#include "core/data/profile/row_mask.h"
#include "core/data/profile/target_relation.h"
#include "core/data/profile/text_profile.h"
#include "core/data/row_hash.h"

namespace lamina {

namespace {

/// A column alone that predicts this well is suspected whatever the others do …
constexpr double suspectScore = 0.98;
/// … and one that is at least this good and so much better than the best of the others.
constexpr double farScore = 0.6, farMargin = 0.4;
/// Two columns of numbers that rise together as strictly as this are one and the same.
constexpr double suspectRank = 0.995;
/// A column whose texts nearly all differ is no set of classes.
constexpr double freeTextShare = 0.5;

Result<void> checkInput(const ProfileInput& input) {
    const auto rows = static_cast<std::size_t>(input.table.rows());
    const bool fits = (input.removedBy.empty() || input.removedBy.size() == rows) && (input.parts.empty() || input.parts.size() == rows);
    if (!fits) return fail("profile.rows", {{"rows", std::to_string(rows)}});
    return {};
}

std::int64_t rowsThere(const ProfileInput& input) {
    if (input.removedBy.empty()) return input.table.rows();
    return std::count(input.removedBy.begin(), input.removedBy.end(), std::uint16_t{0});
}

std::int64_t missingThere(const ColumnView& view, const ColumnInfo& info, const ProfileInput& input) {
    if (input.removedBy.empty()) return info.missing;
    std::int64_t missing = 0;
    for (std::int64_t row = 0; row < view.rows; ++row) missing += input.removedBy[static_cast<std::size_t>(row)] == 0 && view.isMissing(row);
    return missing;
}

bool sortsAsNumbers(ColumnKind kind) { return kind == ColumnKind::Number || storedAsInteger(kind); }

void listOutliers(std::span<const double> values, NumberFacts& facts) {
    if (facts.lowOutliers + facts.highOutliers == 0) return;
    for (std::size_t row = 0; row < values.size() && facts.outlierRows.size() < NumberFacts::mostOutlierRows; ++row)
        if (std::isfinite(values[row]) && isOutlier(facts, values[row])) facts.outlierRows.push_back(static_cast<std::int64_t>(row));
}

class TableProfiler {
public:
    TableProfiler(const ProfileInput& input, const ProfileSettings& settings) : m_input(input), m_settings(settings) {}

    Result<void> prepare() {
        LAMINA_CHECK(checkInput(m_input));
        m_rows = rowsThere(m_input);
        LAMINA_TRY(m_target, makeProfileTarget(m_input.table, m_input.target, m_input.removedBy, m_settings.cancel));
        return {};
    }

    Result<ProfiledColumn> column(std::size_t index) const {
        const ColumnInfo& info = m_input.table.info(index);
        const ColumnView view = m_input.table.view(index);
        ProfiledColumn column;
        column.name = info.name;
        column.kind = info.kind;
        column.rows = m_rows;
        column.missing = missingThere(view, info, m_input);
        column.valid = m_rows - column.missing;
        if (m_settings.cancel.cancelled()) return fail("job.cancelled");
        if (sortsAsNumbers(info.kind)) LAMINA_CHECK(describeNumbers(view, index, column));
        else LAMINA_CHECK(describeValues(view, info, index, column));
        return column;
    }

    const ProfileTarget& target() const { return m_target; }
    std::int64_t rows() const { return m_rows; }

private:
    bool isRelated(std::size_t index) const { return (m_target.classes || m_target.numbers) && index != m_target.column; }

    Result<void> describeNumbers(const ColumnView& view, std::size_t index, ProfiledColumn& column) const {
        LAMINA_TRY(const auto sorted, SortedNumbers::of(view, m_input.removedBy, m_target.numbers && isRelated(index), m_settings.cancel));
        column.wrong = sorted.notFinite();
        column.valid -= column.wrong;
        if (column.wrong > 0) column.wrongReason = "not_finite";
        describeSortedNumbers(sorted, view.kind, column);
        const auto values = numbersThere(view, m_input.removedBy);
        listOutliers(values, *column.numbers);
        if (m_settings.cancel.cancelled()) return fail("job.cancelled");
        if (isRelated(index) && sorted.count() > 0) {
            LAMINA_TRY(column.relation, relateNumbers(values, sorted, m_target, m_settings.cancel));
        }
        return {};
    }

    Result<void> describeValues(const ColumnView& view, const ColumnInfo& info, std::size_t index, ProfiledColumn& column) const {
        if (info.kind == ColumnKind::Boolean) {
            LAMINA_TRY(const auto sorted, SortedNumbers::of(view, m_input.removedBy, false, m_settings.cancel));
            describeSortedNumbers(sorted, view.kind, column);
            column.frequent.clear();
        }
        LAMINA_TRY(const auto counts, countValues(view, m_input.removedBy, m_settings.cancel));
        if (info.kind == ColumnKind::Text || info.kind == ColumnKind::Category) LAMINA_CHECK(describeTexts(view, counts, m_settings.cancel, column));
        describeCounts(view, info, counts, column);
        if (!isRelated(index) || info.kind == ColumnKind::Image || info.kind == ColumnKind::Tensor || counts.distinct == 0) return {};
        if (static_cast<double>(counts.distinct) > std::max(20.0, freeTextShare * static_cast<double>(counts.present))) return {};
        LAMINA_TRY(column.relation, relateClasses(counts.valueOf, static_cast<std::int32_t>(counts.values.size()), m_target, m_settings.cancel));
        return {};
    }

    const ProfileInput& m_input;
    const ProfileSettings& m_settings;
    ProfileTarget m_target;
    std::int64_t m_rows = 0;
};

bool contains(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

/// Columns with more to sort at once than memory should hold are done one at a time.
int threadsForColumns(const ProfileInput& input, int threads) {
    constexpr std::int64_t bytesOfRow = 40, mostBytes = std::int64_t{3} << 30;
    const std::int64_t together = std::max<std::int64_t>(1, mostBytes / std::max<std::int64_t>(1, bytesOfRow * input.table.rows()));
    return static_cast<int>(std::min<std::int64_t>(together, threadCount(threads)));
}

Result<void> profileColumns(const ProfileInput& input, const ProfileSettings& settings, const TableProfiler& profiler, DatasetProfile& profile) {
    const std::size_t count = input.table.columnCount();
    std::vector<std::optional<ProfiledColumn>> ready(count);
    std::vector<std::optional<Error>> errors(count);
    std::mutex reporting;
    std::int64_t done = 0;
    parallelFor(count, threadsForColumns(input, settings.threads), [&](std::size_t index) {
        auto column = profiler.column(index);
        if (!column) {
            errors[index] = column.takeError();
            return;
        }
        const std::lock_guard lock(reporting);
        ready[index] = std::move(*column);
        if (settings.columnReady) settings.columnReady(index, *ready[index]);
        if (settings.progress) settings.progress({"columns", ++done, static_cast<std::int64_t>(count), "columns"});
    });
    for (auto& error : errors)
        if (error) return std::move(*error);
    for (auto& column : ready) profile.columns.push_back(std::move(*column));
    return {};
}

void countClasses(const ProfileTarget& target, DatasetProfile& profile) {
    profile.classTarget = target.classes;
    std::vector<std::int64_t> rows(target.names.size(), 0);
    if (!target.classes) return;
    for (const std::int32_t code : target.codes)
        if (code >= 0) ++rows[static_cast<std::size_t>(code)];
    for (std::size_t c = 0; c < rows.size(); ++c) profile.classes.push_back({target.names[c], rows[c]});
    std::stable_sort(profile.classes.begin(), profile.classes.end(), [](const ProfiledValue& a, const ProfiledValue& b) { return a.rows > b.rows; });
}

/// Rows whose like is in another part.
std::array<std::int64_t, 3> countElsewhere(const RowGroups& groups, std::span<const std::uint8_t> parts) {
    std::array<std::int64_t, 3> rows{};
    if (groups.groups.empty() || parts.empty()) return rows;
    std::vector<std::array<std::int64_t, partCount>> ofGroup(groups.groups.size());
    for (std::size_t row = 0; row < parts.size(); ++row)
        if (groups.groupOf[row] >= 0) ++ofGroup[static_cast<std::size_t>(groups.groupOf[row])][parts[row]];
    for (const auto& counts : ofGroup)
        for (std::size_t part = 0; part < 3; ++part)
            if (counts[0] + counts[1] + counts[2] > counts[part]) rows[part] += counts[part];
    return rows;
}

/// Compares rows in the columns of the table and in those that steps left out.
class RowComparison {
public:
    static Result<RowComparison> of(const ProfileInput& input, const ProfileSettings& settings) {
        std::vector<TableColumn> columns;
        for (std::size_t c = 0; c < input.table.columnCount(); ++c) columns.push_back(input.table.column(c));
        columns.insert(columns.end(), input.leftOut.begin(), input.leftOut.end());
        RowComparison made{input, settings, {}, {}};
        LAMINA_TRY(made.m_all, Table::of(std::move(columns)));
        made.m_hashes.resize(static_cast<std::size_t>(input.table.rows()));
        return made;
    }
    Result<void> add(const std::vector<std::size_t>& columns) { return change(columns, false); }
    Result<void> takeAway(const std::vector<std::size_t>& columns) { return change(columns, true); }
    /// Of rows that are equal in `columns`, which are those that were added and not taken away.
    Result<RowGroups> groups(const std::vector<std::size_t>& columns) const {
        const auto equal = [&](std::int64_t a, std::int64_t b) { return rowsAreEqual(m_all, columns, a, b); };
        return groupByKey(m_hashes, m_input.removedBy, equal, m_settings.threads, m_settings.cancel);
    }

private:
    RowComparison(const ProfileInput& input, const ProfileSettings& settings, Table all, std::vector<std::uint64_t> hashes)
        : m_input(input), m_settings(settings), m_all(std::move(all)), m_hashes(std::move(hashes)) {}
    Result<void> change(const std::vector<std::size_t>& columns, bool takeAway) {
        return addToHashes(m_hashes, m_all, columns, takeAway, m_settings.threads, m_settings.cancel);
    }

    const ProfileInput& m_input;
    const ProfileSettings& m_settings;
    Table m_all;
    std::vector<std::uint64_t> m_hashes;
};

Result<void> findDuplicates(const ProfileInput& input, const ProfileSettings& settings, DatasetProfile& profile) {
    if (profile.columns.empty()) return {};
    std::vector<std::size_t> table, left, unseen, seen;
    for (std::size_t c = 0; c < profile.columns.size(); ++c) {
        const ProfiledColumn& column = profile.columns[c];
        const bool hidden = contains(input.ignored, column.name) || (column.identifier && column.name != input.target);
        table.push_back(c);
        (hidden ? unseen : seen).push_back(c);
        if (hidden) profile.identifiers.push_back(column.name);
    }
    for (std::size_t i = 0; i < input.leftOut.size(); ++i) {
        left.push_back(table.size() + i);
        profile.identifiers.push_back(input.leftOut[i].info.name);
    }
    LAMINA_TRY(auto comparison, RowComparison::of(input, settings));
    LAMINA_CHECK(comparison.add(table));
    std::vector<std::size_t> all = table;
    if (!left.empty()) {
        LAMINA_TRY(const auto inTable, comparison.groups(table));
        profile.repeatedInTable = inTable.repeated();
        LAMINA_CHECK(comparison.add(left));
        all.insert(all.end(), left.begin(), left.end());
    }
    LAMINA_TRY(profile.duplicates, comparison.groups(all));
    if (left.empty()) profile.repeatedInTable = profile.duplicates.repeated();
    const RowGroups* alike = &profile.duplicates;
    if (seen.empty()) profile.identifiers.clear();
    if (!profile.identifiers.empty()) {
        LAMINA_CHECK(comparison.takeAway(unseen));
        LAMINA_CHECK(comparison.takeAway(left));
        LAMINA_TRY(profile.alikeButIdentifiers, comparison.groups(seen));
        alike = &profile.alikeButIdentifiers;
    }
    profile.alsoElsewhere = countElsewhere(*alike, input.parts);
    return {};
}

bool isCopyOfTarget(const TargetRelation& relation) {
    return (relation.measure == "spearman" || relation.measure == "pearson") && relation.strength >= suspectRank;
}

void findSuspects(const ProfileInput& input, DatasetProfile& profile) {
    std::vector<const ProfiledColumn*> order;
    for (const ProfiledColumn& column : profile.columns)
        if (!std::isnan(column.relation.aloneScore) && !contains(input.ignored, column.name)) order.push_back(&column);
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->relation.aloneScore > b->relation.aloneScore; });
    std::vector<const ProfiledColumn*> suspects, rest;
    for (const ProfiledColumn* column : order) {
        const bool certain = column->relation.aloneScore >= suspectScore || isCopyOfTarget(column->relation);
        (certain ? suspects : rest).push_back(column);
    }
    const auto scoreOf = [&](std::size_t i) { return i < rest.size() ? rest[i]->relation.aloneScore : 0.0; };
    if (rest.size() > 1 && scoreOf(0) >= farScore && scoreOf(0) >= scoreOf(1) + farMargin) {
        suspects.push_back(rest.front());
        rest.erase(rest.begin());
    }
    for (const ProfiledColumn* column : suspects) profile.suspects.push_back({column->name, column->relation.aloneScore, std::max(0.0, scoreOf(0))});
}

Result<void> correlateColumns(const ProfileInput& input, const ProfileSettings& settings, DatasetProfile& profile) {
    std::vector<std::size_t> columns;
    std::vector<NumberFacts> facts;
    std::int64_t leftOut = 0;
    for (std::size_t c = 0; c < profile.columns.size(); ++c) {
        const auto& numbers = profile.columns[c].numbers;
        if (!numbers || numbers->count == 0) continue;
        if (columns.size() == settings.mostCorrelated) {
            ++leftOut;
            continue;
        }
        columns.push_back(c);
        facts.push_back(*numbers);
    }
    LAMINA_TRY(profile.correlations, correlate(input.table, columns, facts, input.removedBy, settings.threads, settings.cancel));
    profile.correlations.leftOut = leftOut;
    return {};
}

Result<void> profileAllPictures(const ProfileInput& input, const ProfileSettings& settings, DatasetProfile& profile) {
    for (std::size_t c = 0; c < profile.columns.size() && settings.pictures; ++c) {
        if (!holdsPictures(input.table.info(c))) continue;
        LAMINA_TRY(auto found, profilePictures(input, c, settings, profile.columns[c]));
        profile.nearDuplicates.push_back(std::move(found));
        if (settings.columnReady) settings.columnReady(c, profile.columns[c]);
    }
    return {};
}

std::uint64_t bytesOf(const ColumnView& view) {
    return view.numbers.size_bytes() + view.integers.size_bytes() + view.booleans.size_bytes() + view.codes.size_bytes() + view.offsets.size_bytes() +
           (view.offsets.empty() ? 0 : view.offsets.back()) + view.elements.size_bytes() + view.missingBits.size_bytes();
}

}  // namespace

std::vector<ProfiledValue> DatasetProfile::rareClasses() const {
    std::vector<ProfiledValue> rare;
    for (const ProfiledValue& one : classes)
        if (one.rows > 0 && one.rows < fewestRowsOfClass) rare.push_back(one);
    return rare;
}

Result<DatasetProfile> profileTable(const ProfileInput& input, const ProfileSettings& settings) {
    const auto started = std::chrono::steady_clock::now();
    TableProfiler profiler(input, settings);
    LAMINA_CHECK(profiler.prepare());
    DatasetProfile profile;
    profile.rows = profiler.rows();
    profile.removed = input.table.rows() - profile.rows;
    for (std::size_t c = 0; c < input.table.columnCount(); ++c) profile.bytes += bytesOf(input.table.view(c));
    LAMINA_CHECK(profileColumns(input, settings, profiler, profile));
    profile.target = input.target;
    countClasses(profiler.target(), profile);
    LAMINA_CHECK(findDuplicates(input, settings, profile));
    LAMINA_CHECK(findMissingPatterns(input.table, input.removedBy, settings.threads, settings.cancel, profile));
    LAMINA_CHECK(correlateColumns(input, settings, profile));
    findSuspects(input, profile);
    LAMINA_CHECK(profileAllPictures(input, settings, profile));
    profile.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return profile;
}

Result<ProfiledColumn> profileOne(const ProfileInput& input, std::size_t column, const ProfileSettings& settings) {
    TableProfiler profiler(input, settings);
    LAMINA_CHECK(profiler.prepare());
    LAMINA_TRY(auto one, profiler.column(column));
    if (settings.pictures && holdsPictures(input.table.info(column))) LAMINA_CHECK(profilePictures(input, column, settings, one));
    return one;
}

}  // namespace lamina
