#include "core/layers/window.h"

namespace lamina {
namespace batch_norm_layer_parts {

struct BatchNorm {
    double momentum = 0.1;
    double epsilon = 1e-5;
};

ValueId forward(const BatchNorm& settings, LayerContext& context) {
    const Shape shape = context.shape();
    if (shape.size() < 2 || shape.size() > 4) return context.refuse(fail("layer.needs_channels", {{"shape", shapeText(shape)}}));
    const std::int64_t channels = shape[1];
    // A single number per channel has no spread to divide by.
    if (context.training && elementCount(shape) == channels) return context.refuse(fail("layer.needs_larger_batch", {{"shape", shapeText(shape)}}));
    const ValueId gamma = context.parameter("gamma", {channels}, {Initializer::Kind::Constant, 1});
    const ValueId beta = context.parameter("beta", {channels}, {});
    const ValueId mean = context.state("running_mean", {channels}, 0);
    const ValueId variance = context.state("running_variance", {channels}, 1);
    const BatchNormAttributes attributes{settings.epsilon, settings.momentum};
    const ValueId x = inputAsPicture(context);
    const ValueId y = context.training ? ops::batchNormTraining(context.graph, x, gamma, beta, mean, variance, attributes).y
                                       : ops::batchNormInference(context.graph, x, gamma, beta, mean, variance, attributes);
    return shape.size() == 3 ? pictureAsOutput(context, y) : y;
}

std::string toOnnx(const BatchNorm& settings, OnnxLayerContext& context) {
    return context.add("BatchNormalization",
                       {context.inputs()[0], context.parameter("gamma"), context.parameter("beta"), context.parameter("running_mean"),
                        context.parameter("running_variance")},
                       {{"epsilon", settings.epsilon}});
}

Result<BatchNorm> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const char* names[] = {"gamma", "beta", "running_mean", "running_variance"};
    for (std::size_t i = 0; i < 4; ++i)
        if (!context.constantInput(i + 1)) return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    for (std::size_t i = 0; i < 4; ++i) context.parameter(names[i], *context.constantInput(i + 1));
    // ONNX's momentum is the part that is kept, ours the part that is renewed.
    return BatchNorm{.momentum = 1 - node.number("momentum", 0.9), .epsilon = node.number("epsilon", 1e-5)};
}

std::vector<LayerSample> samples() {
    return {{.settings = BatchNorm{}, .inputs = {{5, 3}}},
            {.settings = BatchNorm{.epsilon = 1e-3}, .inputs = {{2, 3, 5, 4}}},
            {.settings = BatchNorm{.momentum = 0.3}, .inputs = {{3, 17, 3, 3}}},
            {.settings = BatchNorm{}, .inputs = {{2, 3, 7}}}};
}

}  // namespace batch_norm_layer_parts

const LayerType& batch_norm_layer() {
    using namespace batch_norm_layer_parts;
    static const LayerType type = LayerDescriptor<BatchNorm, forward, toOnnx>{
        .id = "batch_norm",
        .title = "Batch normalisation",
        .category = "normalization",
        .summary = "Brings every channel to mean 0 and spread 1 within the batch, then scales it by learned numbers: training gets faster and steadier.",
        .properties = {property("momentum", &BatchNorm::momentum, "Momentum",
                                "How quickly the averages kept for later use follow the batches: 0.1 takes a tenth of each new batch.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       property("epsilon", &BatchNorm::epsilon, "Epsilon", "A small number added before dividing, so that a channel without spread does no harm.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true})},
        .onnxOps = {"BatchNormalization"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
