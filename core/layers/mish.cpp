#include "core/layers/layer_type.h"

namespace lamina {
namespace mish_layer_parts {

struct Mish {};

ValueId forward(const Mish&, LayerContext& context) { return ops::unary(context.graph, UnaryKind::Mish, context.input()); }

/// The operator Mish came with a later opset than Lamina writes.
std::string toOnnx(const Mish&, OnnxLayerContext& context) {
    const std::string& x = context.inputs()[0];
    return context.add("Mul", {x, context.add("Tanh", {context.add("Softplus", {x})})});
}

Result<Mish> fromOnnx(const OnnxNode&, OnnxImportContext&) { return Mish{}; }

std::vector<LayerSample> samples() {
    return {{.settings = Mish{}, .inputs = {{3, 7}}},
            {.settings = Mish{}, .inputs = {{2, 3, 5, 1}}, .lift = -3}};
}

}  // namespace mish_layer_parts

const LayerType& mish_layer() {
    using namespace mish_layer_parts;
    static const LayerType type = LayerDescriptor<Mish, forward, toOnnx>{
        .id = "mish",
        .title = "Mish",
        .category = "activation",
        .summary = "A smooth ReLU, x · tanh(softplus(x)), that dips below 0 a little: found in networks that detect objects.",
        .onnxOps = {"Mish"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
