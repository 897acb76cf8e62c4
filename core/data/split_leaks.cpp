#include "core/data/split_leaks.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "core/data/split_strata.h"
#include "core/data/table.h"

namespace lamina {

namespace {

constexpr double largestMendedShare = 0.05;
constexpr std::int64_t smallestLargeGroup = 3;

/// What is known of one group while the rows go by.
struct LeakGroup {
    std::array<std::int64_t, 3> rows{};
    std::array<std::int64_t, 3> first{-1, -1, -1};
    std::int64_t all() const { return rows[0] + rows[1] + rows[2]; }
    bool leaks() const { return (rows[0] > 0) + (rows[1] > 0) + (rows[2] > 0) > 1; }
    std::int64_t pairs() const { return rows[0] * rows[1] + rows[0] * rows[2] + rows[1] * rows[2]; }
};

void addLeaks(const LeakGroup& group, RelationLeaks& leaks) {
    ++leaks.groups;
    leaks.rows += group.all();
    leaks.pairs += group.pairs();
    for (std::size_t part = 0; part < 3; ++part) leaks.ofPart[part] += group.rows[part];
    for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t b = a + 1; b < 3; ++b)
            if (group.rows[a] > 0 && group.rows[b] > 0 && leaks.examples.size() < RelationLeaks::mostExamples)
                leaks.examples.push_back({group.first[a], group.first[b], static_cast<Part>(a), static_cast<Part>(b)});
}

RelationLeaks leaksOf(std::span<const std::uint8_t> parts, const RowRelation& relation) {
    RelationLeaks leaks;
    leaks.relation = relation.name;
    std::vector<LeakGroup> groups;
    for (std::size_t row = 0; row < relation.groupOf.size(); ++row) {
        const std::int32_t number = relation.groupOf[row];
        if (number < 0 || parts[row] >= 3) continue;
        if (static_cast<std::size_t>(number) >= groups.size()) groups.resize(static_cast<std::size_t>(number) + 1);
        LeakGroup& group = groups[static_cast<std::size_t>(number)];
        if (group.rows[parts[row]]++ == 0) group.first[parts[row]] = static_cast<std::int64_t>(row);
    }
    for (const LeakGroup& group : groups)
        if (group.leaks()) addLeaks(group, leaks);
    return leaks;
}

/// Rows joined by any of the relations; the smallest row leads.
class JoinedRows {
public:
    JoinedRows(std::span<const std::uint8_t> parts, std::span<const RowRelation> relations) : m_parents(parts.size()) {
        std::iota(m_parents.begin(), m_parents.end(), 0);
        for (const RowRelation& relation : relations) {
            std::vector<std::int64_t> first;
            for (std::size_t row = 0; row < relation.groupOf.size(); ++row) {
                const std::int32_t number = relation.groupOf[row];
                if (number < 0 || parts[row] >= 3) continue;
                if (static_cast<std::size_t>(number) >= first.size()) first.resize(static_cast<std::size_t>(number) + 1, -1);
                auto& one = first[static_cast<std::size_t>(number)];
                if (one < 0) one = static_cast<std::int64_t>(row);
                else join(one, static_cast<std::int64_t>(row));
            }
        }
    }
    std::int64_t leader(std::int64_t row) {
        auto& parents = m_parents;
        while (parents[static_cast<std::size_t>(row)] != row) {
            auto& parent = parents[static_cast<std::size_t>(row)];
            row = parent = parents[static_cast<std::size_t>(parent)];
        }
        return row;
    }

private:
    void join(std::int64_t a, std::int64_t b) {
        a = leader(a);
        b = leader(b);
        m_parents[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    }
    std::vector<std::int64_t> m_parents;
};

/// Moves whole components and keeps the sizes and classes of the parts in view.
class LeakMender {
public:
    LeakMender(const Strata& strata, Split& split) : m_strata(strata), m_split(split), m_classes(strata.names.size()) {
        m_first.assign(3 * m_classes, 0);
        for (std::size_t row = 0; row < split.parts.size(); ++row)
            if (split.parts[row] < 3) ++m_first[at(split.parts[row], row)];
        m_now = m_first;
        m_all = std::accumulate(m_first.begin(), m_first.end(), std::int64_t{0});
    }

    void mend(const std::vector<std::int64_t>& rows, MendReport& report) {
        const auto size = static_cast<std::int64_t>(rows.size());
        const bool large = size >= smallestLargeGroup && static_cast<double>(size) > largestMendedShare * static_cast<double>(m_all);
        const int part = large ? -1 : bestPart(rows);
        if (part < 0) {
            ++report.leftGroups;
            report.leftRows += size;
            return;
        }
        ++report.groups;
        for (const std::int64_t row : rows) {
            auto& is = m_split.parts[static_cast<std::size_t>(row)];
            if (is == part) continue;
            --m_now[at(is, static_cast<std::size_t>(row))];
            is = static_cast<std::uint8_t>(part);
            ++m_now[at(is, static_cast<std::size_t>(row))];
            report.moved.push_back(row);
        }
    }

private:
    std::size_t at(std::size_t part, std::size_t row) const {
        return part * m_classes + static_cast<std::size_t>(std::max(0, m_strata.at(static_cast<std::int64_t>(row))));
    }
    using Changes = std::map<std::size_t, std::int64_t>;

