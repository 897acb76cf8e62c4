#include "core/engine/cpu/layout.h"

namespace lamina::cpu {

std::int64_t lanesOf(Layout layout) { return layout == Layout::Plain ? 1 : layout == Layout::Blocked8 ? 8 : 16; }

std::int64_t physicalCount(const Shape& shape, Layout layout) {
    if (layout == Layout::Plain) return elementCount(shape);
    const Planes planes = planesOf(shape, layout);
    return planes.count() * planes.planeSize();
}

const char* layoutName(Layout layout) { return layout == Layout::Plain ? "nchw" : layout == Layout::Blocked8 ? "nChw8c" : "nChw16c"; }

Planes planesOf(const Shape& shape, Layout layout) {
    if (shape.size() == 2) return {shape[0], 1, 1, shape[1]};
    std::int64_t places = 1;
    for (std::size_t axis = 2; axis < shape.size(); ++axis) places *= shape[axis];
    const std::int64_t lanes = lanesOf(layout);
    return {shape[0], (shape[1] + lanes - 1) / lanes, places, lanes};
}

}  // namespace lamina::cpu
