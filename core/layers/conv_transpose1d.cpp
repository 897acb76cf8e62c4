#include "core/layers/convolution.h"
#include "core/layers/initializers.h"
#include "core/layers/transposed_window.h"

namespace lamina {
namespace conv_transpose1d_layer_parts {

struct ConvTranspose1d {
    std::int64_t filters = 32;
    std::int64_t kernel = 2;
    std::int64_t stride = 2;
    std::string padding = "same";
    std::array<std::int64_t, 2> margins{0, 0};
    std::int64_t outputPadding = 0;
    std::int64_t dilation = 1;
    std::int64_t groups = 1;
    bool bias = true;
    std::string initializer = "he_uniform";
};

ValueId forward(const ConvTranspose1d& settings, LayerContext& context) {
    auto window = transposedWindowOn(context, transposedWindowOf(settings), settings.filters);
    if (!window || !groupsFit(context, settings.groups, settings.filters)) return noValue;
    window->groups = settings.groups;
    const std::int64_t channels = context.shape()[1], filters = settings.filters / settings.groups;
    // A number of the output sums up what of a window falls on it: one in `stride` of its places.
    const std::int64_t fanIn = std::max<std::int64_t>(1, channels / settings.groups * settings.kernel / settings.stride);
    const ValueId weight = context.parameter("weight", {channels, filters, settings.kernel}, initializerOf(settings.initializer, fanIn, filters * settings.kernel));
    const ValueId flat = ops::reshape(context.graph, weight, {channels, filters, 1, settings.kernel});
    const ValueId y = ops::conv2dBackwardData(context.graph, inputAsPicture(context), flat, *window);
    return pictureAsOutput(context, settings.bias ? withBias(context, y, settings.filters) : y);
}

std::string toOnnx(const ConvTranspose1d& settings, OnnxLayerContext& context) {
    return convolutionToOnnx(context, "ConvTranspose", transposedWindowToOnnx(transposedWindowOf(settings)), settings.groups, settings.bias);
}

Result<ConvTranspose1d> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_TRY(const ConvolutionTensors tensors, convolutionFromOnnx(node, context, 1));
    LAMINA_TRY(const TransposedWindow window, transposedWindowFromOnnx(node, {tensors.weight[2]}, 1));
    const std::int64_t groups = node.integer("group", 1);
    ConvTranspose1d settings{.filters = tensors.weight[1] * groups, .groups = groups, .bias = tensors.bias};
    setTransposedWindow(settings, window);
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = ConvTranspose1d{.filters = 4}, .inputs = {{2, 3, 5}}},
            {.settings = ConvTranspose1d{.filters = 2, .kernel = 5, .stride = 2}, .inputs = {{1, 17, 3}}},
            {.settings = ConvTranspose1d{.filters = 6, .kernel = 3, .stride = 3, .padding = "valid", .outputPadding = 2, .groups = 2, .bias = false}, .inputs = {{2, 4, 3}}},
            {.settings = ConvTranspose1d{.filters = 3, .kernel = 3, .padding = "custom", .margins = {1, 2}, .outputPadding = 1, .dilation = 2, .groups = 3,
                                         .initializer = "normal"}, .inputs = {{1, 3, 4}}}};
}

}  // namespace conv_transpose1d_layer_parts

const LayerType& conv_transpose1d_layer() {
    using namespace conv_transpose1d_layer_parts;
    static const LayerType type = LayerDescriptor<ConvTranspose1d, forward, toOnnx>{
        .id = "conv_transpose1d",
        .title = "Transposed convolution 1D",
        .category = "convolution",
        .summary = "The reverse of a convolution along a series: makes it longer and learns how. Common in networks that give back sound or readings.",
        .properties = {property("filters", &ConvTranspose1d::filters, "Filters", "How many channels the output has.", {.minimum = 1, .maximum = 1 << 16}),
                       property("kernel", &ConvTranspose1d::kernel, "Kernel size", "How many steps of the output a filter covers. A multiple of the stride gives smooth series.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("stride", &ConvTranspose1d::stride, "Stride", "How many times longer the series becomes.", {.minimum = 1, .maximum = 1 << 16}),
                       property("padding", &ConvTranspose1d::padding, "Padding",
                                "Stride times as long (same): the output is exactly the stride times the input. "
                                "All of it (valid): everything the filters reach. Own margins (custom): the margins below are cut off.",
                                {.choices = {"same", "valid", "custom"}}),
                       property("margins", &ConvTranspose1d::margins, "Margins", "Steps cut off at the start and at the end. Used with custom padding only.",
                                {.minimum = 0, .maximum = 1 << 16}),
                       property("output_padding", &ConvTranspose1d::outputPadding, "Added at the end", "Steps added at the end, less than the stride. Not used with padding same.",
                                {.minimum = 0, .maximum = 1 << 16}),
                       property("dilation", &ConvTranspose1d::dilation, "Dilation", "Distance between the steps a filter draws. Above 1 it reaches further with no more weights.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("groups", &ConvTranspose1d::groups, "Groups",
                                "Splits channels and filters into groups that do not see each other. Both numbers must be multiples of it.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("bias", &ConvTranspose1d::bias, "Bias", "Adds a learned number to every filter. Not needed where batch normalisation follows."),
                       initializerProperty(&ConvTranspose1d::initializer)},
        .onnxOps = {"ConvTranspose"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
