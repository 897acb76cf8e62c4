#include "core/layers/merge.h"

namespace lamina {
namespace maximum_layer_parts {

struct Maximum {};

ValueId forward(const Maximum&, LayerContext& context) { return mergeInputs(context, BinaryKind::Maximum); }

std::string toOnnx(const Maximum&, OnnxLayerContext& context) { return context.add("Max", context.inputs()); }

Result<Maximum> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_CHECK(checkOperands(node, context));
    return Maximum{};
}

std::vector<LayerSample> samples() {
    return {{.settings = Maximum{}, .inputs = {{3, 7}, {3, 7}}},
            {.settings = Maximum{}, .inputs = {{2, 3, 5, 4}, {2, 3, 1, 1}, {2, 1, 5, 4}}}};
}

}  // namespace maximum_layer_parts

const LayerType& maximum_layer() {
    using namespace maximum_layer_parts;
    static const LayerType type = LayerDescriptor<Maximum, forward, toOnnx>{
        .id = "maximum",
        .title = "Maximum",
        .category = "merge",
        .summary = "Keeps the largest of two or more inputs at every place.",
        .minimumInputs = 2,
        .maximumInputs = mostMerged,
        .onnxOps = {"Max"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
