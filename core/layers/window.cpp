#include "core/layers/window.h"

namespace lamina {
namespace {

/// Rows (or columns) that one window covers.
std::int64_t reach(const WindowSettings& settings, std::size_t axis) { return settings.dilation[axis] * (settings.kernel[axis] - 1) + 1; }

std::array<std::int64_t, 4> marginsFor(const WindowSettings& settings, const Shape& image) {
    if (settings.padding == "custom") return settings.margins;
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};
    if (settings.padding != "same") return margins;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t size = image[axis + 2], stride = settings.stride[axis];
        const std::int64_t places = (size + stride - 1) / stride;
        const std::int64_t total = std::max<std::int64_t>((places - 1) * stride + reach(settings, axis) - size, 0);
        margins[axis] = total / 2;
        margins[axis + 2] = total - total / 2;
    }
    return margins;
}

bool isSameAtStrideOne(const std::vector<std::int64_t>& pads, const WindowSettings& settings) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t total = reach(settings, axis) - 1;
        if (settings.stride[axis] != 1 || pads[axis] != total / 2 || pads[axis + 2] != total - total / 2) return false;
    }
    return true;
}

std::vector<std::int64_t> list(std::span<const std::int64_t> numbers) { return {numbers.begin(), numbers.end()}; }

}  // namespace

std::optional<WindowAttributes> windowOn(LayerContext& context, const WindowSettings& settings) {
    const Shape& image = context.shape();
    if (image.size() != 4) {
        context.refuse(fail("layer.needs_image", {{"shape", shapeText(image)}}));
        return std::nullopt;
    }
    WindowAttributes window;
    window.kernel = settings.kernel;
    window.stride = settings.stride;
    window.dilation = settings.dilation;
    window.padding = marginsFor(settings, image);
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t covered = reach(settings, axis), before = window.padding[axis], after = window.padding[axis + 2];
        const std::string window_ = std::to_string(reach(settings, 0)) + "×" + std::to_string(reach(settings, 1));
        if (image[axis + 2] + before + after < covered) {
            context.refuse(fail("layer.window_too_large", {{"window", window_}, {"image", shapeText({image[2], image[3]})}}));
            return std::nullopt;
        }
        if (settings.padding == "custom" && (before >= covered || after >= covered)) {
            context.refuse(fail("layer.margin_too_large", {{"margin", std::to_string(std::max(before, after))}, {"window", window_}}));
            return std::nullopt;
        }
    }
    return window;
}

std::map<std::string, OnnxAttribute> windowToOnnx(const WindowSettings& settings, const Shape& image) {
    std::map<std::string, OnnxAttribute> attributes{{"kernel_shape", list(settings.kernel)},
                                                    {"strides", list(settings.stride)},
                                                    {"pads", list(marginsFor(settings, image))}};
    if (settings.dilation != std::array<std::int64_t, 2>{1, 1}) attributes["dilations"] = list(settings.dilation);
    return attributes;
}

Result<nlohmann::json> windowFromOnnx(const OnnxNode& node, std::vector<std::int64_t> kernel, bool withDilation) {
    kernel = node.integers("kernel_shape", kernel);
    const auto stride = node.integers("strides", {1, 1}), dilation = node.integers("dilations", {1, 1}), pads = node.integers("pads", {0, 0, 0, 0});
    if (kernel.size() != 2 || stride.size() != 2 || dilation.size() != 2 || pads.size() != 4)
        return fail("onnx.window_axes", {{"node", node.name}, {"op", node.op}});
    const std::string automatic = node.text("auto_pad", "NOTSET");
    if (automatic == "SAME_LOWER" || node.integer("ceil_mode", 0) != 0 || (!withDilation && dilation != std::vector<std::int64_t>{1, 1}))
        return fail("onnx.window_feature", {{"node", node.name}, {"op", node.op}});

    WindowSettings settings;
    std::copy_n(kernel.begin(), 2, settings.kernel.begin());
    std::copy_n(stride.begin(), 2, settings.stride.begin());
    std::copy_n(dilation.begin(), 2, settings.dilation.begin());
    nlohmann::json json{{"kernel", kernel}, {"stride", stride}};
    if (withDilation) json["dilation"] = dilation;
    if (automatic == "SAME_UPPER" || (automatic == "NOTSET" && isSameAtStrideOne(pads, settings))) {
        json["padding"] = "same";
    } else if (automatic == "VALID" || pads == std::vector<std::int64_t>{0, 0, 0, 0}) {
        json["padding"] = "valid";
    } else {
        json["padding"] = "custom";
        json["margins"] = pads;
    }
    return json;
}

}  // namespace lamina
