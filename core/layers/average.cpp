#include "core/layers/merge.h"

namespace lamina {
namespace average_layer_parts {

struct Average {};

ValueId forward(const Average&, LayerContext& context) {
    const ValueId sum = mergeInputs(context, BinaryKind::Add);
    return ops::scale(context.graph, sum, 1.0 / static_cast<double>(context.inputs.size()));
}

std::string toOnnx(const Average&, OnnxLayerContext& context) { return context.add("Mean", context.inputs()); }

Result<Average> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_CHECK(checkOperands(node, context));
    return Average{};
}

std::vector<LayerSample> samples() {
    return {{.settings = Average{}, .inputs = {{3, 7}, {3, 7}}},
            {.settings = Average{}, .inputs = {{2, 3, 5, 4}, {2, 3, 1, 1}, {2, 1, 5, 4}}}};
}

}  // namespace average_layer_parts

const LayerType& average_layer() {
    using namespace average_layer_parts;
    static const LayerType type = LayerDescriptor<Average, forward, toOnnx>{
        .id = "average",
        .title = "Average",
        .category = "merge",
        .summary = "Takes the average of two or more inputs at every place, as where several branches vote.",
        .minimumInputs = 2,
        .maximumInputs = mostMerged,
        .onnxOps = {"Mean"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
