#include "core/layers/layer_type.h"

namespace lamina {
namespace concat_layer_parts {

struct Concat {
    std::int64_t axis = 1;
};

/// Equal in every axis but one.
bool joinable(const Shape& a, const Shape& b, std::size_t axis) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (i != axis && a[i] != b[i]) return false;
    return true;
}

ValueId forward(const Concat& settings, LayerContext& context) {
    const auto axes = static_cast<std::int64_t>(context.shape().size());
    const std::int64_t axis = settings.axis < 0 ? settings.axis + axes : settings.axis;
    if (axis < 1 || axis >= axes) return context.refuse(fail("layer.concat_axis", {{"axis", std::to_string(settings.axis)}, {"shape", shapeText(context.shape())}}));
    for (std::size_t i = 1; i < context.inputs.size(); ++i)
        if (!joinable(context.shape(), context.shape(i), static_cast<std::size_t>(axis)))
            return context.refuse(fail("layer.concat_shapes", {{"first", shapeText(context.shape())}, {"other", shapeText(context.shape(i))}, {"axis", std::to_string(settings.axis)}}));
    return ops::concat(context.graph, {context.inputs.begin(), context.inputs.end()}, axis);
}

std::string toOnnx(const Concat& settings, OnnxLayerContext& context) { return context.add("Concat", context.inputs(), {{"axis", settings.axis}}); }

Result<Concat> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
        if (context.constantInput(i)) return fail("onnx.constant_operand", {{"node", node.name}, {"op", node.op}});
    return Concat{.axis = node.integer("axis", 1)};
}

std::vector<LayerSample> samples() {
    return {{.settings = Concat{}, .inputs = {{3, 7}, {3, 2}}},
            {.settings = Concat{}, .inputs = {{2, 3, 5, 4}, {2, 1, 5, 4}, {2, 17, 5, 4}}},
            {.settings = Concat{.axis = -1}, .inputs = {{2, 3, 5, 4}, {2, 3, 5, 1}}}};
}

}  // namespace concat_layer_parts

const LayerType& concat_layer() {
    using namespace concat_layer_parts;
    static const LayerType type = LayerDescriptor<Concat, forward, toOnnx>{
        .id = "concat",
        .title = "Concatenate",
        .category = "merge",
        .summary = "Puts two or more inputs side by side, as channels of one picture or columns of one row.",
        .properties = {property("axis", &Concat::axis, "Axis", "The axis along which the inputs follow each other: 1 is the channels or columns.",
                                {.minimum = -4, .maximum = 4})},
        .minimumInputs = 2,
        .maximumInputs = 16,
        .onnxOps = {"Concat"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
