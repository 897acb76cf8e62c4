#include "core/layers/layer_type.h"

namespace lamina {
namespace leaky_relu_layer_parts {

struct LeakyRelu {
    double slope = 0.01;
};

ValueId forward(const LeakyRelu& settings, LayerContext& context) {
    return ops::unary(context.graph, UnaryKind::LeakyRelu, context.input(), settings.slope);
}

std::string toOnnx(const LeakyRelu& settings, OnnxLayerContext& context) {
    return context.add("LeakyRelu", {context.inputs()[0]}, {{"alpha", settings.slope}});
}

Result<LeakyRelu> fromOnnx(const OnnxNode& node, OnnxImportContext&) { return LeakyRelu{.slope = node.number("alpha", 0.01)}; }

std::vector<LayerSample> samples() {
    return {{.settings = LeakyRelu{}, .inputs = {{3, 7}}, .kinkMargin = 0.05},
            {.settings = LeakyRelu{.slope = 0.25}, .inputs = {{2, 3, 5, 1}}, .kinkMargin = 0.05}};
}

}  // namespace leaky_relu_layer_parts

const LayerType& leaky_relu_layer() {
    using namespace leaky_relu_layer_parts;
    static const LayerType type = LayerDescriptor<LeakyRelu, forward, toOnnx>{
        .id = "leaky_relu",
        .title = "Leaky ReLU",
        .category = "activation",
        .summary = "Keeps positive numbers and makes negative ones small instead of 0, so that no unit stops learning for good.",
        .properties = {property("slope", &LeakyRelu::slope, "Slope", "What negative numbers are multiplied by; 0.01 to 0.3 is usual.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true})},
        .onnxOps = {"LeakyRelu"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
