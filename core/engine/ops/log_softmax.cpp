// The logarithm of softmax, stable. dx = dy - softmax(x) · Σ dy.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace log_softmax_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    LAMINA_CHECK(expectAxis(inputs[0]->shape, op.as<AxisAttributes>().axis));
    return outputs(inputs[0]->shape);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    const std::int64_t axis = op.as<AxisAttributes>().axis;
    const ValueId total = ops::reduce(g, ReduceKind::Sum, arriving[0], {axis}, true);
    return {ops::subtract(g, arriving[0], ops::multiply(g, ops::unary(g, UnaryKind::Exp, op.outputs[0]), total))};
}

double flops(const Graph& g, const Op& op) { return 4 * oncePerOutput(g, op); }

}  // namespace log_softmax_op_parts

const OpType& log_softmax_op() {
    using namespace log_softmax_op_parts;
    static const OpType type{
        .kind = OpKind::LogSoftmax, .name = "log_softmax", .infer = infer, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}

}  // namespace lamina
