#include <algorithm>

#include "core/layers/trailing_axes.h"

namespace lamina {
namespace layer_norm_layer_parts {

struct LayerNorm {
    std::int64_t axes = 1;
    double epsilon = 1e-5;
    bool affine = true;
};

ValueId forward(const LayerNorm& settings, LayerContext& context) {
    return normaliseTrailing(context, settings.axes, {.epsilon = settings.epsilon, .centered = true, .affine = settings.affine});
}

std::string toOnnx(const LayerNorm& settings, OnnxLayerContext& context) {
    const Shape& shape = context.inputShapes()[0];
    const auto count = settings.axes == 0 ? static_cast<std::int64_t>(shape.size()) - 1 : settings.axes;
    std::vector<std::string> inputs{context.inputs()[0]};
    if (settings.affine) inputs.insert(inputs.end(), {context.parameter("gamma"), context.parameter("beta")});
    else {
        const Shape last(shape.end() - static_cast<std::ptrdiff_t>(count), shape.end());
        inputs.push_back(context.constant("ones", {last, std::vector<float>(static_cast<std::size_t>(elementCount(last)), 1.0f)}));
    }
    return context.add("LayerNormalization", inputs, {{"axis", -count}, {"epsilon", settings.epsilon}});
}

bool isAllOnes(const OnnxTensor& tensor) {
    const auto* numbers = std::get_if<std::vector<float>>(&tensor.data);
    return numbers && std::all_of(numbers->begin(), numbers->end(), [](float x) { return x == 1; });
}

/// How many axes there are is seen from the scale: the file says only where they begin.
Result<LayerNorm> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor *gamma = context.constantInput(1), *beta = context.constantInput(2);
    const bool hasBeta = node.inputs.size() > 2 && !node.inputs[2].empty();
    if (!gamma || (hasBeta && !beta)) return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    const auto axes = static_cast<std::int64_t>(gamma->shape.size()), axis = node.integer("axis", -1);
    if (axes < 1 || (axis < 0 && axis != -axes) || (hasBeta && beta->shape != gamma->shape))
        return fail("onnx.layer_norm_axes", {{"node", node.name}, {"axis", std::to_string(axis)}, {"shape", shapeText(gamma->shape)}});
    const LayerNorm settings{.axes = axes, .epsilon = node.number("epsilon", 1e-5), .affine = hasBeta || !isAllOnes(*gamma)};
    if (!settings.affine) return settings;
    context.parameter("gamma", *gamma);
    context.parameter("beta", hasBeta ? *beta : OnnxTensor{gamma->shape, std::vector<float>(static_cast<std::size_t>(elementCount(gamma->shape)))});
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = LayerNorm{}, .inputs = {{3, 7}}},
            {.settings = LayerNorm{.axes = 2, .epsilon = 1e-3}, .inputs = {{2, 3, 5, 4}}},
            {.settings = LayerNorm{.axes = 0}, .inputs = {{2, 3, 4}}},
            {.settings = LayerNorm{.affine = false}, .inputs = {{1, 2, 17}}}};
}

}  // namespace layer_norm_layer_parts

const LayerType& layer_norm_layer() {
    using namespace layer_norm_layer_parts;
    static const LayerType type = LayerDescriptor<LayerNorm, forward, toOnnx>{
        .id = "layer_norm",
        .title = "Layer normalisation",
        .category = "normalization",
        .summary = "Brings the numbers of each item (or of each step of a sequence) to mean 0 and spread 1 by themselves: it works with any batch size.",
        .properties = {property("axes", &LayerNorm::axes, "Axes",
                                "How many of the last axes are normalised together: 1 takes the features of each step, 0 the whole item.",
                                {.minimum = 0, .maximum = 7}),
                       property("epsilon", &LayerNorm::epsilon, "Epsilon", "A small number added before dividing, so that numbers without spread do no harm.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       property("affine", &LayerNorm::affine, "Learned scale", "Multiplies by a learned number and adds another one afterwards.")},
        .onnxOps = {"LayerNormalization"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
