#include <cmath>

#include "core/layers/channels.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace selu_layer_parts {

// Klambauer et al. 2017: with these two numbers mean 0 and variance 1 are kept from layer to layer.
constexpr double alpha = 1.6732632423543772848;
constexpr double gamma = 1.0507009873554804934;

struct Selu {};

ValueId forward(const Selu&, LayerContext& context) {
    return ops::scale(context.graph, ops::unary(context.graph, UnaryKind::Elu, context.input(), alpha), gamma);
}

std::string toOnnx(const Selu&, OnnxLayerContext& context) { return context.add("Selu", {context.inputs()[0]}, {{"alpha", alpha}, {"gamma", gamma}}); }

Result<Selu> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    if (std::abs(node.number("alpha", alpha) - alpha) > 1e-3 || std::abs(node.number("gamma", gamma) - gamma) > 1e-3) return otherForm(node);
    return Selu{};
}

std::vector<LayerSample> samples() {
    return {{.settings = Selu{}, .inputs = {{3, 7}}, .kinkMargin = 0.05},
            {.settings = Selu{}, .inputs = {{2, 3, 5, 1}}, .kinkMargin = 0.05}};
}

}  // namespace selu_layer_parts

const LayerType& selu_layer() {
    using namespace selu_layer_parts;
    static const LayerType type = LayerDescriptor<Selu, forward, toOnnx>{
        .id = "selu",
        .title = "SELU",
        .category = "activation",
        .summary = "An ELU with numbers chosen so that many Dense layers in a row keep their signals in range. Use it with LeCun starting weights.",
        .onnxOps = {"Selu"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
