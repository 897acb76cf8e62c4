// What a split knows of each row before it draws: its class, whether it counts, and whether its part is given.
#pragma once

#include <string>
#include <vector>

#include "core/data/split.h"

namespace lamina {

/// What the target says about each row: its stratum, or -1 where it has no value.
struct Strata {
    std::vector<std::int32_t> ofRow;      ///< empty: all rows are stratum 0
    std::vector<std::string> names{""};
    bool classes = false;                 ///< the strata are the target's classes

    std::int32_t at(std::int64_t row) const { return ofRow.empty() ? 0 : ofRow[static_cast<std::size_t>(row)]; }
};

/// Whole numbers with few values are strata, too: they may be classes, and for regression it does no harm. An empty target: one stratum.
/// "split.no_column", "split.target_is_tensor" {column}.
Result<Strata> strataOf(const Table& table, const std::string& target);

Result<std::size_t> findSplitColumn(const Table& table, const std::string& name);

/// Rows that are to be drawn are this in a list of parts.
inline constexpr std::uint8_t partToDraw = 255;

/// Per row its part, or partToDraw: rows without target or removed are Unused, those that the subset column names have their part.
/// "split.subset", "split.no_column".
Result<std::vector<std::uint8_t>> givenParts(const Table& table, const Strata& strata, const std::string& subset, const SplitRows& rows);

/// Fills counts and classes.
void countParts(const Strata& strata, Split& split);

/// Which bin a unit (one row, or a group) is dealt into, and what part a bin is.
struct SplitBins {
    std::vector<double> fractions;  ///< together 1
    std::vector<Part> parts;
};
SplitBins binsOf(const SplitSettings& settings, bool testIsGiven);

}  // namespace lamina
