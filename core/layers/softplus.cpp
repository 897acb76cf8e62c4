#include "core/layers/layer_type.h"

namespace lamina {
namespace softplus_layer_parts {

struct Softplus {};

ValueId forward(const Softplus&, LayerContext& context) { return ops::unary(context.graph, UnaryKind::Softplus, context.input()); }

std::string toOnnx(const Softplus&, OnnxLayerContext& context) { return context.add("Softplus", {context.inputs()[0]}); }

Result<Softplus> fromOnnx(const OnnxNode&, OnnxImportContext&) { return Softplus{}; }

std::vector<LayerSample> samples() {
    return {{.settings = Softplus{}, .inputs = {{3, 7}}},
            {.settings = Softplus{}, .inputs = {{2, 3, 5, 1}}, .lift = 30}};
}

}  // namespace softplus_layer_parts

const LayerType& softplus_layer() {
    using namespace softplus_layer_parts;
    static const LayerType type = LayerDescriptor<Softplus, forward, toOnnx>{
        .id = "softplus",
        .title = "Softplus",
        .category = "activation",
        .summary = "A ReLU with a round corner, log(1 + exp(x)): everything it gives is positive.",
        .onnxOps = {"Softplus"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
