// How much a column tells of the target: measures that can be compared between all kinds of columns.
#pragma once

#include <span>
#include <vector>

#include "core/data/profile/profile.h"
#include "core/data/profile/sorted_numbers.h"
#include "core/data/table.h"

namespace lamina {

/// The target made ready: classes, or numbers.
struct ProfileTarget {
    bool classes = false, numbers = false;   ///< neither: nothing is related
    std::size_t column = 0;                  ///< its index in the table
    std::vector<std::string> names;          ///< of the classes
    /// Per row: the class; numbers: the bin of equal rows (at most 20). -1: no value, or the row is not there.
    std::vector<std::int32_t> codes;
    std::int32_t codeCount = 0;
    std::vector<double> values;              ///< numbers: per row; NaN where there is none
    SortedNumbers sorted;                    ///< numbers: with their rows
};

/// Classes where the column has classes or few whole numbers that look like codes of classes; else numbers; neither for pictures and long texts.
/// "profile.no_column" {column}, "job.cancelled". An empty name: neither.
Result<ProfileTarget> makeProfileTarget(const Table& table, const std::string& name, std::span<const std::uint16_t> removedBy,
                                        const CancelToken& cancel);

/// Edges between at most 20 bins of about equal rows: bin b holds the values x with edges[b - 1] < x ≤ edges[b]; equal values share a bin.
std::vector<double> equalRowEdges(const SortedNumbers& sorted);

/// A column of numbers: its values per row (not finite: none) and sorted, with their rows where the target is numbers. "job.cancelled".
Result<TargetRelation> relateNumbers(std::span<const double> values, const SortedNumbers& sorted, const ProfileTarget& target,
                                     const CancelToken& cancel);
/// A column of classes: `codes` per row, -1 where missing or not there; `count` of them.
Result<TargetRelation> relateClasses(std::span<const std::int32_t> codes, std::int32_t count, const ProfileTarget& target, const CancelToken& cancel);

}  // namespace lamina
