#include "core/layers/convolution.h"
#include "core/layers/initializers.h"
#include "core/layers/transposed_window.h"

namespace lamina {
namespace conv_transpose2d_layer_parts {

struct ConvTranspose2d {
    std::int64_t filters = 32;
    std::array<std::int64_t, 2> kernel{2, 2};
    std::array<std::int64_t, 2> stride{2, 2};
    std::string padding = "same";
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};
    std::array<std::int64_t, 2> outputPadding{0, 0};
    std::array<std::int64_t, 2> dilation{1, 1};
    std::int64_t groups = 1;
    bool bias = true;
    std::string initializer = "he_uniform";
};

ValueId forward(const ConvTranspose2d& settings, LayerContext& context) {
    auto window = transposedWindowOn(context, transposedWindowOf(settings), settings.filters);
    if (!window || !groupsFit(context, settings.groups, settings.filters)) return noValue;
    window->groups = settings.groups;
    const std::int64_t channels = context.shape()[1], filters = settings.filters / settings.groups;
    const std::int64_t area = settings.kernel[0] * settings.kernel[1], apart = settings.stride[0] * settings.stride[1];
    // A number of the output sums up what of a window falls on it: one in `apart` of its places.
    const std::int64_t fanIn = std::max<std::int64_t>(1, channels / settings.groups * area / apart);
    const ValueId weight = context.parameter("weight", {channels, filters, settings.kernel[0], settings.kernel[1]},
                                             initializerOf(settings.initializer, fanIn, filters * area));
    const ValueId y = ops::conv2dBackwardData(context.graph, context.input(), weight, *window);
    return settings.bias ? withBias(context, y, settings.filters) : y;
}

std::string toOnnx(const ConvTranspose2d& settings, OnnxLayerContext& context) {
    return convolutionToOnnx(context, "ConvTranspose", transposedWindowToOnnx(transposedWindowOf(settings)), settings.groups, settings.bias);
}

Result<ConvTranspose2d> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_TRY(const ConvolutionTensors tensors, convolutionFromOnnx(node, context, 2));
    LAMINA_TRY(const TransposedWindow window, transposedWindowFromOnnx(node, {tensors.weight[2], tensors.weight[3]}, 2));
    const std::int64_t groups = node.integer("group", 1);
    ConvTranspose2d settings{.filters = tensors.weight[1] * groups, .groups = groups, .bias = tensors.bias};
    setTransposedWindow(settings, window);
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = ConvTranspose2d{.filters = 4}, .inputs = {{2, 3, 4, 5}}},
            {.settings = ConvTranspose2d{.filters = 2, .kernel = {3, 3}, .stride = {2, 3}}, .inputs = {{1, 17, 3, 2}}},
            {.settings = ConvTranspose2d{.filters = 5, .kernel = {3, 2}, .stride = {1, 3}, .padding = "same", .bias = false}, .inputs = {{1, 1, 4, 3}}},
            {.settings = ConvTranspose2d{.filters = 6, .kernel = {3, 2}, .stride = {2, 3}, .padding = "valid", .outputPadding = {1, 2}, .groups = 2}, .inputs = {{2, 4, 3, 2}}},
            {.settings = ConvTranspose2d{.filters = 3, .kernel = {3, 3}, .padding = "custom", .margins = {1, 0, 2, 1}, .outputPadding = {1, 0}, .dilation = {1, 2},
                                         .groups = 3, .initializer = "orthogonal"}, .inputs = {{1, 3, 4, 3}}},
            {.settings = ConvTranspose2d{.filters = 3, .kernel = {3, 3}, .padding = "custom", .margins = {1, 1, 1, 1}, .outputPadding = {1, 1}}, .inputs = {{1, 2, 4, 3}}}};
}

}  // namespace conv_transpose2d_layer_parts

const LayerType& conv_transpose2d_layer() {
    using namespace conv_transpose2d_layer_parts;
    static const LayerType type = LayerDescriptor<ConvTranspose2d, forward, toOnnx>{
        .id = "conv_transpose2d",
        .title = "Transposed convolution 2D",
        .category = "convolution",
        .summary = "The reverse of a convolution: makes the picture larger and learns how. Common in networks that draw pictures or mark areas in them.",
        .properties = {property("filters", &ConvTranspose2d::filters, "Filters", "How many channels the output has.", {.minimum = 1, .maximum = 1 << 16}),
                       property("kernel", &ConvTranspose2d::kernel, "Kernel size", "Height and width of a filter in pixels. A multiple of the stride gives smooth pictures.",
                                {.minimum = 1, .maximum = 1024}),
                       property("stride", &ConvTranspose2d::stride, "Stride", "How many times larger the picture becomes, in height and width.", {.minimum = 1, .maximum = 1024}),
                       property("padding", &ConvTranspose2d::padding, "Padding",
                                "Stride times as large (same): the output is exactly the stride times the input. "
                                "All of it (valid): everything the filters reach. Own margins (custom): the margins below are cut off.",
                                {.choices = {"same", "valid", "custom"}}),
                       property("margins", &ConvTranspose2d::margins, "Margins", "Rows and columns cut off at the top, left, bottom and right. Used with custom padding only.",
                                {.minimum = 0, .maximum = 1024}),
                       property("output_padding", &ConvTranspose2d::outputPadding, "Added at the end", "Rows and columns added at the bottom and right, less than the stride. Not used with padding same.",
                                {.minimum = 0, .maximum = 1024}),
                       property("dilation", &ConvTranspose2d::dilation, "Dilation", "Distance between the pixels a filter draws. Above 1 it reaches further with no more weights.",
                                {.minimum = 1, .maximum = 1024}),
                       property("groups", &ConvTranspose2d::groups, "Groups",
                                "Splits channels and filters into groups that do not see each other. Both numbers must be multiples of it.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("bias", &ConvTranspose2d::bias, "Bias", "Adds a learned number to every filter. Not needed where batch normalisation follows."),
                       initializerProperty(&ConvTranspose2d::initializer)},
        .onnxOps = {"ConvTranspose"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
