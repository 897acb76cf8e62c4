// The pictures of a column: what sizes they have, which of them look the same.
#pragma once

#include "core/data/profile/profile_table.h"

namespace lamina {

/// Image, or a Tensor of bytes of shape (C, H, W), C = 1 or 3, or (H, W).
bool holdsPictures(const ColumnInfo& info);

/// Reads every picture of the column that is there. Fills column.pictures, wrong, wrongReason and gives the near-duplicates. "job.cancelled".
Result<NearDuplicates> profilePictures(const ProfileInput& input, std::size_t index, const ProfileSettings& settings, ProfiledColumn& column);

/// Of one value: a signature, and the size; nothing where it cannot be read.
bool isReadablePicture(const ColumnView& view, std::int64_t row);

}  // namespace lamina
