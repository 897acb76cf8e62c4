// Layer normalisation of rows, with and without mean and learned numbers.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace layer_norm_op_parts {

/// How many of gamma and beta there are.
std::size_t learned(const LayerNormAttributes& attributes) { return !attributes.affine ? 0 : attributes.centered ? 2 : 1; }

Result<void> checkRows(OpInputs inputs, std::size_t count) {
    LAMINA_CHECK(expectCount(inputs, count));
    return expectAxes(inputs, 0, 2);
}

OpOutputs infer(const Op& op, OpInputs inputs) {
    const std::size_t numbers = learned(op.as<LayerNormAttributes>());
    LAMINA_CHECK(checkRows(inputs, 1 + numbers));
    const Shape& x = inputs[0]->shape;
    for (std::size_t i = 1; i <= numbers; ++i) LAMINA_CHECK(expectShape(inputs, i, {x[1]}));
    return std::vector<OpType::Output>{{x}, {{x[0]}}, {{x[0]}}};
}

/// Inputs x, dy, mean, rstd [, gamma].
OpOutputs inferBackward(const Op& op, OpInputs inputs) {
    const auto& attributes = op.as<LayerNormAttributes>();
    LAMINA_CHECK(checkRows(inputs, attributes.affine ? 5 : 4));
    const Shape& x = inputs[0]->shape;
    LAMINA_CHECK(expectShape(inputs, 1, x));
    for (std::size_t i = 2; i < 4; ++i) LAMINA_CHECK(expectShape(inputs, i, {x[0]}));
    if (attributes.affine) LAMINA_CHECK(expectShape(inputs, 4, {x[1]}));
    std::vector<OpType::Output> given{{x}};
    given.resize(1 + learned(attributes), {{x[1]}});
    return given;
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    std::vector<ValueId> result(op.inputs.size(), noValue);
    if (arriving[1] != noValue || arriving[2] != noValue) {
        g.refuse(fail("op.no_gradient", {{"op", "layer_norm (mean, rstd)"}, {"node", op.origin}}));
        return result;
    }
    const ValueId gamma = op.inputs.size() > 1 ? op.inputs[1] : noValue;
    const auto d = ops::layerNormBackward(g, op.inputs[0], arriving[0], gamma, op.outputs[1], op.outputs[2], op.as<LayerNormAttributes>());
    const ValueId all[] = {d.dx, d.dgamma, d.dbeta};
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = all[i];
    return result;
}

double flops(const Graph& g, const Op& op) { return 8 * oncePerInput(g, op); }
double flopsBackward(const Graph& g, const Op& op) { return 12 * oncePerInput(g, op); }

}  // namespace layer_norm_op_parts

const OpType& layer_norm_op() {
    using namespace layer_norm_op_parts;
    static const OpType type{.kind = OpKind::LayerNorm, .name = "layer_norm", .infer = infer, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}
const OpType& layer_norm_backward_op() {
    using namespace layer_norm_op_parts;
    static const OpType type{.kind = OpKind::LayerNormBackward, .name = "layer_norm_backward", .infer = inferBackward, .gradient = nullptr,
                             .flops = flopsBackward, .updates = {}};
    return type;
}

}  // namespace lamina
