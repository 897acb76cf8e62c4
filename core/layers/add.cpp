#include "core/layers/merge.h"

namespace lamina {
namespace add_layer_parts {

struct Add {};

ValueId forward(const Add&, LayerContext& context) {
    if (const std::size_t odd = inputThatDoesNotFit(context))
        return context.refuse(fail("layer.add_shapes", {{"first", shapeText(context.shape())}, {"other", shapeText(context.shape(odd))}}));
    return mergeInputs(context, BinaryKind::Add);
}

std::string toOnnx(const Add&, OnnxLayerContext& context) { return context.add(context.inputs().size() == 2 ? "Add" : "Sum", context.inputs()); }

Result<Add> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    LAMINA_CHECK(checkOperands(node, context));
    return Add{};
}

std::vector<LayerSample> samples() {
    return {{.settings = Add{}, .inputs = {{3, 7}, {3, 7}}},
            {.settings = Add{}, .inputs = {{2, 3, 5, 4}, {2, 3, 5, 4}, {2, 3, 5, 4}}},
            {.settings = Add{}, .inputs = {{2, 3, 5, 4}, {2, 3, 1, 1}}}};
}

}  // namespace add_layer_parts

const LayerType& add_layer() {
    using namespace add_layer_parts;
    static const LayerType type = LayerDescriptor<Add, forward, toOnnx>{
        .id = "add",
        .title = "Add",
        .category = "merge",
        .summary = "Adds two or more inputs of the same shape number by number, as in a shortcut around some layers.",
        .minimumInputs = 2,
        .maximumInputs = mostMerged,
        .onnxOps = {"Add", "Sum"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
