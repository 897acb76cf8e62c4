// The figures of numbers, read from their sorted values.
#pragma once

#include "core/data/profile/profile.h"
#include "core/data/profile/sorted_numbers.h"

namespace lamina {

/// Fills numbers (without the outliers' rows), histogram, distinct, frequent, constant of a column of this kind. `sorted` may be empty.
void describeSortedNumbers(const SortedNumbers& sorted, ColumnKind kind, ProfiledColumn& column);

/// How a number of this kind is shown in a cell.
std::string shownNumber(double value, ColumnKind kind);

/// Is `value` beyond the fences? Never where there are none.
inline bool isOutlier(const NumberFacts& facts, double value) { return value < facts.lowFence || value > facts.highFence; }

}  // namespace lamina
