#include "core/layers/convolution.h"
#include "core/layers/initializers.h"

namespace lamina {
namespace depthwise_conv2d_layer_parts {

struct DepthwiseConv2d {
    std::int64_t multiplier = 1;
    std::array<std::int64_t, 2> kernel{3, 3};
    std::array<std::int64_t, 2> stride{1, 1};
    std::string padding = "same";
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};
    std::array<std::int64_t, 2> dilation{1, 1};
    bool bias = true;
    std::string initializer = "he_uniform";
};

/// A copy of its channel for every filter: groups of one channel and one filter are what devices are quick at.
ValueId repeatedChannels(LayerContext& context, std::int64_t times) {
    if (times == 1) return context.input();
    Graph& g = context.graph;
    const Shape s = context.shape();
    const ValueId single = ops::reshape(g, context.input(), {s[0], s[1], 1, s[2], s[3]});
    return ops::reshape(g, ops::broadcast(g, single, {s[0], s[1], times, s[2], s[3]}), {s[0], s[1] * times, s[2], s[3]});
}

ValueId forward(const DepthwiseConv2d& settings, LayerContext& context) {
    auto window = windowOn(context, windowOf(settings), PaddingAlone::Allowed);
    if (!window) return noValue;
    const std::int64_t area = settings.kernel[0] * settings.kernel[1], filters = context.shape()[1] * settings.multiplier;
    const ValueId weight = context.parameter("weight", {filters, 1, settings.kernel[0], settings.kernel[1]},
                                             initializerOf(settings.initializer, area, settings.multiplier * area));
    window->groups = filters;
    const ValueId y = ops::conv2d(context.graph, repeatedChannels(context, settings.multiplier), weight, *window);
    return settings.bias ? withBias(context, y, filters) : y;
}

std::string toOnnx(const DepthwiseConv2d& settings, OnnxLayerContext& context) {
    const Shape& shape = context.inputShapes()[0];
    return convolutionToOnnx(context, "Conv", windowToOnnx(windowOf(settings), shape), shape[1], settings.bias);
}

Result<DepthwiseConv2d> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_TRY(const ConvolutionTensors tensors, convolutionFromOnnx(node, context, 2));
    if (!isDepthwise(node, tensors.weight)) return fail("onnx.window_feature", {{"node", node.name}, {"op", node.op}});
    LAMINA_TRY(const WindowSettings window, windowFromOnnx(node, {tensors.weight[2], tensors.weight[3]}, true));
    DepthwiseConv2d settings{.multiplier = tensors.weight[0] / node.integer("group", 1), .bias = tensors.bias};
    setWindow(settings, window);
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = DepthwiseConv2d{}, .inputs = {{2, 3, 7, 5}}},
            {.settings = DepthwiseConv2d{.multiplier = 3, .kernel = {3, 2}, .stride = {2, 1}, .padding = "valid", .bias = false}, .inputs = {{1, 5, 8, 6}}},
            {.settings = DepthwiseConv2d{.stride = {2, 2}, .initializer = "glorot_normal"}, .inputs = {{2, 17, 6, 7}}},
            {.settings = DepthwiseConv2d{.multiplier = 2, .padding = "custom", .margins = {1, 0, 2, 1}, .dilation = {1, 2}}, .inputs = {{2, 4, 5, 6}}},
            {.settings = DepthwiseConv2d{.kernel = {2, 2}, .padding = "custom", .margins = {3, 0, 0, 2}}, .inputs = {{1, 17, 4, 3}}}};
}

}  // namespace depthwise_conv2d_layer_parts

const LayerType& depthwise_conv2d_layer() {
    using namespace depthwise_conv2d_layer_parts;
    static const LayerType type = LayerDescriptor<DepthwiseConv2d, forward, toOnnx>{
        .id = "depthwise_conv2d",
        .title = "Depthwise convolution 2D",
        .category = "convolution",
        .summary = "Filters every channel of the picture by itself, with few weights. Followed by a 1×1 convolution it replaces an ordinary one at a fraction of the work.",
        .properties = {property("multiplier", &DepthwiseConv2d::multiplier, "Filters per channel", "How many filters each channel gets; the output has that many times more channels.",
                                {.minimum = 1, .maximum = 1024}),
                       property("kernel", &DepthwiseConv2d::kernel, "Kernel size", "Height and width of a filter in pixels. 3, 3 suits most pictures.",
                                {.minimum = 1, .maximum = 1024}),
                       property("stride", &DepthwiseConv2d::stride, "Stride", "Steps between neighbouring places, down and across. 2, 2 halves the picture.",
                                {.minimum = 1, .maximum = 1024}),
                       property("padding", &DepthwiseConv2d::padding, "Padding",
                                "Keep size (same): zeros around the picture keep its size at stride 1. "
                                "No padding (valid): no zeros, the picture shrinks. Own margins (custom): those below.",
                                {.choices = {"same", "valid", "custom"}}),
                       property("margins", &DepthwiseConv2d::margins, "Margins",
                                "Rows and columns of zeros at the top, left, bottom and right. Used with custom padding only.", {.minimum = 0, .maximum = 1024}),
                       property("dilation", &DepthwiseConv2d::dilation, "Dilation",
                                "Distance between the pixels a filter looks at. Above 1 it sees further with no more weights.", {.minimum = 1, .maximum = 1024}),
                       property("bias", &DepthwiseConv2d::bias, "Bias", "Adds a learned number to every filter. Not needed where batch normalisation follows."),
                       initializerProperty(&DepthwiseConv2d::initializer)},
        .onnxOps = {"Conv"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
