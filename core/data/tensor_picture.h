// Columns that hold pictures, and tensors that can be looked at as one.
#pragma once

#include <optional>

#include "core/data/image.h"
#include "core/data/table.h"

namespace lamina {

/// Tensors (C, H, W) of bytes, or of 1, 3 or 4 channels.
bool isTensorPicture(const ColumnInfo& info);
/// The first column that holds pictures: picture files or such tensors; empty where there is none.
std::optional<std::size_t> pictureColumn(const Table& table);

/// The values of such an element as bytes: uint8 as it is; float32 within 0 … 1, or stretched where it reaches further.
std::vector<std::uint8_t> tensorBytes(const ColumnInfo& info, std::span<const std::byte> element);
/// The element as a picture with all its channels; empty where it is none.
std::optional<Image> tensorImage(const ColumnInfo& info, std::span<const std::byte> element);

}  // namespace lamina
