// JPEG files through libjpeg, which can leave out work: at a half, a quarter or an eighth of the size most of the decoding is never done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/data/image.h"

namespace lamina {

struct JpegHead {
    std::int64_t width = 0, height = 0;
    int components = 0;   ///< 1, 3; 4 (for print) is not read here
    int orientation = 1;  ///< 1 … 8, as the camera noted it (EXIF)
};
/// Empty where the beginning cannot be understood.
std::optional<JpegHead> readJpegHead(std::span<const std::byte> bytes);

/// The pixels at 1 / `part` (1, 2, 4 or 8) of the size, rounded up, not yet turned upright: one channel or three. Empty where the file is damaged.
/// std::bad_alloc where memory is short.
std::optional<Image> readJpeg(std::span<const std::byte> bytes, int part);

/// What EXIF (from its TIFF header on) says of how the camera was held: 1 … 8; 1 where it says nothing.
int exifOrientation(std::span<const std::uint8_t> exif);

/// Turned or mirrored as an orientation of 2 … 8 asks for.
Image upright(Image image, int orientation);

}  // namespace lamina
