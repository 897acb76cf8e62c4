#include "core/layers/channels.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace silu_layer_parts {

struct Silu {};

ValueId forward(const Silu&, LayerContext& context) { return ops::unary(context.graph, UnaryKind::Silu, context.input()); }

std::string toOnnx(const Silu&, OnnxLayerContext& context) {
    const std::string& x = context.inputs()[0];
    return context.add("Mul", {x, context.add("Sigmoid", {x})});
}

Result<Silu> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    if (node.number("alpha", 1) != 1) return otherForm(node);
    return Silu{};
}

std::vector<LayerSample> samples() {
    return {{.settings = Silu{}, .inputs = {{3, 7}}},
            {.settings = Silu{}, .inputs = {{2, 3, 5, 1}}, .lift = -3}};
}

}  // namespace silu_layer_parts

const LayerType& silu_layer() {
    using namespace silu_layer_parts;
    static const LayerType type = LayerDescriptor<Silu, forward, toOnnx>{
        .id = "silu",
        .title = "SiLU",
        .category = "activation",
        .summary = "A smooth ReLU, x · sigmoid(x), also called Swish: common in newer networks for pictures.",
        .onnxOps = {"Swish"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
