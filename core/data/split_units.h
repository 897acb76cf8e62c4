// Groups of rows that stay together, and how they are dealt into the parts of a split.
#pragma once

#include "core/data/split_strata.h"

namespace lamina {

/// Rows that are dealt together. A row that is not to be dealt is in none.
struct SplitUnits {
    std::vector<std::int32_t> ofRow;  ///< -1: not dealt
    std::int32_t count = 0;
    std::int32_t groups = 0;          ///< units that come from a value (the others are rows that stand alone)
    std::int64_t alone = 0;           ///< rows without a value
};

/// The units of "group", "folder" and "near_duplicates" for the rows where given[row] is partToDraw or `known` says so.
/// "split.no_column", "split.no_folders" {column}, "split.method" {method}.
Result<SplitUnits> unitsOf(const Table& table, const SplitSettings& settings, const SplitRows& rows, std::span<const std::uint8_t> given);

/// What is dealt and what lies in the bins already.
struct UnitDeal {
    const SplitUnits& units;
    const Strata& strata;                     ///< classes that are to keep their shares; one stratum: none
    SplitBins bins;
    std::uint64_t seed = 1;
    std::vector<std::int32_t> fixed;          ///< per unit its bin, or -1; empty: none is fixed
};

/// A bin for every unit: the largest first (equal ones by lot), each where the sizes and classes then come nearest to the fractions; afterwards
/// single units move as long as that makes it better. A bin with a fraction gets at least one unit where there are enough.
std::vector<std::int32_t> dealUnits(const UnitDeal& deal);

}  // namespace lamina
