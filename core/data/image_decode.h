// From the bytes of a picture file to pixels: PNG, JPEG, BMP, WebP, GIF (its first frame), PPM (and PGM, PBM), TIFF (its first page).
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/base/files.h"
#include "core/data/image.h"

namespace lamina {

/// Pictures with more pixels than this are refused: "image.too_large".
inline constexpr std::int64_t imageMaximumPixels = 100'000'000;

/// File names that pictures have: "*.png", "*.jpg" …
const std::vector<std::string>& imagePatterns();
/// "png", "jpeg" …, told from the first bytes; empty where they are of no format that is read.
std::string imageFormat(std::span<const std::byte> beginning);

/// The picture, upright (the camera's note of how it was held is followed), what is transparent on white, 16 bits reduced to 8; one channel
/// where no pixel has a colour, else three. Nothing but the bytes is looked at; any number of threads. Errors, to which the caller adds
/// {file}: "image.unknown_format", "image.damaged" {format}, "image.too_large" {width, height, limit}, "image.out_of_memory".
Result<Image> decodeImage(std::span<const std::byte> bytes);

}  // namespace lamina
