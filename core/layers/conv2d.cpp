#include "core/layers/convolution.h"
#include "core/layers/initializers.h"

namespace lamina {
namespace conv2d_layer_parts {

struct Conv2d {
    std::int64_t filters = 32;
    std::array<std::int64_t, 2> kernel{3, 3};
    std::array<std::int64_t, 2> stride{1, 1};
    std::string padding = "same";
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};
    std::array<std::int64_t, 2> dilation{1, 1};
    std::int64_t groups = 1;
    bool bias = true;
    std::string initializer = "he_uniform";
};

ValueId forward(const Conv2d& settings, LayerContext& context) {
    auto window = windowOn(context, windowOf(settings), PaddingAlone::Allowed);
    if (!window || !groupsFit(context, settings.groups, settings.filters)) return noValue;
    window->groups = settings.groups;
    const std::int64_t area = settings.kernel[0] * settings.kernel[1];
    const std::int64_t channels = context.shape()[1] / settings.groups;
    const ValueId weight = context.parameter("weight", {settings.filters, channels, settings.kernel[0], settings.kernel[1]},
                                             initializerOf(settings.initializer, channels * area, settings.filters / settings.groups * area));
    const ValueId y = ops::conv2d(context.graph, context.input(), weight, *window);
    return settings.bias ? withBias(context, y, settings.filters) : y;
}

std::string toOnnx(const Conv2d& settings, OnnxLayerContext& context) {
    return convolutionToOnnx(context, "Conv", windowToOnnx(windowOf(settings), context.inputShapes()[0]), settings.groups, settings.bias);
}

Result<Conv2d> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_TRY(const ConvolutionTensors tensors, convolutionFromOnnx(node, context, 2));
    if (isDepthwise(node, tensors.weight)) return fail("onnx.window_feature", {{"node", node.name}, {"op", node.op}});
    LAMINA_TRY(const WindowSettings window, windowFromOnnx(node, {tensors.weight[2], tensors.weight[3]}, true));
    Conv2d settings{.filters = tensors.weight[0], .groups = node.integer("group", 1), .bias = tensors.bias};
    setWindow(settings, window);
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = Conv2d{.filters = 4}, .inputs = {{2, 3, 7, 5}}},
            {.settings = Conv2d{.filters = 5, .kernel = {3, 2}, .stride = {2, 1}, .padding = "valid"}, .inputs = {{1, 1, 8, 6}}},
            {.settings = Conv2d{.filters = 6, .stride = {2, 2}, .groups = 3, .bias = false}, .inputs = {{2, 3, 6, 7}}},
            {.settings = Conv2d{.filters = 2, .dilation = {2, 3}, .initializer = "glorot_uniform"}, .inputs = {{1, 2, 9, 8}}},
            {.settings = Conv2d{.filters = 17, .kernel = {1, 1}}, .inputs = {{1, 19, 3, 3}}},
            {.settings = Conv2d{.filters = 3, .stride = {2, 2}, .padding = "custom", .margins = {1, 0, 2, 1}}, .inputs = {{2, 2, 5, 6}}},
            {.settings = Conv2d{.filters = 6, .padding = "custom", .margins = {2, 1, 0, 2}, .dilation = {2, 1}, .groups = 2}, .inputs = {{2, 4, 6, 5}}},
            {.settings = Conv2d{.filters = 17, .kernel = {1, 1}, .padding = "custom", .margins = {1, 1, 1, 2}}, .inputs = {{2, 18, 4, 3}}}};
}

}  // namespace conv2d_layer_parts

const LayerType& conv2d_layer() {
    using namespace conv2d_layer_parts;
    static const LayerType type = LayerDescriptor<Conv2d, forward, toOnnx>{
        .id = "conv2d",
        .title = "Convolution 2D",
        .category = "convolution",
        .summary = "Slides small learned filters over the picture; each finds one pattern, wherever it is.",
        .properties = {property("filters", &Conv2d::filters, "Filters", "How many patterns are learned; the output has one channel for each.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("kernel", &Conv2d::kernel, "Kernel size", "Height and width of a filter in pixels. 3, 3 suits most pictures.",
                                {.minimum = 1, .maximum = 1024}),
                       property("stride", &Conv2d::stride, "Stride", "Steps between neighbouring places, down and across. 2, 2 halves the picture.",
                                {.minimum = 1, .maximum = 1024}),
                       property("padding", &Conv2d::padding, "Padding",
                                "Keep size (same): zeros around the picture keep its size at stride 1. "
                                "No padding (valid): no zeros, the picture shrinks. Own margins (custom): those below.",
                                {.choices = {"same", "valid", "custom"}}),
                       property("margins", &Conv2d::margins, "Margins", "Rows and columns of zeros at the top, left, bottom and right. Used with custom padding only.",
                                {.minimum = 0, .maximum = 1024}),
                       property("dilation", &Conv2d::dilation, "Dilation", "Distance between the pixels a filter looks at. Above 1 it sees further with no more weights.",
                                {.minimum = 1, .maximum = 1024}),
                       property("groups", &Conv2d::groups, "Groups", "Splits channels and filters into groups that do not see each other. Both numbers must be multiples of it.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("bias", &Conv2d::bias, "Bias", "Adds a learned number to every filter. Not needed where batch normalisation follows."),
                       initializerProperty(&Conv2d::initializer)},
        .onnxOps = {"Conv"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
