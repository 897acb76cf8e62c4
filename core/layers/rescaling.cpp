#include "core/layers/channels.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace rescaling_layer_parts {

struct Rescaling {
    double scale = 1;
    double offset = 0;
};

ValueId forward(const Rescaling& settings, LayerContext& context) {
    return ops::offset(context.graph, ops::scale(context.graph, context.input(), settings.scale), settings.offset);
}

std::string toOnnx(const Rescaling& settings, OnnxLayerContext& context) {
    const auto number = [&](const char* name, double value) { return context.constant(name, {{}, std::vector<float>{static_cast<float>(value)}}); };
    const std::string scaled = context.add("Mul", {context.inputs()[0], number("scale", settings.scale)});
    return context.add("Add", {scaled, number("offset", settings.offset)});
}

/// One of the four operations with a constant: x · c, x + c, x - c, c - x, x / c; and -x.
Result<Rescaling> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    if (node.op == "Neg") return Rescaling{.scale = -1};
    const ConstantOperand constant = constantOperand(node, context);
    if (!constant.isOneNumber()) return otherForm(node);
    const double c = constant.numbers().front();
    if (node.op == "Mul") return Rescaling{.scale = c};
    if (node.op == "Add") return Rescaling{.offset = c};
    if (node.op == "Sub") return constant.first ? Rescaling{-1, c} : Rescaling{1, -c};
    if (constant.first || c == 0) return otherForm(node);
    return Rescaling{.scale = 1 / c};
}

std::vector<LayerSample> samples() {
    return {{.settings = Rescaling{1.0 / 255, 0}, .inputs = {{3, 7}}},
            {.settings = Rescaling{2, -1}, .inputs = {{2, 3, 5, 1}}},
            {.settings = Rescaling{}, .inputs = {{2, 5}}}};
}

}  // namespace rescaling_layer_parts

const LayerType& rescaling_layer() {
    using namespace rescaling_layer_parts;
    static const LayerType type = LayerDescriptor<Rescaling, forward, toOnnx>{
        .id = "rescaling",
        .title = "Rescaling",
        .category = "preprocessing",
        .summary = "Multiplies every number by one fixed number and adds another, as where a model was trained on another range.",
        .properties = {property("scale", &Rescaling::scale, "Factor", "What every number is multiplied by: 2 with an offset of -1 makes -1 … 1 of 0 … 1.",
                                {.minimum = -1e30, .maximum = 1e30}),
                       property("offset", &Rescaling::offset, "Offset", "What is added after that.", {.minimum = -1e30, .maximum = 1e30})},
        .onnxOps = {"Mul", "Add", "Sub", "Div", "Neg"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
