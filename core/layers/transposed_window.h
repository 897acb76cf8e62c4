// The window of a transposed convolution: every number of the input spreads over a window of the output.
// Padding is "same" (the output is stride times as large), "valid" (all that the windows reach) or "custom" (the margins given are cut off the output).
#pragma once

#include "core/layers/window.h"

namespace lamina {

struct TransposedWindow {
    WindowSettings window;
    std::array<std::int64_t, 2> outputPadding{0, 0};  ///< rows and columns added at the bottom and right; not with "same"
};

/// Takes over the names of a layer's own struct, as windowOf().
template <class Settings>
TransposedWindow transposedWindowOf(const Settings& s) {
    if constexpr (std::is_integral_v<decltype(s.kernel)>) return {windowOf(s), {0, s.outputPadding}};
    else return {windowOf(s), s.outputPadding};
}
template <class Settings>
void setTransposedWindow(Settings& s, const TransposedWindow& transposed) {
    setWindow(s, transposed.window);
    if constexpr (std::is_integral_v<decltype(s.kernel)>) s.outputPadding = transposed.outputPadding[1];
    else s.outputPadding = transposed.outputPadding;
}

/// The attributes for ops::conv2dBackwardData, with otherShape = the picture that comes out; refuses ("layer.needs_image", "layer.needs_series",
/// "layer.margin_too_large", "layer.output_padding", "layer.output_empty") and gives nothing where there is none.
std::optional<WindowAttributes> transposedWindowOn(LayerContext& context, const TransposedWindow& settings, std::int64_t filters);

/// kernel_shape, strides, pads, output_padding and dilations of a ConvTranspose node.
std::map<std::string, OnnxAttribute> transposedWindowToOnnx(const TransposedWindow& settings);
/// The window of a ConvTranspose node, as windowFromOnnx(); "onnx.window_feature" where it names the output's shape instead.
Result<TransposedWindow> transposedWindowFromOnnx(const OnnxNode& node, std::vector<std::int64_t> kernel, std::size_t axes);

}  // namespace lamina
