// Sliding windows: what convolution and pooling have in common. Padding is "valid" (none), "same" (as much as makes the
// output ceil(input / stride) high and wide; the odd row and column go to the bottom and right) or "custom" (the margins given).
#pragma once

#include <array>
#include <map>
#include <optional>

#include "core/layers/layer_type.h"

namespace lamina {

struct WindowSettings {
    std::array<std::int64_t, 2> kernel{1, 1}, stride{1, 1}, dilation{1, 1};
    std::string padding;
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};  ///< top, left, bottom, right; for "custom"
};

/// The attributes for an image [N,C,H,W]; refuses ("layer.needs_image", "layer.window_too_large", "layer.margin_too_large") and gives nothing
/// where the input is no image, the window does not fit, or a window could lie on padding alone.
std::optional<WindowAttributes> windowOn(LayerContext& context, const WindowSettings& settings);

/// The ONNX attributes kernel_shape, strides, pads (always explicit) and, where not 1, dilations.
std::map<std::string, OnnxAttribute> windowToOnnx(const WindowSettings& settings, const Shape& image);

/// kernel, stride, padding, margins and (where `withDilation`) dilation from an ONNX node: two-dimensional windows only ("onnx.window_axes");
/// `kernel` stands in where the node does not say kernel_shape.
Result<nlohmann::json> windowFromOnnx(const OnnxNode& node, std::vector<std::int64_t> kernel, bool withDilation);

}  // namespace lamina
