// Items that belong together but lie in different parts of a split: what is learned from one is then known of the other, and scores look better than
// they are.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/data/split.h"

namespace lamina {

/// Why rows belong together.
struct RowRelation {
    std::string name;                          ///< "identical", "near_duplicate", "group"
    std::span<const std::int32_t> groupOf;     ///< per row its group, -1: none; empty: no row has one
};

struct LeakPair {
    std::int64_t a = 0, b = 0;
    Part partA = Part::Training, partB = Part::Test;
    bool operator==(const LeakPair&) const = default;
};

/// What one relation leaks.
struct RelationLeaks {
    std::string relation;
    std::int64_t groups = 0;  ///< groups with rows in two parts or three
    std::int64_t rows = 0;    ///< all rows of these groups that are used
    std::int64_t pairs = 0;   ///< pairs of their rows in different parts
    /// Rows of each part whose like is in another part.
    std::array<std::int64_t, 3> ofPart{};
    std::vector<LeakPair> examples;  ///< the first 1000: of each group its first row of each part
    static constexpr std::size_t mostExamples = 1000;
};

/// One entry per relation. Unused rows do not count.
std::vector<RelationLeaks> findLeaks(std::span<const std::uint8_t> parts, std::span<const RowRelation> relations);

struct MendReport {
    std::vector<std::int64_t> moved;   ///< rows that changed their part, rising
    std::int64_t groups = 0;           ///< brought together
    std::int64_t leftGroups = 0;       ///< left apart: more than 5 % of all rows, or a part or a class in it would lose more than half of its rows
    std::int64_t leftRows = 0;
};

/// Brings rows that belong together (by one relation or by several in a row) into the part where most of them are; of two equally good parts into the
/// one that lets sizes and classes stay nearest to what they were. Changes split.parts, counts and classes. "split.rows", errors of the target's
/// column.
Result<MendReport> mendLeaks(const Table& table, const std::string& target, std::span<const RowRelation> relations, Split& split);

}  // namespace lamina
