// In which order items are best labelled: drawn, by a model's uncertainty, by how unlike they are to what is labelled already.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace lamina {

/// 0 … count-1 in an order drawn from the seed; the order of fewer items is that of more without the others.
std::vector<std::size_t> drawnOrder(std::size_t count, std::uint64_t seed);

/// 0: sure … 1: as unsure as one can be.
double entropyOf(std::span<const float> probabilities);  ///< −Σ p ln p / ln classes
double marginDoubt(std::span<const float> probabilities);  ///< 1 − (largest − second)

/// Indexes by falling score; equal ones in their order.
std::vector<std::size_t> byFallingScore(std::span<const double> scores);

/// What k-center greedy found.
struct SpreadOrder {
    std::vector<std::size_t> items;  ///< all but the labelled ones: first the centres in the order in which they were taken, then the others, farthest first
    std::vector<double> distances;   ///< beside `items`: to the nearest labelled one or centre when it was taken; of the others: after the last centre
};

/// Each centre is the item that is farthest from all that is labelled and all centres before it (O. Sener, S. Savarese, 2018); without labelled ones the
/// first is the farthest from the mean. `vectors`: items × width; those of more than `mostWidth` numbers are first projected to so many random directions.
/// At most `centres` are taken: time grows with items × (labelled + centres), of which at most `mostLabelled`, evenly spread, are looked at; memory with items.
/// The result does not depend on `threads`. "job.cancelled".
Result<SpreadOrder> spreadOrder(std::span<const float> vectors, std::size_t width, std::span<const std::size_t> labelled, std::size_t centres, int threads = 0,
                                const CancelToken& cancel = {}, const ProgressFunction& progress = {});
inline constexpr std::size_t mostWidth = 32, mostLabelled = 1000;

}  // namespace lamina
