#include "core/layers/layer_type.h"

namespace lamina {
namespace flatten_layer_parts {

struct Flatten {};

ValueId forward(const Flatten&, LayerContext& context) {
    const Shape& shape = context.shape();
    if (shape.empty()) return context.refuse(fail("layer.needs_batch", {{"shape", shapeText(shape)}}));
    return ops::reshape(context.graph, context.input(), {shape[0], elementCount({shape.begin() + 1, shape.end()})});
}

std::string toOnnx(const Flatten&, OnnxLayerContext& context) { return context.add("Flatten", {context.inputs()[0]}, {{"axis", std::int64_t{1}}}); }

/// Reshape to (batch, -1) is what other programs write for it.
Result<Flatten> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    if (node.op == "Flatten") {
        if (node.integer("axis", 1) != 1) return fail("onnx.flatten_axis", {{"node", node.name}});
        return Flatten{};
    }
    const OnnxTensor* target = context.constantInput(1);
    const auto* sizes = target ? std::get_if<std::vector<std::int64_t>>(&target->data) : nullptr;
    if (!sizes || sizes->size() != 2 || ((*sizes)[1] != -1 && (*sizes)[0] != -1 && (*sizes)[0] != 0)) return fail("onnx.reshape_form", {{"node", node.name}});
    return Flatten{};
}

std::vector<LayerSample> samples() {
    return {{.settings = Flatten{}, .inputs = {{2, 3, 5, 4}}},
            {.settings = Flatten{}, .inputs = {{3, 7}}},
            {.settings = Flatten{}, .inputs = {{1, 17, 3, 1}}}};
}

}  // namespace flatten_layer_parts

const LayerType& flatten_layer() {
    using namespace flatten_layer_parts;
    static const LayerType type = LayerDescriptor<Flatten, forward, toOnnx>{
        .id = "flatten",
        .title = "Flatten",
        .category = "core",
        .summary = "Lays all numbers of an item in one row, as Dense needs them; nothing is learned or lost.",
        .onnxOps = {"Flatten", "Reshape"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
