// Sliding windows: what convolution and pooling have in common, on pictures [N,C,H,W] and on series [N,C,T], which are computed as pictures of height 1.
// Padding is "valid" (none), "same" (as much as makes the output ceil(input / stride) high and wide; the odd row and column go to the bottom and right),
// "causal" (series only: all before the first step, so that nothing looks ahead) or "custom" (the margins given).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <type_traits>

#include "core/layers/layer_type.h"

namespace lamina {

struct WindowSettings {
    std::array<std::int64_t, 2> kernel{1, 1}, stride{1, 1}, dilation{1, 1};
    std::string padding;
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};  ///< top, left, bottom, right; for "custom"
    bool partial = false;                             ///< an incomplete window at the bottom and right counts too (pooling)
    std::size_t axes = 2;                             ///< 1: a series; kernel, stride, dilation and margins of its second axis count

    /// Rows (or columns) that one window covers.
    std::int64_t reach(std::size_t axis) const { return dilation[axis] * (kernel[axis] - 1) + 1; }
};

/// Takes over what a layer's own struct calls by the same names; single numbers there mean a series.
template <class Settings>
WindowSettings windowOf(const Settings& s) {
    if constexpr (std::is_integral_v<decltype(s.kernel)>) {
        WindowSettings window{{1, s.kernel}, {1, s.stride}, {1, 1}, s.padding, {0, s.margins[0], 0, s.margins[1]}, false, 1};
        if constexpr (requires { s.dilation; }) window.dilation[1] = s.dilation;
        if constexpr (requires { s.partial; }) window.partial = s.partial;
        return window;
    } else {
        WindowSettings window{s.kernel, s.stride, {1, 1}, s.padding, s.margins, false, 2};
        if constexpr (requires { s.dilation; }) window.dilation = s.dilation;
        if constexpr (requires { s.partial; }) window.partial = s.partial;
        return window;
    }
}
template <class Settings>
void setWindow(Settings& s, const WindowSettings& window) {
    s.padding = window.padding;
    if constexpr (requires { s.partial; }) s.partial = window.partial;
    if constexpr (std::is_integral_v<decltype(s.kernel)>) {
        s.kernel = window.kernel[1];
        s.stride = window.stride[1];
        if constexpr (requires { s.dilation; }) s.dilation = window.dilation[1];
        s.margins = {window.margins[1], window.margins[3]};
    } else {
        s.kernel = window.kernel;
        s.stride = window.stride;
        if constexpr (requires { s.dilation; }) s.dilation = window.dilation;
        s.margins = window.margins;
    }
}

/// Is the input a picture or a series? Refuses ("layer.needs_picture_or_series") where not.
bool isPictureOrSeries(LayerContext& context);

/// The shape as that of a picture: [N,C,T] → [N,C,1,T].
Shape pictureShape(const Shape& shape);
/// The layer's input as a picture (the very one that it was made from, where it was), and a picture that was computed from it back with the input's
/// number of axes.
ValueId inputAsPicture(LayerContext& context);
ValueId pictureAsOutput(LayerContext& context, ValueId picture);

/// Is the input a picture, or, where the window has one axis, a series? Refuses ("layer.needs_image", "layer.needs_series") where not.
bool fitsWindow(LayerContext& context, const WindowSettings& settings);

/// Of padding alone a pooling can make nothing; a convolution sees zeros.
enum class PaddingAlone { Refused, Allowed };
/// The attributes for an image or series; refuses (as above, "layer.window_too_large", "layer.window_too_long", "layer.margin_too_large") and gives
/// nothing where the window does not fit, or could lie on padding alone where that is refused.
std::optional<WindowAttributes> windowOn(LayerContext& context, const WindowSettings& settings, PaddingAlone paddingAlone = PaddingAlone::Refused);
/// Refuses ("layer.margin_too_large") custom margins as large as the window.
bool marginsFit(LayerContext& context, const WindowSettings& settings);

/// Zeros around a picture of this shape (4 axes): top, left, bottom, right; those that complete a partial window are among them.
std::array<std::int64_t, 4> marginsOf(const WindowSettings& settings, const Shape& picture);

/// The ONNX attributes kernel_shape, strides, pads (always explicit) and, where not 1, dilations, for an input of this shape.
std::map<std::string, OnnxAttribute> windowToOnnx(const WindowSettings& settings, const Shape& input);
/// The same with these pads (top, left, bottom, right).
std::map<std::string, OnnxAttribute> windowToOnnx(const WindowSettings& settings, const std::array<std::int64_t, 4>& pads);

/// The window of an ONNX node with so many axes ("onnx.window_axes" where it has others), with dilation only where `withDilation`;
/// `kernel` stands in where the node does not say kernel_shape.
/// ONNX's ceil_mode becomes `partial`.
Result<WindowSettings> windowFromOnnx(const OnnxNode& node, std::vector<std::int64_t> kernel, bool withDilation, std::size_t axes = 2);

}  // namespace lamina
