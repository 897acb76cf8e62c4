#include "core/layers/layer_type.h"

namespace lamina {
namespace sigmoid_layer_parts {

struct Sigmoid {};

ValueId forward(const Sigmoid&, LayerContext& context) { return ops::unary(context.graph, UnaryKind::Sigmoid, context.input()); }

std::string toOnnx(const Sigmoid&, OnnxLayerContext& context) { return context.add("Sigmoid", {context.inputs()[0]}); }

Result<Sigmoid> fromOnnx(const OnnxNode&, OnnxImportContext&) { return Sigmoid{}; }

std::vector<LayerSample> samples() {
    return {{.settings = Sigmoid{}, .inputs = {{3, 7}}},
            {.settings = Sigmoid{}, .inputs = {{2, 3, 5, 1}}}};
}

}  // namespace sigmoid_layer_parts

const LayerType& sigmoid_layer() {
    using namespace sigmoid_layer_parts;
    static const LayerType type = LayerDescriptor<Sigmoid, forward, toOnnx>{
        .id = "sigmoid",
        .title = "Sigmoid",
        .category = "activation",
        .summary = "Squeezes every number into the range from 0 to 1, as for a probability of yes or no.",
        .onnxOps = {"Sigmoid"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
