#include <nlohmann/json.hpp>

#include "core/layers/window.h"

namespace lamina {
namespace {

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

WindowSettings windowOf(const Conv2d& s) { return {s.kernel, s.stride, s.dilation, s.padding, s.margins}; }

/// Each group of filters sees only its group of channels.
bool groupsFit(const Conv2d& settings, LayerContext& context) {
    const std::int64_t channels = context.shape()[1], groups = settings.groups;
    if (channels % groups == 0 && settings.filters % groups == 0) return true;
    context.refuse(fail("layer.groups", {{"groups", std::to_string(groups)}, {"channels", std::to_string(channels)}, {"filters", std::to_string(settings.filters)}}));
    return false;
}

ValueId forward(const Conv2d& settings, LayerContext& context) {
    auto window = windowOn(context, windowOf(settings));
    if (!window || !groupsFit(settings, context)) return noValue;
    window->groups = settings.groups;
    const std::int64_t area = settings.kernel[0] * settings.kernel[1];
    const std::int64_t channels = context.shape()[1] / settings.groups;
    const auto kind = settings.initializer == "he_uniform" ? Initializer::Kind::HeUniform : Initializer::Kind::GlorotUniform;
    const ValueId weight = context.parameter("weight", {settings.filters, channels, settings.kernel[0], settings.kernel[1]},
                                             {kind, 0, channels * area, settings.filters / settings.groups * area});
    const ValueId y = ops::conv2d(context.graph, context.input(), weight, *window);
    if (!settings.bias) return y;
    return ops::addBias(context.graph, y, context.parameter("bias", {settings.filters}, {}));
}

std::string toOnnx(const Conv2d& settings, OnnxLayerContext& context) {
    auto attributes = windowToOnnx(windowOf(settings), context.inputShapes()[0]);
    if (settings.groups != 1) attributes["group"] = settings.groups;
    std::vector<std::string> inputs{context.inputs()[0], context.parameter("weight")};
    if (settings.bias) inputs.push_back(context.parameter("bias"));
    return context.add("Conv", inputs, attributes);
}

Result<nlohmann::json> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor* weight = context.constantInput(1);
    if (!weight || !std::holds_alternative<std::vector<float>>(weight->data)) return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    if (weight->shape.size() != 4) return fail("onnx.window_axes", {{"node", node.name}, {"op", node.op}});
    const bool hasBias = node.inputs.size() > 2 && !node.inputs[2].empty();
    const OnnxTensor* bias = context.constantInput(2);
    if (hasBias && !bias) return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    LAMINA_TRY(nlohmann::json settings, windowFromOnnx(node, {weight->shape[2], weight->shape[3]}, true));
    settings["filters"] = weight->shape[0];
    settings["groups"] = node.integer("group", 1);
    settings["bias"] = hasBias;
    context.parameter("weight", *weight);
    if (hasBias) context.parameter("bias", *bias);
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = {{"filters", 4}}, .inputs = {{2, 3, 7, 5}}},
            {.settings = {{"filters", 5}, {"padding", "valid"}, {"kernel", {3, 2}}, {"stride", {2, 1}}}, .inputs = {{1, 1, 8, 6}}},
            {.settings = {{"filters", 6}, {"groups", 3}, {"stride", {2, 2}}, {"bias", false}}, .inputs = {{2, 3, 6, 7}}},
            {.settings = {{"filters", 2}, {"dilation", {2, 3}}, {"initializer", "glorot_uniform"}}, .inputs = {{1, 2, 9, 8}}},
            {.settings = {{"filters", 17}, {"kernel", {1, 1}}}, .inputs = {{1, 19, 3, 3}}},
            {.settings = {{"filters", 3}, {"padding", "custom"}, {"margins", {1, 0, 2, 1}}, {"stride", {2, 2}}}, .inputs = {{2, 2, 5, 6}}}};
}

}  // namespace

const LayerType& conv2d_layer() {
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
                       property("initializer", &Conv2d::initializer, "Starting weights",
                                "How the random weights at the start are scaled: He suits ReLU; Glorot suits sigmoid and tanh.",
                                {.choices = {"he_uniform", "glorot_uniform"}})},
        .onnxOps = {"Conv"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
