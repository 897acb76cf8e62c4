// What belongs together because it has about the same colour: the region of a magic wand.
#pragma once

#include <cstdint>

#include "core/annotation/mask_outline.h"
#include "core/base/cancel.h"

namespace lamina {

/// Pixels 0xAARRGGBB of somebody else, `stride` from one row to the next.
struct PixelView {
    const std::uint32_t* pixels = nullptr;
    std::int64_t width = 0, height = 0, stride = 0;
    std::uint32_t at(std::int64_t x, std::int64_t y) const { return pixels[y * stride + x]; }
    bool has(std::int64_t x, std::int64_t y) const { return x >= 0 && y >= 0 && x < width && y < height; }
};

/// The mean colour of a pixel and its neighbours, so that one noisy pixel does not decide.
std::uint32_t colourAround(const PixelView& picture, std::int64_t x, std::int64_t y);

/// No channel further away than this: what a region consists of.
struct ColourRange {
    std::uint32_t colour = 0;
    int tolerance = 32;  ///< 0 … 255
};

/// The pixels of this colour that hang together with (x, y), over their sides; cut to `within` (left, top, width, height; width 0: the whole picture).
/// (x, y) itself always belongs to it. About 4 ns a pixel of the region. Empty where (x, y) lies outside or the token is cancelled.
struct PixelRect {
    std::int64_t left = 0, top = 0, width = 0, height = 0;
};
PixelRegion regionOfColour(const PixelView& picture, std::int64_t x, std::int64_t y, const ColourRange& range, const PixelRect& within = {}, const CancelToken& cancel = {});

/// A region found in a smaller copy of the picture (`coarseWidth` × `coarseHeight`), in the picture's own pixels: inside as it was, along its border each
/// pixel by its own colour.
PixelRegion sharpenedRegion(const PixelRegion& coarse, std::int64_t coarseWidth, std::int64_t coarseHeight, const PixelView& picture, const ColourRange& range,
                            const CancelToken& cancel = {});

}  // namespace lamina