    Changes changesOf(const std::vector<std::int64_t>& rows, int part) const {
        Changes changes;
        for (const std::int64_t row : rows) {
            const auto r = static_cast<std::size_t>(row);
            if (m_split.parts[r] == part) continue;
            --changes[at(m_split.parts[r], r)];
            ++changes[at(static_cast<std::size_t>(part), r)];
        }
        return changes;
    }
    std::int64_t rowsOfPart(const std::vector<std::int64_t>& counts, std::size_t part) const {
        const auto first = counts.begin() + static_cast<std::ptrdiff_t>(part * m_classes);
        return std::accumulate(first, first + static_cast<std::ptrdiff_t>(m_classes), std::int64_t{0});
    }
    /// No part and no class in a part loses more than half of what it had.
    bool allowed(const Changes& changes) const {
        std::array<std::int64_t, 3> loss{};
        for (const auto& [place, change] : changes) {
            loss[place / m_classes] += change;
            if (change < 0 && 2 * (m_now[place] + change) < m_first[place]) return false;
        }
        for (std::size_t part = 0; part < 3; ++part)
            if (loss[part] < 0 && 2 * (rowsOfPart(m_now, part) + loss[part]) < rowsOfPart(m_first, part)) return false;
        return true;
    }
    /// By how much the parts get further away from what they were.
    double deviation(const Changes& changes) const {
        double sum = 0;
        for (const auto& [place, change] : changes) {
            const double now = static_cast<double>(m_now[place] - m_first[place]), then = now + static_cast<double>(change);
            sum += (then * then - now * now) / std::max(1.0, static_cast<double>(m_first[place]));
        }
        return sum;
    }
    int bestPart(const std::vector<std::int64_t>& rows) const {
        int best = -1;
        std::int64_t fewest = 0;
        double least = 0;
        for (int part = 0; part < 3; ++part) {
            const auto moved =
                std::count_if(rows.begin(), rows.end(), [&](std::int64_t row) { return m_split.parts[static_cast<std::size_t>(row)] != part; });
            if (moved == std::ssize(rows)) continue;
            const Changes changes = changesOf(rows, part);
            if (!allowed(changes)) continue;
            const double worse = deviation(changes);
            if (best >= 0 && (moved > fewest || (moved == fewest && worse >= least))) continue;
            best = part;
            fewest = moved;
            least = worse;
        }
        return best;
    }

    const Strata& m_strata;
    Split& m_split;
    std::size_t m_classes;
    std::vector<std::int64_t> m_first, m_now;  ///< rows per part and class
    std::int64_t m_all = 0;
};

}  // namespace

std::vector<RelationLeaks> findLeaks(std::span<const std::uint8_t> parts, std::span<const RowRelation> relations) {
    std::vector<RelationLeaks> all;
    for (const RowRelation& relation : relations) all.push_back(leaksOf(parts, relation));
    return all;
}

Result<MendReport> mendLeaks(const Table& table, const std::string& target, std::span<const RowRelation> relations, Split& split) {
    const std::size_t count = split.parts.size();
    bool fits = count == static_cast<std::size_t>(table.rows());
    for (const RowRelation& relation : relations) fits = fits && (relation.groupOf.empty() || relation.groupOf.size() == count);
    if (!fits) return fail("split.rows", {{"rows", std::to_string(table.rows())}});
    LAMINA_TRY(const Strata strata, strataOf(table, target));
    JoinedRows joined(split.parts, relations);
    std::map<std::int64_t, std::vector<std::int64_t>> components;
    std::vector<std::uint8_t> partsSeen(count, 0);  // by leader, a bit per part
    for (std::size_t row = 0; row < count; ++row)
        if (split.parts[row] < 3)
            partsSeen[static_cast<std::size_t>(joined.leader(static_cast<std::int64_t>(row)))] |= static_cast<std::uint8_t>(1u << split.parts[row]);
    const auto leaks = [](unsigned seen) { return (seen & (seen - 1)) != 0; };
    for (std::size_t row = 0; row < count; ++row) {
        const std::int64_t leader = joined.leader(static_cast<std::int64_t>(row));
        if (split.parts[row] < 3 && leaks(partsSeen[static_cast<std::size_t>(leader)])) components[leader].push_back(static_cast<std::int64_t>(row));
    }
    MendReport report;
    LeakMender mender(strata, split);
    for (const auto& [leader, rows] : components) mender.mend(rows, report);
    std::sort(report.moved.begin(), report.moved.end());
    countParts(strata, split);
    return report;
}

}  // namespace lamina
