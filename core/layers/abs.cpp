#include "core/layers/layer_type.h"

namespace lamina {
namespace abs_layer_parts {

struct Abs {};

ValueId forward(const Abs&, LayerContext& context) { return ops::unary(context.graph, UnaryKind::Abs, context.input()); }

std::string toOnnx(const Abs&, OnnxLayerContext& context) { return context.add("Abs", {context.inputs()[0]}); }

Result<Abs> fromOnnx(const OnnxNode&, OnnxImportContext&) { return Abs{}; }

std::vector<LayerSample> samples() {
    return {{.settings = Abs{}, .inputs = {{3, 7}}, .kinkMargin = 0.05},
            {.settings = Abs{}, .inputs = {{2, 3, 5, 1}}, .kinkMargin = 0.05}};
}

}  // namespace abs_layer_parts

const LayerType& abs_layer() {
    using namespace abs_layer_parts;
    static const LayerType type = LayerDescriptor<Abs, forward, toOnnx>{
        .id = "abs",
        .title = "Absolute value",
        .category = "math",
        .summary = "Takes the sign away: -3 becomes 3.",
        .onnxOps = {"Abs"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
