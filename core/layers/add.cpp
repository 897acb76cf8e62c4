#include <nlohmann/json.hpp>

#include "core/layers/layer_type.h"

namespace lamina {
namespace {

struct Add {};

ValueId forward(const Add&, LayerContext& context) {
    ValueId sum = context.input();
    for (std::size_t i = 1; i < context.inputs.size(); ++i) {
        if (context.shape(i) != context.shape())
            return context.refuse(fail("layer.add_shapes", {{"first", shapeText(context.shape())}, {"other", shapeText(context.shape(i))}}));
        sum = ops::add(context.graph, sum, context.inputs[i]);
    }
    return sum;
}

std::string toOnnx(const Add&, OnnxLayerContext& context) { return context.add(context.inputs().size() == 2 ? "Add" : "Sum", context.inputs()); }

Result<nlohmann::json> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
        if (context.constantInput(i)) return fail("onnx.constant_operand", {{"node", node.name}, {"op", node.op}});
    return nlohmann::json::object();
}

std::vector<LayerSample> samples() {
    return {{.settings = nlohmann::json::object(), .inputs = {{3, 7}, {3, 7}}},
            {.settings = nlohmann::json::object(), .inputs = {{2, 3, 5, 4}, {2, 3, 5, 4}, {2, 3, 5, 4}}}};
}

}  // namespace

const LayerType& add_layer() {
    static const LayerType type = LayerDescriptor<Add, forward, toOnnx>{
        .id = "add",
        .title = "Add",
        .category = "merge",
        .summary = "Adds two or more inputs of the same shape number by number, as in a shortcut around some layers.",
        .minimumInputs = 2,
        .maximumInputs = 16,
        .onnxOps = {"Add", "Sum"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
