#include "core/layers/channels.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace prelu_layer_parts {

struct Prelu {
    std::string slopes = "channel";
    double start = 0.25;
};

/// Above 0 the number itself, below 0 the number times its slope.
ValueId forward(const Prelu& settings, LayerContext& context) {
    Graph& g = context.graph;
    const ValueId slope = context.parameter("slope", sharedShape(settings.slopes, context.shape()), {Initializer::Kind::Constant, settings.start});
    const ValueId positive = ops::unary(g, UnaryKind::Relu, context.input());
    return ops::add(g, positive, ops::multiply(g, ops::subtract(g, context.input(), positive), slope));
}

std::string toOnnx(const Prelu&, OnnxLayerContext& context) { return context.add("PRelu", {context.inputs()[0], context.parameter("slope")}); }

Result<Prelu> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor* slope = context.constantInput(1);
    if (!slope || !std::holds_alternative<std::vector<float>>(slope->data)) return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    SharedConstant shared = sharedConstant(*slope);
    context.parameter("slope", std::move(shared.tensor));
    return Prelu{.slopes = shared.sharing};
}

std::vector<LayerSample> samples() {
    return {{.settings = Prelu{}, .inputs = {{3, 7}}, .kinkMargin = 0.05},
            {.settings = Prelu{.start = 0.1}, .inputs = {{2, 3, 5, 4}}, .kinkMargin = 0.05},
            {.settings = Prelu{.slopes = "last"}, .inputs = {{2, 5, 3}}, .kinkMargin = 0.05},
            {.settings = Prelu{.slopes = "one"}, .inputs = {{2, 3, 5, 1}}, .kinkMargin = 0.05},
            {.settings = Prelu{.slopes = "each"}, .inputs = {{2, 3, 2, 5}}, .kinkMargin = 0.05}};
}

}  // namespace prelu_layer_parts

const LayerType& prelu_layer() {
    using namespace prelu_layer_parts;
    static const LayerType type = LayerDescriptor<Prelu, forward, toOnnx>{
        .id = "prelu",
        .title = "PReLU",
        .category = "activation",
        .summary = "A leaky ReLU that learns for itself how much of the negative numbers to keep.",
        .properties = {property("start", &Prelu::start, "Slope at the start",
                                "What negative numbers are multiplied by before anything is learned; 0.25 is usual.",
                                {.minimum = -10, .maximum = 10}),
                       property("slopes", &Prelu::slopes, "A slope for",
                                "Which numbers share a learned slope: those of a channel or column, those of a feature of a sequence, all, or none.",
                                {.choices = sharingChoices})},
        .onnxOps = {"PRelu"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
