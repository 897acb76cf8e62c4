// Physical layouts of values on the CPU. Plain is row-major; blocked layouts interleave 8 or 16 channels
// ([N, C/16, H, W, 16]), padded with zeros where C is not a multiple.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/tensor/shape.h"

namespace lamina::cpu {

enum class Layout : std::uint8_t { Plain, Blocked8, Blocked16 };

/// Channels that lie side by side: 1, 8 or 16.
std::int64_t lanesOf(Layout layout);
/// Numbers a value takes, padding included. Blocked layouts are for shapes of 4 axes.
std::int64_t physicalCount(const Shape& shape, Layout layout);
/// "nchw", "nChw16c".
const char* layoutName(Layout layout);

/// [N, C, H, W] in a layout as planes: [batch][groups][places][lanes].
struct Planes {
    std::int64_t batch, groups, places, lanes;
    std::int64_t planeSize() const { return places * lanes; }
    std::int64_t count() const { return batch * groups; }
};
/// [N, C] counts as one place of C lanes.
Planes planesOf(const Shape& shape, Layout layout);

}  // namespace lamina::cpu
