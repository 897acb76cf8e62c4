// Batch normalisation in its three forms.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace batch_norm_op_parts {

/// Inputs from `first` on hold one number per channel of input 0.
Result<void> check(OpInputs inputs, std::size_t first) {
    LAMINA_CHECK(expectCount(inputs, 5));
    if (inputs[0]->shape.size() < 2) return fail("op.batch_norm_axes", {{"shape", shapeText(inputs[0]->shape)}});
    for (std::size_t i = first; i < 5; ++i) LAMINA_CHECK(expectShape(inputs, i, {inputs[0]->shape[1]}));
    return {};
}

OpOutputs inferTraining(const Op&, OpInputs inputs) {
    LAMINA_CHECK(check(inputs, 1));
    const Shape& x = inputs[0]->shape;
    return std::vector<OpType::Output>{{x}, {{x[1]}}, {{x[1]}}};
}

OpOutputs inferInference(const Op&, OpInputs inputs) {
    LAMINA_CHECK(check(inputs, 1));
    return outputs(inputs[0]->shape);
}

OpOutputs inferBackward(const Op&, OpInputs inputs) {
    LAMINA_CHECK(check(inputs, 2));
    const Shape& x = inputs[0]->shape;
    LAMINA_CHECK(expectShape(inputs, 1, x));
    return std::vector<OpType::Output>{{x}, {{x[1]}}, {{x[1]}}};
}

std::vector<ValueId> gradientOfTraining(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    if (arriving[1] != noValue || arriving[2] != noValue)
        g.refuse(fail("op.no_gradient", {{"op", "batch_norm_training (mean, rstd)"}, {"node", op.origin}}));
    const auto d = ops::batchNormBackward(g, op.inputs[0], arriving[0], op.inputs[1], op.outputs[1], op.outputs[2], op.as<BatchNormAttributes>());
    return {d.dx, d.dgamma, d.dbeta, noValue, noValue};
}

/// With fixed statistics the op is linear in x, gamma and beta: written in point-wise ops.
std::vector<ValueId> gradientOfInference(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    const ValueId x = op.inputs[0], dy = arriving[0];
    const std::int64_t channels = g.shape(x)[1];
    const Shape along = alongChannels(channels, g.shape(x).size());
    const auto spread = [&](ValueId value) { return ops::reshape(g, value, along); };
    const ValueId epsilon = g.constant("epsilon", {1}, {op.as<BatchNormAttributes>().epsilon});
    const ValueId deviation = spread(ops::unary(g, UnaryKind::Sqrt, ops::add(g, op.inputs[4], epsilon)));
    std::vector<ValueId> result(5, noValue);
    if (wanted[0]) result[0] = ops::multiply(g, dy, ops::binary(g, BinaryKind::Divide, spread(op.inputs[1]), deviation));
    if (wanted[1]) {
        const ValueId normalised = ops::binary(g, BinaryKind::Divide, ops::subtract(g, x, spread(op.inputs[3])), deviation);
        result[1] = ops::reshape(g, sumTo(g, ops::multiply(g, dy, normalised), along), {channels});
    }
    if (wanted[2]) result[2] = ops::reshape(g, sumTo(g, dy, along), {channels});
    return result;
}

double flopsTraining(const Graph& g, const Op& op) { return 7 * oncePerInput(g, op); }
double flopsInference(const Graph& g, const Op& op) { return 2 * oncePerInput(g, op); }
double flopsBackward(const Graph& g, const Op& op) { return 11 * oncePerInput(g, op); }

}  // namespace batch_norm_op_parts

const OpType& batch_norm_training_op() {
    using namespace batch_norm_op_parts;
    static const OpType type{.kind = OpKind::BatchNormTraining, .name = "batch_norm_training", .infer = inferTraining, .gradient = gradientOfTraining,
                             .flops = flopsTraining, .updates = {3, 4}};
    return type;
}
const OpType& batch_norm_inference_op() {
    using namespace batch_norm_op_parts;
    static const OpType type{.kind = OpKind::BatchNormInference, .name = "batch_norm_inference", .infer = inferInference,
                             .gradient = gradientOfInference, .flops = flopsInference, .inPlaceInput = 0, .updates = {}};
    return type;
}
const OpType& batch_norm_backward_op() {
    using namespace batch_norm_op_parts;
    static const OpType type{.kind = OpKind::BatchNormBackward, .name = "batch_norm_backward", .infer = inferBackward, .gradient = nullptr,
                             .flops = flopsBackward, .updates = {}};
    return type;
}

}  // namespace lamina
