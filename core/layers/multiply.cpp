#include "core/layers/merge.h"

namespace lamina {
namespace multiply_layer_parts {

struct Multiply {};

ValueId forward(const Multiply&, LayerContext& context) { return mergeInputs(context, BinaryKind::Multiply); }

/// Mul takes two.
std::string toOnnx(const Multiply&, OnnxLayerContext& context) {
    std::string product = context.inputs()[0];
    for (std::size_t i = 1; i < context.inputs().size(); ++i) product = context.add("Mul", {product, context.inputs()[i]});
    return product;
}

Result<Multiply> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_CHECK(checkOperands(node, context));
    return Multiply{};
}

std::vector<LayerSample> samples() {
    return {{.settings = Multiply{}, .inputs = {{3, 7}, {3, 7}}},
            {.settings = Multiply{}, .inputs = {{2, 3, 5, 4}, {2, 3, 1, 1}, {2, 1, 5, 4}}}};
}

}  // namespace multiply_layer_parts

const LayerType& multiply_layer() {
    using namespace multiply_layer_parts;
    static const LayerType type = LayerDescriptor<Multiply, forward, toOnnx>{
        .id = "multiply",
        .title = "Multiply",
        .category = "merge",
        .summary = "Multiplies two or more inputs number by number, as where one branch says how much of another comes through.",
        .minimumInputs = 2,
        .maximumInputs = mostMerged,
        .onnxOps = {"Mul"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
