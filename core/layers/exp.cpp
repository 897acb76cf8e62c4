#include "core/layers/layer_type.h"

namespace lamina {
namespace exp_layer_parts {

struct Exp {};

ValueId forward(const Exp&, LayerContext& context) { return ops::unary(context.graph, UnaryKind::Exp, context.input()); }

std::string toOnnx(const Exp&, OnnxLayerContext& context) { return context.add("Exp", {context.inputs()[0]}); }

Result<Exp> fromOnnx(const OnnxNode&, OnnxImportContext&) { return Exp{}; }

std::vector<LayerSample> samples() {
    return {{.settings = Exp{}, .inputs = {{3, 7}}},
            {.settings = Exp{}, .inputs = {{2, 3, 5, 1}}, .lift = -3}};
}

}  // namespace exp_layer_parts

const LayerType& exp_layer() {
    using namespace exp_layer_parts;
    static const LayerType type = LayerDescriptor<Exp, forward, toOnnx>{
        .id = "exp",
        .title = "Exponential",
        .category = "math",
        .summary = "Raises e to every number. Large numbers grow out of bounds quickly: 89 is already too much.",
        .onnxOps = {"Exp"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
