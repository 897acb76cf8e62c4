// Margins of pictures and series: rows and columns added or cut off at the top, left, bottom and right. A series has only a left and a right.
#pragma once

#include <array>

#include "core/layers/layer_type.h"

namespace lamina {

using Margins = std::array<std::int64_t, 4>;

/// The margins of axis 2, 3 … of a picture (4 axes) or series (3 axes): before and after.
struct AxisMargin {
    std::int64_t axis, before, after;
};
std::vector<AxisMargin> marginsByAxis(const Margins& margins, std::size_t axes);

}  // namespace lamina
