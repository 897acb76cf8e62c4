#include "core/layers/layer_type.h"

namespace lamina {
namespace elu_layer_parts {

struct Elu {
    double alpha = 1;
};

ValueId forward(const Elu& settings, LayerContext& context) { return ops::unary(context.graph, UnaryKind::Elu, context.input(), settings.alpha); }

std::string toOnnx(const Elu& settings, OnnxLayerContext& context) { return context.add("Elu", {context.inputs()[0]}, {{"alpha", settings.alpha}}); }

Result<Elu> fromOnnx(const OnnxNode& node, OnnxImportContext&) { return Elu{.alpha = node.number("alpha", 1)}; }

std::vector<LayerSample> samples() {
    return {{.settings = Elu{}, .inputs = {{3, 7}}, .kinkMargin = 0.05},
            {.settings = Elu{.alpha = 0.4}, .inputs = {{2, 3, 5, 1}}, .kinkMargin = 0.05}};
}

}  // namespace elu_layer_parts

const LayerType& elu_layer() {
    using namespace elu_layer_parts;
    static const LayerType type = LayerDescriptor<Elu, forward, toOnnx>{
        .id = "elu",
        .title = "ELU",
        .category = "activation",
        .summary = "Keeps positive numbers and bends negative ones smoothly towards a limit, so that the average stays near 0.",
        .properties = {property("alpha", &Elu::alpha, "Limit", "Negative numbers come close to minus this one; 1 is usual.",
                                {.minimum = 0, .maximum = 100, .exclusiveMinimum = true})},
        .onnxOps = {"Elu"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
