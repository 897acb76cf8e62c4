#include "core/layers/convolution.h"
#include "core/layers/initializers.h"

namespace lamina {
namespace separable_conv2d_layer_parts {

struct SeparableConv2d {
    std::int64_t filters = 32;
    std::array<std::int64_t, 2> kernel{3, 3};
    std::array<std::int64_t, 2> stride{1, 1};
    std::string padding = "same";
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};
    std::array<std::int64_t, 2> dilation{1, 1};
    bool bias = true;
    std::string initializer = "he_uniform";
};

/// Every channel by itself, then a mixture of them at every place.
ValueId forward(const SeparableConv2d& settings, LayerContext& context) {
    auto window = windowOn(context, windowOf(settings), PaddingAlone::Allowed);
    if (!window) return noValue;
    const std::int64_t channels = context.shape()[1], area = settings.kernel[0] * settings.kernel[1];
    window->groups = channels;
    const ValueId depthwise = context.parameter("depthwise", {channels, 1, settings.kernel[0], settings.kernel[1]},
                                                initializerOf(settings.initializer, area, area));
    const ValueId pointwise = context.parameter("pointwise", {settings.filters, channels, 1, 1},
                                                initializerOf(settings.initializer, channels, settings.filters));
    const ValueId filtered = ops::conv2d(context.graph, context.input(), depthwise, *window);
    const ValueId y = ops::conv2d(context.graph, filtered, pointwise, {});
    return settings.bias ? withBias(context, y, settings.filters) : y;
}

std::string toOnnx(const SeparableConv2d& settings, OnnxLayerContext& context) {
    const Shape& shape = context.inputShapes()[0];
    auto window = windowToOnnx(windowOf(settings), shape);
    window["group"] = shape[1];
    const std::string filtered = context.add("Conv", {context.inputs()[0], context.parameter("depthwise")}, window);
    std::vector<std::string> inputs{filtered, context.parameter("pointwise")};
    if (settings.bias) inputs.push_back(context.parameter("bias"));
    return context.add("Conv", inputs, {{"kernel_shape", std::vector<std::int64_t>{1, 1}}});
}

std::vector<LayerSample> samples() {
    return {{.settings = SeparableConv2d{.filters = 4}, .inputs = {{2, 3, 7, 5}}},
            {.settings = SeparableConv2d{.filters = 5, .kernel = {3, 2}, .stride = {2, 1}, .padding = "valid", .bias = false}, .inputs = {{1, 17, 8, 6}}},
            {.settings = SeparableConv2d{.filters = 3, .padding = "custom", .margins = {1, 0, 2, 1}, .dilation = {1, 2}, .initializer = "orthogonal"},
             .inputs = {{2, 1, 5, 6}}}};
}

}  // namespace separable_conv2d_layer_parts

const LayerType& separable_conv2d_layer() {
    using namespace separable_conv2d_layer_parts;
    static const LayerType type = LayerDescriptor<SeparableConv2d, forward, toOnnx>{
        .id = "separable_conv2d",
        .title = "Separable convolution 2D",
        .category = "convolution",
        .summary = "Filters every channel by itself and then mixes the channels: nearly as good as an ordinary convolution with a fraction of the work and weights.",
        .properties = {property("filters", &SeparableConv2d::filters, "Filters", "How many mixtures are learned; the output has one channel for each.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("kernel", &SeparableConv2d::kernel, "Kernel size", "Height and width of a filter in pixels. 3, 3 suits most pictures.",
                                {.minimum = 1, .maximum = 1024}),
                       property("stride", &SeparableConv2d::stride, "Stride", "Steps between neighbouring places, down and across. 2, 2 halves the picture.",
                                {.minimum = 1, .maximum = 1024}),
                       property("padding", &SeparableConv2d::padding, "Padding",
                                "Keep size (same): zeros around the picture keep its size at stride 1. "
                                "No padding (valid): no zeros, the picture shrinks. Own margins (custom): those below.",
                                {.choices = {"same", "valid", "custom"}}),
                       property("margins", &SeparableConv2d::margins, "Margins",
                                "Rows and columns of zeros at the top, left, bottom and right. Used with custom padding only.", {.minimum = 0, .maximum = 1024}),
                       property("dilation", &SeparableConv2d::dilation, "Dilation",
                                "Distance between the pixels a filter looks at. Above 1 it sees further with no more weights.", {.minimum = 1, .maximum = 1024}),
                       property("bias", &SeparableConv2d::bias, "Bias", "Adds a learned number to every filter. Not needed where batch normalisation follows."),
                       initializerProperty(&SeparableConv2d::initializer)},
        .samples = samples};
    return type;
}

}  // namespace lamina
