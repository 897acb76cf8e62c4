#include "core/layers/layer_type.h"

namespace lamina {
namespace hard_sigmoid_layer_parts {

struct HardSigmoid {
    double slope = 0.2;
    double offset = 0.5;
};

ValueId forward(const HardSigmoid& settings, LayerContext& context) {
    Graph& g = context.graph;
    return ops::clip(g, ops::offset(g, ops::scale(g, context.input(), settings.slope), settings.offset), 0, 1);
}

std::string toOnnx(const HardSigmoid& settings, OnnxLayerContext& context) {
    return context.add("HardSigmoid", {context.inputs()[0]}, {{"alpha", settings.slope}, {"beta", settings.offset}});
}

Result<HardSigmoid> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    return HardSigmoid{.slope = node.number("alpha", 0.2), .offset = node.number("beta", 0.5)};
}

std::vector<LayerSample> samples() {
    return {{.settings = HardSigmoid{}, .inputs = {{3, 7}}},
            {.settings = HardSigmoid{.slope = 1.25, .offset = 0.25}, .inputs = {{2, 3, 5, 1}}},
            {.settings = HardSigmoid{}, .inputs = {{2, 9}}, .lift = 2.4}};
}

}  // namespace hard_sigmoid_layer_parts

const LayerType& hard_sigmoid_layer() {
    using namespace hard_sigmoid_layer_parts;
    static const LayerType type = LayerDescriptor<HardSigmoid, forward, toOnnx>{
        .id = "hard_sigmoid",
        .title = "Hard sigmoid",
        .category = "activation",
        .summary = "A sigmoid made of three straight lines, cheap to compute: 0 on the left, 1 on the right.",
        .properties = {property("slope", &HardSigmoid::slope, "Slope", "How steep the line in the middle is. PyTorch and MobileNet take 1/6, that is 0.166667.",
                                {.minimum = 0, .maximum = 100, .exclusiveMinimum = true}),
                       property("offset", &HardSigmoid::offset, "Value at 0", "What 0 becomes; 0.5 is usual.", {.minimum = 0, .maximum = 1})},
        .onnxOps = {"HardSigmoid"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
