#include "core/layers/channels.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace pow_layer_parts {

struct Pow {
    double exponent = 2;
};

ValueId forward(const Pow& settings, LayerContext& context) {
    return ops::unary(context.graph, UnaryKind::Pow, context.input(), settings.exponent);
}

std::string toOnnx(const Pow& settings, OnnxLayerContext& context) {
    const OnnxTensor exponent{{}, std::vector<float>{static_cast<float>(settings.exponent)}};
    return context.add("Pow", {context.inputs()[0], context.constant("exponent", exponent)});
}

Result<Pow> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    if (node.op == "Sqrt") return Pow{.exponent = 0.5};
    if (node.op == "Reciprocal") return Pow{.exponent = -1};
    const ConstantOperand exponent = constantOperand(node, context);
    if (!exponent.isOneNumber() || exponent.first) return otherForm(node);
    return Pow{.exponent = exponent.numbers().front()};
}

std::vector<LayerSample> samples() {
    return {{.settings = Pow{}, .inputs = {{3, 7}}},
            {.settings = Pow{.exponent = 3}, .inputs = {{2, 3, 5, 1}}},
            {.settings = Pow{.exponent = 0.5}, .inputs = {{2, 9}}, .lift = 1.5},
            {.settings = Pow{.exponent = -1}, .inputs = {{1, 9}}, .lift = 2}};
}

}  // namespace pow_layer_parts

const LayerType& pow_layer() {
    using namespace pow_layer_parts;
    static const LayerType type = LayerDescriptor<Pow, forward, toOnnx>{
        .id = "pow",
        .title = "Power",
        .category = "math",
        .summary = "Raises every number to a power: 2 squares it, 0.5 is the square root, -1 one divided by it.",
        .properties = {property("exponent", &Pow::exponent, "Exponent", "Negative numbers need a whole exponent; with one below 0 no input may be 0.",
                                {.minimum = -100, .maximum = 100})},
        .onnxOps = {"Pow", "Sqrt", "Reciprocal"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
