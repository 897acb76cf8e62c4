// Which pictures look the same, whatever their format, size and compression.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/data/image.h"

namespace lamina {

/// A picture made small enough to be compared with all others.
struct PictureSignature {
    bool readable = false;
    /// Perceptual hash (difference hash): of 8 rows of 9 mean brightnesses, one bit each where the right neighbour is brighter.
    std::uint64_t hash = 0;
    /// Mean brightness of 16 × 16 fields, in 256ths of a grey level.
    std::array<std::uint16_t, 256> grey{};
};

/// Any size from 1 × 1; 1 or 3 channels (of others the first).
PictureSignature signatureOf(const Image& image);
/// Of planes of bytes: channels × height × width.
PictureSignature signatureOf(const std::uint8_t* pixels, std::int64_t channels, std::int64_t height, std::int64_t width);

/// Bits that differ: 0 … 64; up to 5 usually the same picture, about 32 for two that have nothing to do with each other.
int hashDistance(std::uint64_t a, std::uint64_t b);
/// Root mean square of the fields' differences, in grey levels 0 … 255.
double pictureDistance(const PictureSignature& a, const PictureSignature& b);

/// What is alike among these pictures.
struct PictureLikeness {
    double typicalDistance = 0;  ///< median of pictureDistance() between two of them
    /// Pictures at most this far from each other are alike: a tenth of the typical distance, at most 5. So where all come from one fixed camera and
    /// differ in small places only, what is small decides. Nor may they
    /// differ much once brightness and contrast are taken out; and what is then alike is alike, too: brighter, darker and flatter copies (picture_tone.h).
    double threshold = 0;
    std::vector<std::int64_t> leaders;  ///< per picture the first one that it is alike with, directly or by others between; -1: alone, unreadable
};

/// The result depends on the pictures alone. "job.cancelled".
Result<PictureLikeness> findAlikePictures(std::span<const PictureSignature> pictures, int threads = 0, const CancelToken& cancel = {});

}  // namespace lamina
