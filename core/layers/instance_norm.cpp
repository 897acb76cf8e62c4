#include <algorithm>

#include "core/layers/trailing_axes.h"

namespace lamina {
namespace instance_norm_layer_parts {

struct InstanceNorm {
    double epsilon = 1e-5;
    bool affine = true;
};

ValueId forward(const InstanceNorm& settings, LayerContext& context) {
    const Shape shape = context.shape();
    if (shape.size() < 3) return context.refuse(fail("layer.needs_places", {{"shape", shapeText(shape)}}));
    Graph& g = context.graph;
    const std::int64_t rows = shape[0] * shape[1];
    const ValueId x = ops::reshape(g, context.input(), {rows, elementCount(shape) / std::max<std::int64_t>(1, rows)});
    const ValueId y = ops::layerNorm(g, x, noValue, noValue, {.epsilon = settings.epsilon, .affine = false}).y;
    const ValueId back = ops::reshape(g, y, shape);
    return settings.affine ? scaleChannels(context, back) : back;
}

std::string toOnnx(const InstanceNorm& settings, OnnxLayerContext& context) {
    const std::int64_t channels = context.inputShapes()[0][1];
    const auto all = [&](const char* name, float number) {
        return context.constant(name, {{channels}, std::vector<float>(static_cast<std::size_t>(channels), number)});
    };
    const std::string gamma = settings.affine ? context.parameter("gamma") : all("ones", 1), beta = settings.affine ? context.parameter("beta") : all("zeros", 0);
    return context.add("InstanceNormalization", {context.inputs()[0], gamma, beta}, {{"epsilon", settings.epsilon}});
}

Result<InstanceNorm> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor *gamma = context.constantInput(1), *beta = context.constantInput(2);
    if (!gamma || !beta) return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    context.parameter("gamma", *gamma);
    context.parameter("beta", *beta);
    return InstanceNorm{.epsilon = node.number("epsilon", 1e-5)};
}

std::vector<LayerSample> samples() {
    return {{.settings = InstanceNorm{}, .inputs = {{2, 3, 5, 4}}},
            {.settings = InstanceNorm{.epsilon = 1e-3}, .inputs = {{3, 1, 7}}},
            {.settings = InstanceNorm{.affine = false}, .inputs = {{1, 5, 3, 3}}}};
}

}  // namespace instance_norm_layer_parts

const LayerType& instance_norm_layer() {
    using namespace instance_norm_layer_parts;
    static const LayerType type = LayerDescriptor<InstanceNorm, forward, toOnnx>{
        .id = "instance_norm",
        .title = "Instance normalisation",
        .category = "normalization",
        .summary = "Brings every channel of every item to mean 0 and spread 1, so that contrast and brightness of a picture no longer matter.",
        .properties = {property("epsilon", &InstanceNorm::epsilon, "Epsilon", "A small number added before dividing, so that a channel without spread does no harm.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       property("affine", &InstanceNorm::affine, "Learned scale", "Multiplies every channel by a learned number and adds another one afterwards.")},
        .onnxOps = {"InstanceNormalization"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
