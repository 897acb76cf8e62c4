#include "core/layers/window.h"

#include <algorithm>

namespace lamina {
namespace {

/// Of the two axes of a picture those that the window has: both, or the second.
std::vector<std::int64_t> list(std::span<const std::int64_t> numbers, std::size_t axes) {
    std::vector<std::int64_t> chosen;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (axes == 2 || i % 2 == 1) chosen.push_back(numbers[i]);
    return chosen;
}

/// The other way round: a series gets `otherwise` for the axis that it lacks.
template <std::size_t N>
std::array<std::int64_t, N> spread(const std::vector<std::int64_t>& numbers, std::size_t axes, std::int64_t otherwise) {
    std::array<std::int64_t, N> all;
    all.fill(otherwise);
    for (std::size_t i = 0; i < numbers.size(); ++i) all[axes == 2 ? i : 2 * i + 1] = numbers[i];
    return all;
}

std::string windowText(const WindowSettings& settings) {
    return settings.axes == 1 ? std::to_string(settings.reach(1)) : std::to_string(settings.reach(0)) + "×" + std::to_string(settings.reach(1));
}

bool isSameAtStrideOne(const WindowSettings& settings) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t total = settings.reach(axis) - 1;
        if (settings.stride[axis] != 1 || settings.margins[axis] != total / 2 || settings.margins[axis + 2] != total - total / 2) return false;
    }
    return true;
}

/// What the node's way of padding is called here; margins are kept for "custom" only.
void namePadding(WindowSettings& settings, const std::string& automatic) {
    const std::array<std::int64_t, 4> none{0, 0, 0, 0};
    if (automatic == "SAME_UPPER" || (automatic == "NOTSET" && isSameAtStrideOne(settings))) settings.padding = "same";
    else settings.padding = automatic == "VALID" || settings.margins == none ? "valid" : "custom";
    if (settings.padding != "custom") settings.margins = none;
}

}  // namespace

Shape pictureShape(const Shape& shape) { return shape.size() == 3 ? Shape{shape[0], shape[1], 1, shape[2]} : shape; }

bool isPictureOrSeries(LayerContext& context) {
    const std::size_t axes = context.shape().size();
    if (axes == 3 || axes == 4) return true;
    context.refuse(fail("layer.needs_picture_or_series", {{"shape", shapeText(context.shape())}}));
    return false;
}

ValueId inputAsPicture(LayerContext& context) {
    if (context.shape().size() != 3) return context.input();
    const Shape shape = pictureShape(context.shape());
    // A device keeps pictures in a layout of its own: not to leave it between layers of a series saves two copies.
    const Op* maker = context.graph.producer(context.input());
    if (maker && maker->kind == OpKind::Reshape && context.graph.shape(maker->inputs[0]) == shape) return maker->inputs[0];
    return ops::reshape(context.graph, context.input(), shape);
}

ValueId pictureAsOutput(LayerContext& context, ValueId picture) {
    if (context.shape().size() != 3 || picture == noValue) return picture;
    const Shape& shape = context.graph.shape(picture);
    return ops::reshape(context.graph, picture, {shape[0], shape[1], shape[3]});
}

bool fitsWindow(LayerContext& context, const WindowSettings& settings) {
    const Shape& shape = context.shape();
    if (shape.size() == settings.axes + 2) return true;
    if (settings.axes == 1) context.refuse(fail("layer.needs_series", {{"shape", shapeText(shape)}}));
    else context.refuse(fail("layer.needs_image", {{"shape", shapeText(shape)}}));
    return false;
}

bool marginsFit(LayerContext& context, const WindowSettings& settings) {
    if (settings.padding != "custom") return true;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t margin = std::max(settings.margins[axis], settings.margins[axis + 2]);
        if (margin < settings.reach(axis)) continue;
        context.refuse(fail("layer.margin_too_large", {{"margin", std::to_string(margin)}, {"window", windowText(settings)}}));
        return false;
    }
    return true;
}

