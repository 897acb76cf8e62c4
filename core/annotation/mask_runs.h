// Masks as COCO packs them: runs of pixels as a short text.
#pragma once

#include <string>

#include "core/annotation/annotation.h"

namespace lamina {

/// Five bits a character from '0' on, the sixth says that more follow; from the third run on the difference to the run before the last.
std::string packRuns(const std::vector<std::uint32_t>& runs);
/// False where the text is none, or one of the runs is negative or beyond 32 bits.
bool unpackRuns(const std::string& text, std::vector<std::uint32_t>& runs);
/// Do the runs add up to the mask's pixels?
bool isWhole(const MaskRuns& mask);

/// Rows of pixels (0: outside) as runs, and back. `pixels`: width × height bytes, row by row.
MaskRuns runsOfPixels(const std::uint8_t* pixels, std::int64_t width, std::int64_t height, std::uint8_t value);
std::vector<std::uint8_t> pixelsOfRuns(const MaskRuns& mask);

}  // namespace lamina
