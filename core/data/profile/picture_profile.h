// The pictures of a column: what sizes they have, which of them look the same.
#pragma once

#include "core/data/profile/profile_table.h"

namespace lamina {

/// Reads every picture of the column that is there. Fills column.pictures, wrong, wrongReason and gives the near-duplicates. "job.cancelled".
Result<NearDuplicates> profilePictures(const ProfileInput& input, std::size_t index, const ProfileSettings& settings, ProfiledColumn& column);

}  // namespace lamina
