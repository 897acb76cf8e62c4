// How often two codes occur together, in two halves of the rows.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace lamina {

/// Rows with the codes x and y. x = -1 (the column has no value) is kept, y = -1 is not.
struct PairCount {
    std::int32_t x = 0, y = 0;
    std::array<std::int64_t, 2> halves{};  ///< rows of the first and of the second half
    std::int64_t rows() const { return halves[0] + halves[1]; }
};

/// The half that a row belongs to: by a hash of its number, so that no order of the rows matters.
inline int halfOfRow(std::int64_t row) { return static_cast<int>((static_cast<std::uint64_t>(row) * 0x9e3779b97f4a7c15ull) >> 63); }

/// Rising by x, then y. "job.cancelled".
Result<std::vector<PairCount>> countPairs(std::span<const std::int32_t> x, std::int32_t xCount, std::span<const std::int32_t> y, std::int32_t yCount,
                                          const CancelToken& cancel);

/// Cramér's V with Bergsma's correction of its bias (2013); pairs with x = -1 do not count. 0 where it says nothing.
double cramersV(std::span<const PairCount> pairs);
/// In nats; pairs with x = -1 do not count.
double mutualInformation(std::span<const PairCount> pairs);
/// Of y, in nats, over the pairs with x ≥ 0.
double entropyOfY(std::span<const PairCount> pairs);
/// How much better than always the most frequent class: each half is answered by the most frequent y that the other half has with that x.
double classesAlone(std::span<const PairCount> pairs);

}  // namespace lamina
