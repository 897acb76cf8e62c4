// From the bytes of a picture file to pixels: PNG, JPEG, BMP, WebP, GIF, PPM (and PGM, PBM), TIFF.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/base/files.h"
#include "core/data/image.h"

namespace lamina {

/// Pictures with more pixels than this are refused: "image.too_large".
inline constexpr std::int64_t imageMaximumPixels = 100'000'000;
/// Later pages of a file are not looked at.
inline constexpr std::int64_t imageMaximumPages = 1000;

/// File names that pictures have: "*.png", "*.jpg" …
const std::vector<std::string>& imagePatterns();
/// "png", "jpeg" …, told from the first bytes; empty where they are of no format that is read.
std::string imageFormat(std::span<const std::byte> beginning);

struct DecodeOptions {
    std::int64_t page = 0;  ///< of a TIFF or GIF with several, from 0
    /// What the picture will be made into afterwards; 0: it stays as large as it is. A JPEG is then decoded at a half, a quarter or an eighth of its
    /// size as long as that is at least half as large again as this. A function of the file and these numbers alone.
    std::int64_t forHeight = 0, forWidth = 0;
};

/// The picture, upright (the camera's note of how it was held is followed), what is transparent on white, 16 bits reduced to 8; one channel
/// where no pixel has a colour, else three. Nothing but the bytes is looked at; any number of threads. Errors, to which the caller adds
/// {file}: "image.unknown_format", "image.damaged" {format}, "image.too_large" {width, height, limit}, "image.no_page" {page}, "image.out_of_memory".
Result<Image> decodeImage(std::span<const std::byte> bytes, const DecodeOptions& options = {});

/// What the beginning of a file says, quickly and without decoding: the size as shown (upright) and how many pages there are (TIFF, GIF; else 1).
/// The same errors; a file that is cut short may be taken for whole.
struct ImageHead {
    std::string format;
    std::int64_t width = 0, height = 0, pages = 1;
};
Result<ImageHead> readImageHead(std::span<const std::byte> bytes);

/// A file of the picture: PNG, without loss, or JPEG of a quality of 1 … 100.
Result<std::vector<std::byte>> encodePng(const Image& image);
Result<std::vector<std::byte>> encodeJpeg(const Image& image, int quality = 90);

}  // namespace lamina
