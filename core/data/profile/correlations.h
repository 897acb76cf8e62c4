// The matrix of correlations between columns of numbers.
#pragma once

#include <span>

#include "core/base/cancel.h"
#include "core/data/profile/profile.h"
#include "core/data/table.h"

namespace lamina {

/// Pearson's correlation of each two of these columns (Number, Integer, Boolean, Time) over the rows where both have a finite value.
/// `facts`: of each, in the same order (center and spread). "job.cancelled".
Result<CorrelationMatrix> correlate(const Table& table, const std::vector<std::size_t>& columns, const std::vector<NumberFacts>& facts,
                                    std::span<const std::uint16_t> removedBy, int threads, const CancelToken& cancel);

}  // namespace lamina
