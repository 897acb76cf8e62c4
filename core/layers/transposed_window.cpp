#include "core/layers/transposed_window.h"

#include <algorithm>

namespace lamina {
namespace {

/// Rows and columns cut off what the windows reach: top, left, bottom, right.
std::array<std::int64_t, 4> cutOf(const WindowSettings& window) {
    if (window.padding == "custom") return window.margins;
    std::array<std::int64_t, 4> cut{0, 0, 0, 0};
    if (window.padding != "same") return cut;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t total = std::max<std::int64_t>(window.reach(axis) - window.stride[axis], 0);
        cut[axis] = total / 2;
        cut[axis + 2] = total - total / 2;
    }
    return cut;
}

/// Rows and columns added at the bottom and right. "same" adds what windows narrower than the stride leave out.
std::array<std::int64_t, 2> addedOf(const TransposedWindow& settings) {
    const WindowSettings& window = settings.window;
    if (window.padding != "same") return settings.outputPadding;
    return {std::max<std::int64_t>(window.stride[0] - window.reach(0), 0), std::max<std::int64_t>(window.stride[1] - window.reach(1), 0)};
}

/// As explicit numbers in a file say "same".
bool isSame(const TransposedWindow& settings) {
    TransposedWindow same = settings;
    same.window.padding = "same";
    return settings.window.margins == cutOf(same.window) && settings.outputPadding == addedOf(same);
}

}  // namespace

std::optional<WindowAttributes> transposedWindowOn(LayerContext& context, const TransposedWindow& settings, std::int64_t filters) {
    const WindowSettings& window = settings.window;
    if (!fitsWindow(context, window) || !marginsFit(context, window)) return std::nullopt;
    const Shape picture = pictureShape(context.shape());
    const auto added = addedOf(settings);
    WindowAttributes attributes;
    attributes.kernel = window.kernel;
    attributes.stride = window.stride;
    attributes.dilation = window.dilation;
    attributes.padding = cutOf(window);
    attributes.otherShape = {picture[0], filters, 0, 0};
    for (std::size_t axis = 0; axis < 2; ++axis) {
        if (added[axis] >= window.stride[axis]) {
            context.refuse(fail("layer.output_padding", {{"padding", std::to_string(added[axis])}, {"stride", std::to_string(window.stride[axis])}}));
            return std::nullopt;
        }
        const std::int64_t cut = attributes.padding[axis] + attributes.padding[axis + 2];
        const std::int64_t size = (picture[axis + 2] - 1) * window.stride[axis] + window.reach(axis) + added[axis] - cut;
        if (size < 1) {
            context.refuse(fail("layer.output_empty", {{"shape", shapeText(context.shape())}}));
            return std::nullopt;
        }
        attributes.otherShape[axis + 2] = size;
    }
    return attributes;
}

std::map<std::string, OnnxAttribute> transposedWindowToOnnx(const TransposedWindow& settings) {
    auto attributes = windowToOnnx(settings.window, cutOf(settings.window));
    const auto added = addedOf(settings);
    if (settings.window.axes == 1) attributes["output_padding"] = std::vector<std::int64_t>{added[1]};
    else attributes["output_padding"] = std::vector<std::int64_t>{added[0], added[1]};
    return attributes;
}

Result<TransposedWindow> transposedWindowFromOnnx(const OnnxNode& node, std::vector<std::int64_t> kernel, std::size_t axes) {
    if (node.attributes.count("output_shape")) return fail("onnx.window_feature", {{"node", node.name}, {"op", node.op}});
    const auto added = node.integers("output_padding", std::vector<std::int64_t>(axes, 0));
    if (added.size() != axes) return fail("onnx.window_axes", {{"node", node.name}, {"op", node.op}});
    LAMINA_TRY(WindowSettings window, windowFromOnnx(node, std::move(kernel), true, axes));
    const auto pads = node.integers("pads", std::vector<std::int64_t>(2 * axes, 0));
    TransposedWindow settings{std::move(window), {axes == 2 ? added[0] : 0, added.back()}};
    if (node.text("auto_pad", "NOTSET") != "NOTSET") return settings;
    // "same" of a convolution means other margins here: the file's own numbers count.
    settings.window.margins = axes == 2 ? std::array<std::int64_t, 4>{pads[0], pads[1], pads[2], pads[3]} : std::array<std::int64_t, 4>{0, pads[0], 0, pads[1]};
    const bool none = settings.window.margins == std::array<std::int64_t, 4>{0, 0, 0, 0};
    settings.window.padding = none ? "valid" : "custom";
    if (isSame(settings)) settings.window.padding = "same";
    return settings;
}

}  // namespace lamina
