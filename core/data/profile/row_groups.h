// Groups of rows that are alike.
#pragma once

#include <functional>
#include <span>

#include "core/base/cancel.h"
#include "core/data/profile/profile.h"

namespace lamina {

/// Groups rows with equal keys for which `equal` holds as well (the first row of a key decides; the others of that key are compared with it, and
/// those that are not equal make groups of their own). Rows that are not there are in none. "job.cancelled".
Result<RowGroups> groupByKey(std::span<const std::uint64_t> keys, std::span<const std::uint16_t> removedBy,
                             const std::function<bool(std::int64_t, std::int64_t)>& equal, int threads, const CancelToken& cancel);

/// From a leader per row (a row of the same group, the group's first row itself for that one; -1: alone or not there): numbered and counted.
/// `all`: rows there, of which more than 5 % make a large group.
RowGroups groupsOfLeaders(std::span<const std::int64_t> leaders, std::int64_t all);

/// `groupOf` with the large groups taken out: what splits may keep together by themselves.
std::vector<std::int32_t> withoutLargeGroups(const RowGroups& groups);

}  // namespace lamina