namespace {

std::array<std::int64_t, 4> paddingOf(const WindowSettings& settings, const Shape& picture) {
    if (settings.padding == "custom") return settings.margins;
    if (settings.padding == "causal") return {0, settings.reach(1) - 1, 0, 0};
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};
    if (settings.padding != "same") return margins;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t size = picture[axis + 2], stride = settings.stride[axis];
        const std::int64_t places = (size + stride - 1) / stride;
        const std::int64_t total = std::max<std::int64_t>((places - 1) * stride + settings.reach(axis) - size, 0);
        margins[axis] = total / 2;
        margins[axis + 2] = total - total / 2;
    }
    return margins;
}

}  // namespace

std::array<std::int64_t, 4> marginsOf(const WindowSettings& settings, const Shape& picture) {
    auto margins = paddingOf(settings, picture);
    for (std::size_t axis = 0; settings.partial && axis < 2; ++axis) {
        const std::int64_t before = picture[axis + 2] + margins[axis], room = before + margins[axis + 2] - settings.reach(axis), stride = settings.stride[axis];
        const std::int64_t rest = room % stride, start = room - rest + stride;
        // A window that would begin behind the picture counts for nothing; what completes the others is thus less than a window.
        if (room >= 0 && rest != 0 && start < before) margins[axis + 2] += stride - rest;
    }
    return margins;
}

std::optional<WindowAttributes> windowOn(LayerContext& context, const WindowSettings& settings, PaddingAlone paddingAlone) {
    if (!fitsWindow(context, settings)) return std::nullopt;
    const Shape picture = pictureShape(context.shape());
    WindowAttributes window;
    window.kernel = settings.kernel;
    window.stride = settings.stride;
    window.dilation = settings.dilation;
    window.padding = marginsOf(settings, picture);
    for (std::size_t axis = 0; axis < 2; ++axis) {
        if (picture[axis + 2] + window.padding[axis] + window.padding[axis + 2] >= settings.reach(axis)) continue;
        if (settings.axes == 1) context.refuse(fail("layer.window_too_long", {{"window", windowText(settings)}, {"length", std::to_string(picture[3])}}));
        else context.refuse(fail("layer.window_too_large", {{"window", windowText(settings)}, {"image", shapeText({picture[2], picture[3]})}}));
        return std::nullopt;
    }
    if (paddingAlone == PaddingAlone::Refused && !marginsFit(context, settings)) return std::nullopt;
    return window;
}

std::map<std::string, OnnxAttribute> windowToOnnx(const WindowSettings& settings, const Shape& input) {
    return windowToOnnx(settings, marginsOf(settings, pictureShape(input)));
}

std::map<std::string, OnnxAttribute> windowToOnnx(const WindowSettings& settings, const std::array<std::int64_t, 4>& pads) {
    std::map<std::string, OnnxAttribute> attributes{{"kernel_shape", list(settings.kernel, settings.axes)},
                                                    {"strides", list(settings.stride, settings.axes)},
                                                    {"pads", list(pads, settings.axes)}};
    if (settings.dilation != std::array<std::int64_t, 2>{1, 1}) attributes["dilations"] = list(settings.dilation, settings.axes);
    return attributes;
}

Result<WindowSettings> windowFromOnnx(const OnnxNode& node, std::vector<std::int64_t> kernel, bool withDilation, std::size_t axes) {
    const std::vector<std::int64_t> ones(axes, 1), zeros(2 * axes, 0);
    kernel = node.integers("kernel_shape", kernel);
    const auto stride = node.integers("strides", ones), dilation = node.integers("dilations", ones), pads = node.integers("pads", zeros);
    if (kernel.size() != axes || stride.size() != axes || dilation.size() != axes || pads.size() != 2 * axes)
        return fail("onnx.window_axes", {{"node", node.name}, {"op", node.op}});
    const std::string automatic = node.text("auto_pad", "NOTSET");
    if (automatic == "SAME_LOWER" || (!withDilation && dilation != ones))
        return fail("onnx.window_feature", {{"node", node.name}, {"op", node.op}});
    WindowSettings settings;
    settings.axes = axes;
    settings.kernel = spread<2>(kernel, axes, 1);
    settings.stride = spread<2>(stride, axes, 1);
    settings.dilation = spread<2>(dilation, axes, 1);
    settings.margins = spread<4>(pads, axes, 0);
    settings.partial = node.integer("ceil_mode", 0) != 0;
    namePadding(settings, automatic);
    return settings;
}

}  // namespace lamina
