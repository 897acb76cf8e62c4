// Which columns lack their values together.
#pragma once

#include <span>

#include "core/base/cancel.h"
#include "core/data/profile/profile.h"
#include "core/data/table.h"

namespace lamina {

/// Fills missingPatterns, missingPatternCount and missingTogether from the table. "job.cancelled".
Result<void> findMissingPatterns(const Table& table, std::span<const std::uint16_t> removedBy, int threads, const CancelToken& cancel,
                                 DatasetProfile& profile);

}  // namespace lamina
