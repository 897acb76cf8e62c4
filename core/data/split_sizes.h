// How many of each class go to each part of a split.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace lamina {

using Shares = std::array<std::int64_t, 3>;

/// For classes of these sizes and fractions (≥ 0, together 1): counts per class and part. Each class adds up to its size; the parts' totals
/// are the largest-remainder shares of all rows; each count is within one of size × fraction. A class of at least as many rows as there are
/// parts with a fraction above 0 gets one into each of them, taken from its largest count and given back in another class where one can spare it
/// (else the totals move by one). A part with a fraction above 0 gets at least one row where there are that many rows.
std::vector<Shares> shareOut(std::span<const std::int64_t> sizes, const std::array<double, 3>& fractions);

}  // namespace lamina
