#include "core/layers/layer_type.h"

namespace lamina {
namespace relu_layer_parts {

struct Relu {};

ValueId forward(const Relu&, LayerContext& context) { return ops::unary(context.graph, UnaryKind::Relu, context.input()); }

std::string toOnnx(const Relu&, OnnxLayerContext& context) { return context.add("Relu", {context.inputs()[0]}); }

Result<Relu> fromOnnx(const OnnxNode&, OnnxImportContext&) { return Relu{}; }

std::vector<LayerSample> samples() {
    return {{.settings = Relu{}, .inputs = {{3, 7}}, .kinkMargin = 0.05},
            {.settings = Relu{}, .inputs = {{2, 3, 5, 1}}, .kinkMargin = 0.05}};
}

}  // namespace relu_layer_parts

const LayerType& relu_layer() {
    using namespace relu_layer_parts;
    static const LayerType type = LayerDescriptor<Relu, forward, toOnnx>{
        .id = "relu",
        .title = "ReLU",
        .category = "activation",
        .summary = "Keeps positive numbers and turns negative ones into 0: the usual step between two learning layers.",
        .onnxOps = {"Relu"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
