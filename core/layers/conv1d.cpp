#include "core/layers/convolution.h"
#include "core/layers/initializers.h"

namespace lamina {
namespace conv1d_layer_parts {

struct Conv1d {
    std::int64_t filters = 32;
    std::int64_t kernel = 3;
    std::int64_t stride = 1;
    std::string padding = "same";
    std::array<std::int64_t, 2> margins{0, 0};
    std::int64_t dilation = 1;
    std::int64_t groups = 1;
    bool bias = true;
    std::string initializer = "he_uniform";
};

ValueId forward(const Conv1d& settings, LayerContext& context) {
    auto window = windowOn(context, windowOf(settings), PaddingAlone::Allowed);
    if (!window || !groupsFit(context, settings.groups, settings.filters)) return noValue;
    window->groups = settings.groups;
    const std::int64_t channels = context.shape()[1] / settings.groups, filters = settings.filters, kernel = settings.kernel;
    const ValueId weight = context.parameter("weight", {filters, channels, kernel},
                                             initializerOf(settings.initializer, channels * kernel, filters / settings.groups * kernel));
    const ValueId flat = ops::reshape(context.graph, weight, {filters, channels, 1, kernel});
    const ValueId y = ops::conv2d(context.graph, inputAsPicture(context), flat, *window);
    return pictureAsOutput(context, settings.bias ? withBias(context, y, filters) : y);
}

std::string toOnnx(const Conv1d& settings, OnnxLayerContext& context) {
    return convolutionToOnnx(context, "Conv", windowToOnnx(windowOf(settings), context.inputShapes()[0]), settings.groups, settings.bias);
}

Result<Conv1d> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_TRY(const ConvolutionTensors tensors, convolutionFromOnnx(node, context, 1));
    LAMINA_TRY(const WindowSettings window, windowFromOnnx(node, {tensors.weight[2]}, true, 1));
    Conv1d settings{.filters = tensors.weight[0], .groups = node.integer("group", 1), .bias = tensors.bias};
    setWindow(settings, window);
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = Conv1d{.filters = 4}, .inputs = {{2, 3, 7}}},
            {.settings = Conv1d{.filters = 5, .kernel = 4, .stride = 2, .padding = "valid", .bias = false}, .inputs = {{1, 1, 9}}},
            {.settings = Conv1d{.filters = 6, .stride = 3, .groups = 3, .initializer = "lecun_normal"}, .inputs = {{2, 3, 8}}},
            {.settings = Conv1d{.filters = 17, .kernel = 2, .padding = "causal", .dilation = 3}, .inputs = {{1, 19, 11}}},
            {.settings = Conv1d{.filters = 2, .kernel = 3, .stride = 2, .padding = "custom", .margins = {1, 3}, .dilation = 2, .groups = 2}, .inputs = {{3, 4, 6}}},
            {.settings = Conv1d{.filters = 3, .kernel = 2, .padding = "custom", .margins = {0, 4}}, .inputs = {{2, 3, 5}}}};
}

}  // namespace conv1d_layer_parts

const LayerType& conv1d_layer() {
    using namespace conv1d_layer_parts;
    static const LayerType type = LayerDescriptor<Conv1d, forward, toOnnx>{
        .id = "conv1d",
        .title = "Convolution 1D",
        .category = "convolution",
        .summary = "Slides small learned filters along a series, such as sound or readings over time; each finds one pattern, whenever it comes.",
        .properties = {property("filters", &Conv1d::filters, "Filters", "How many patterns are learned; the output has one channel for each.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("kernel", &Conv1d::kernel, "Kernel size", "How many steps of the series a filter looks at.", {.minimum = 1, .maximum = 1 << 16}),
                       property("stride", &Conv1d::stride, "Stride", "Steps between neighbouring places. 2 halves the series.", {.minimum = 1, .maximum = 1 << 16}),
                       property("padding", &Conv1d::padding, "Padding",
                                "Keep size (same): zeros at both ends keep the length at stride 1. Only backwards (causal): all zeros come before the start, so that no place "
                                "sees what comes later. No padding (valid): no zeros, the series gets shorter. Own margins (custom): those below.",
                                {.choices = {"same", "causal", "valid", "custom"}}),
                       property("margins", &Conv1d::margins, "Margins", "Zeros before the start and after the end. Used with custom padding only.",
                                {.minimum = 0, .maximum = 1 << 16}),
                       property("dilation", &Conv1d::dilation, "Dilation", "Distance between the steps a filter looks at. Above 1 it sees further with no more weights.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("groups", &Conv1d::groups, "Groups", "Splits channels and filters into groups that do not see each other. Both numbers must be multiples of it.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("bias", &Conv1d::bias, "Bias", "Adds a learned number to every filter. Not needed where batch normalisation follows."),
                       initializerProperty(&Conv1d::initializer)},
        .onnxOps = {"Conv"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
