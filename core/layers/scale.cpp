#include "core/layers/channels.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace scale_layer_parts {

struct Scale {
    std::string factors = "channel";
    double start = 1;
    bool offset = false;
};

ValueId forward(const Scale& settings, LayerContext& context) {
    const Shape shape = sharedShape(settings.factors, context.shape());
    const ValueId factor = context.parameter("factor", shape, {Initializer::Kind::Constant, settings.start});
    const ValueId scaled = ops::multiply(context.graph, context.input(), factor);
    return settings.offset ? ops::add(context.graph, scaled, context.parameter("offset", shape, {})) : scaled;
}

std::string toOnnx(const Scale& settings, OnnxLayerContext& context) {
    const std::string scaled = context.add("Mul", {context.inputs()[0], context.parameter("factor")});
    return settings.offset ? context.add("Add", {scaled, context.parameter("offset")}) : scaled;
}

std::vector<float> each(const std::vector<float>& numbers, float (*change)(float)) {
    std::vector<float> changed;
    for (const float number : numbers) changed.push_back(change(number));
    return changed;
}

/// One of the four operations with a stored tensor: x · c, x / c, x + c, x - c, c - x.
Result<Scale> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const ConstantOperand constant = constantOperand(node, context);
    if (!constant.tensor || (node.op == "Div" && constant.first)) return otherForm(node);
    const SharedConstant shared = sharedConstant(*constant.tensor);
    if (!shared.isCertain()) return otherForm(node);
    const auto take = [&](const char* name, float (*change)(float)) {
        context.parameter(name, {shared.tensor.shape, each(constant.numbers(), change)});
    };
    const bool offset = node.op == "Add" || node.op == "Sub";
    if (node.op == "Mul") take("factor", [](float c) { return c; });
    else if (node.op == "Div") take("factor", [](float c) { return 1 / c; });
    else if (node.op == "Sub" && constant.first) take("factor", [](float) { return -1.0f; });
    else take("factor", [](float) { return 1.0f; });
    if (offset && node.op == "Sub" && !constant.first) take("offset", [](float c) { return -c; });
    else if (offset) take("offset", [](float c) { return c; });
    return Scale{.factors = shared.sharing, .offset = offset};
}

std::vector<LayerSample> samples() {
    return {{.settings = Scale{}, .inputs = {{3, 7}}},
            {.settings = Scale{.start = 1e-4, .offset = true}, .inputs = {{2, 3, 5, 4}}},
            {.settings = Scale{.factors = "last", .offset = true}, .inputs = {{2, 5, 3}}},
            {.settings = Scale{.factors = "one"}, .inputs = {{2, 3, 5, 1}}},
            {.settings = Scale{.factors = "each", .offset = true}, .inputs = {{2, 3, 2, 5}}}};
}

}  // namespace scale_layer_parts

const LayerType& scale_layer() {
    using namespace scale_layer_parts;
    static const LayerType type = LayerDescriptor<Scale, forward, toOnnx>{
        .id = "scale",
        .title = "Learned scale",
        .category = "math",
        .summary = "Multiplies every channel by a number that is learned, so that the network decides how much each one counts.",
        .properties = {property("start", &Scale::start, "Factor at the start",
                                "1 changes nothing at first; 0.0001 keeps a branch out until it has learned something.",
                                {.minimum = -100, .maximum = 100}),
                       property("factors", &Scale::factors, "A factor for",
                                "Which numbers share a learned factor: those of a channel or column, those of a feature of a sequence, all, or none.",
                                {.choices = sharingChoices}),
                       property("offset", &Scale::offset, "Offset", "Adds a learned number after that.")},
        .onnxOps = {"Mul", "Div", "Add", "Sub"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
