#include "core/layers/layer_type.h"
#include "core/tensor/random.h"

namespace lamina {
namespace gaussian_noise_layer_parts {

struct GaussianNoise {
    double deviation = 0.1;
};

ValueId forward(const GaussianNoise& settings, LayerContext& context) {
    if (!context.training || settings.deviation == 0) return context.input();
    return ops::gaussianNoise(context.graph, context.input(), {settings.deviation, streamOf("noise:" + context.path)});
}

/// No noise when a trained network is used.
std::string toOnnx(const GaussianNoise&, OnnxLayerContext& context) { return context.inputs()[0]; }

std::vector<LayerSample> samples() {
    return {{.settings = GaussianNoise{}, .inputs = {{3, 7}}},
            {.settings = GaussianNoise{.deviation = 0.5}, .inputs = {{2, 3, 5, 4}}},
            {.settings = GaussianNoise{.deviation = 0}, .inputs = {{1, 5}}}};
}

}  // namespace gaussian_noise_layer_parts

const LayerType& gaussian_noise_layer() {
    using namespace gaussian_noise_layer_parts;
    static const LayerType type = LayerDescriptor<GaussianNoise, forward, toOnnx>{
        .id = "gaussian_noise",
        .title = "Gaussian noise",
        .category = "regularization",
        .summary = "Adds a little random noise while training, so that the network does not cling to the exact numbers.",
        .properties = {property("deviation", &GaussianNoise::deviation, "Deviation",
                                "How far the numbers are moved, as a standard deviation: 0.05 to 0.2 for normalised data. 0 adds nothing.", {.minimum = 0, .maximum = 100})},
        .samples = samples};
    return type;
}

}  // namespace lamina
