#include "core/layers/layer_type.h"

namespace lamina {
namespace hard_swish_layer_parts {

struct HardSwish {};

ValueId forward(const HardSwish&, LayerContext& context) {
    Graph& g = context.graph;
    const ValueId part = ops::clip(g, ops::offset(g, ops::scale(g, context.input(), 1.0 / 6), 0.5), 0, 1);
    return ops::multiply(g, context.input(), part);
}

std::string toOnnx(const HardSwish&, OnnxLayerContext& context) { return context.add("HardSwish", {context.inputs()[0]}); }

Result<HardSwish> fromOnnx(const OnnxNode&, OnnxImportContext&) { return HardSwish{}; }

std::vector<LayerSample> samples() {
    return {{.settings = HardSwish{}, .inputs = {{3, 7}}},
            {.settings = HardSwish{}, .inputs = {{2, 3, 5, 1}}, .lift = 2.8},
            {.settings = HardSwish{}, .inputs = {{2, 9}}, .lift = -2.8}};
}

}  // namespace hard_swish_layer_parts

const LayerType& hard_swish_layer() {
    using namespace hard_swish_layer_parts;
    static const LayerType type = LayerDescriptor<HardSwish, forward, toOnnx>{
        .id = "hard_swish",
        .title = "Hard swish",
        .category = "activation",
        .summary = "A SiLU made of straight lines and one curve, cheap to compute: what MobileNet uses on small devices.",
        .onnxOps = {"HardSwish"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
