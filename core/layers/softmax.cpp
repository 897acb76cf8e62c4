#include "core/layers/layer_type.h"

namespace lamina {
namespace softmax_layer_parts {

struct Softmax {
    std::int64_t axis = -1;
};

ValueId forward(const Softmax& settings, LayerContext& context) {
    const auto axes = static_cast<std::int64_t>(context.shape().size());
    const std::int64_t axis = settings.axis < 0 ? settings.axis + axes : settings.axis;
    if (axis < 1 || axis >= axes) return context.refuse(fail("layer.softmax_axis", {{"axis", std::to_string(settings.axis)}, {"shape", shapeText(context.shape())}}));
    return ops::softmax(context.graph, context.input(), axis);
}

std::string toOnnx(const Softmax& settings, OnnxLayerContext& context) { return context.add("Softmax", {context.inputs()[0]}, {{"axis", settings.axis}}); }

Result<Softmax> fromOnnx(const OnnxNode& node, OnnxImportContext&) { return Softmax{.axis = node.integer("axis", -1)}; }

std::vector<LayerSample> samples() {
    return {{.settings = Softmax{}, .inputs = {{3, 7}}},
            {.settings = Softmax{.axis = 1}, .inputs = {{2, 5, 3, 2}}},
            {.settings = Softmax{}, .inputs = {{1, 2, 3, 17}}}};
}

}  // namespace softmax_layer_parts

const LayerType& softmax_layer() {
    using namespace softmax_layer_parts;
    static const LayerType type = LayerDescriptor<Softmax, forward, toOnnx>{
        .id = "softmax",
        .title = "Softmax",
        .category = "activation",
        .summary = "Turns scores into probabilities: all between 0 and 1, together 1. A network for classification ends with it.",
        .properties = {property("axis", &Softmax::axis, "Axis", "The axis whose numbers add up to 1: -1 is the last one, 1 the channels of a picture.",
                                {.minimum = -4, .maximum = 4})},
        .onnxOps = {"Softmax"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
