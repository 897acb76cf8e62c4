// TIFF files through libtiff: bands, and values that are no bytes. What every program writes (palettes, photos, 8 bits of grey or colour) is left to the
// reader of the other formats.
#pragma once

#include <optional>
#include <vector>

#include "core/data/image_decode.h"

namespace lamina {

/// Size as shown and pages. "image.damaged", "image.out_of_memory".
Result<ImageHead> readTiffHead(std::span<const std::byte> bytes);

/// Does the first page keep more than a byte of each value?
bool isDeepTiff(std::span<const std::byte> bytes);

/// Empty: for the other reader. Errors of decodeImage(). std::bad_alloc where memory is short.
std::optional<Result<Image>> readTiff(std::span<const std::byte> bytes, const DecodeOptions& options, SampleFacts* facts);

/// Any number of channels, as bytes, without loss.
Result<std::vector<std::byte>> encodeTiff(const Image& image);

}  // namespace lamina
