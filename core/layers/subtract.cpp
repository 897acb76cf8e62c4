#include "core/layers/merge.h"

namespace lamina {
namespace subtract_layer_parts {

struct Subtract {};

ValueId forward(const Subtract&, LayerContext& context) { return mergeInputs(context, BinaryKind::Subtract); }

std::string toOnnx(const Subtract&, OnnxLayerContext& context) { return context.add("Sub", context.inputs()); }

Result<Subtract> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_CHECK(checkOperands(node, context));
    return Subtract{};
}

std::vector<LayerSample> samples() {
    return {{.settings = Subtract{}, .inputs = {{3, 7}, {3, 7}}},
            {.settings = Subtract{}, .inputs = {{2, 3, 5, 4}, {2, 3, 1, 1}}}};
}

}  // namespace subtract_layer_parts

const LayerType& subtract_layer() {
    using namespace subtract_layer_parts;
    static const LayerType type = LayerDescriptor<Subtract, forward, toOnnx>{
        .id = "subtract",
        .title = "Subtract",
        .category = "merge",
        .summary = "Takes the second input away from the first, number by number.",
        .minimumInputs = 2,
        .maximumInputs = 2,
        .onnxOps = {"Sub"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
