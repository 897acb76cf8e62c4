// How many of each class go to each part of a split.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace lamina {

using Shares = std::array<std::int64_t, 3>;

/// For classes of these sizes and fractions (≥ 0, together 1): counts per class and part. Each class adds up to its size; the parts' totals
/// are the largest-remainder shares of all rows; each count is within one of size × fraction. Small classes come after that: a class of at
/// least as many rows as there are parts with a fraction above 0 gets one row into each of them, taken from its largest count and given back
/// in the class that has most in that part (where none can spare a row, the totals move by one).
std::vector<Shares> shareOut(std::span<const std::int64_t> sizes, const std::array<double, 3>& fractions);

}  // namespace lamina
