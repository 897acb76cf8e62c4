// Windows that slide over any number of axes: what convolution and pooling share.
#pragma once

#include <algorithm>

#include "core/operators/operator_type.h"

namespace lamina {

/// Sizes along the axes behind batch and channels.
struct Windows {
    Shape input, output;
    std::vector<std::int64_t> kernel, stride, dilation, before, after;

    std::size_t axes() const { return kernel.size(); }
    std::int64_t extent(std::size_t axis) const { return (kernel[axis] - 1) * dilation[axis] + 1; }
    std::int64_t taps() const { return elementCount(kernel); }
};

/// From the node's attributes (strides, dilations, pads, auto_pad, ceil_mode) for inputs [N,C,input…]; "onnx.operator_attribute" where they do not
/// fit.
Result<Windows> windowsOf(const OperatorContext& context, const Shape& x, std::vector<std::int64_t> kernel);
/// strides, dilations or output_padding: as many numbers as axes, not below `least`, `otherwise` where they are not given.
Result<std::vector<std::int64_t>> perAxis(const OperatorContext& context, const std::string& attribute, std::size_t axes, std::int64_t least,
                                          std::int64_t otherwise);

/// One or two axes, paddings not negative: what the engine's ops do. One axis becomes the second of two.
bool inEngine(const Windows& windows);
WindowAttributes engineWindow(const Windows& windows);
/// [N,C,W] → [N,C,1,W]; others as they are.
Shape withTwoAxes(const Shape& shape);
ValueId inTwoAxes(OperatorContext& context, std::size_t input);

/// use(output, tap, input) for every place of the window that lies within the input, by their numbers within one plane; outputs in order.
template <class Use> void forEachTap(const Windows& w, Use&& use) {
    const std::size_t axes = w.axes();
    std::vector<std::int64_t> out(axes), tap(axes);
    const std::int64_t outputs = elementCount(w.output), taps = w.taps();
    for (std::int64_t o = 0; o < outputs; ++o) {
        std::int64_t rest = o;
        for (std::size_t axis = axes; axis-- > 0; rest /= w.output[axis]) out[axis] = rest % w.output[axis] * w.stride[axis] - w.before[axis];
        std::fill(tap.begin(), tap.end(), 0);
        for (std::int64_t t = 0; t < taps; ++t) {
            std::int64_t place = 0;
            for (std::size_t axis = 0; axis < axes && place >= 0; ++axis) {
                const std::int64_t at = out[axis] + tap[axis] * w.dilation[axis];
                place = at < 0 || at >= w.input[axis] ? -1 : place * w.input[axis] + at;
            }
            if (place >= 0) use(o, t, place);
            for (std::size_t axis = axes; axis-- > 0 && ++tap[axis] == w.kernel[axis];) tap[axis] = 0;
        }
    }
}

}  // namespace lamina
