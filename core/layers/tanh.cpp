#include "core/layers/layer_type.h"

namespace lamina {
namespace tanh_layer_parts {

struct Tanh {};

ValueId forward(const Tanh&, LayerContext& context) { return ops::unary(context.graph, UnaryKind::Tanh, context.input()); }

std::string toOnnx(const Tanh&, OnnxLayerContext& context) { return context.add("Tanh", {context.inputs()[0]}); }

Result<Tanh> fromOnnx(const OnnxNode&, OnnxImportContext&) { return Tanh{}; }

std::vector<LayerSample> samples() {
    return {{.settings = Tanh{}, .inputs = {{3, 7}}},
            {.settings = Tanh{}, .inputs = {{2, 3, 5, 1}}}};
}

}  // namespace tanh_layer_parts

const LayerType& tanh_layer() {
    using namespace tanh_layer_parts;
    static const LayerType type = LayerDescriptor<Tanh, forward, toOnnx>{
        .id = "tanh",
        .title = "Tanh",
        .category = "activation",
        .summary = "Squeezes every number into the range from -1 to 1; 0 stays 0.",
        .onnxOps = {"Tanh"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
