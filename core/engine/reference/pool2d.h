// Walking over the windows of a pooling.
#pragma once

#include "core/engine/graph.h"

namespace lamina::reference {

/// Calls use(place in y, first place of the channel's plane in x, row, column) for every element of y[N,C,Ho,Wo]; row and column are where
/// its window begins in x (may be negative: padding).
template <class Use>
void forEachWindow(const Shape& x, const Shape& y, const WindowAttributes& window, Use&& use) {
    std::int64_t at = 0;
    for (std::int64_t plane = 0; plane < y[0] * y[1]; ++plane)
        for (std::int64_t i = 0; i < y[2]; ++i)
            for (std::int64_t j = 0; j < y[3]; ++j)
                use(at++, plane * x[2] * x[3], i * window.stride[0] - window.padding[0], j * window.stride[1] - window.padding[1]);
}

/// Calls use(place in the plane) for the places of a window that are not padding, row by row.
template <class Use>
void forEachPlace(const Shape& x, const WindowAttributes& window, std::int64_t row, std::int64_t column, Use&& use) {
    for (std::int64_t i = 0; i < window.kernel[0]; ++i)
        for (std::int64_t j = 0; j < window.kernel[1]; ++j) {
            const std::int64_t h = row + i * window.dilation[0], v = column + j * window.dilation[1];
            if (h >= 0 && h < x[2] && v >= 0 && v < x[3]) use(h * x[3] + v);
        }
}

}  // namespace lamina::reference
