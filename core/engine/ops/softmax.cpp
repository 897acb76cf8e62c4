// exp(x - max) / sum along an axis.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace softmax_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    LAMINA_CHECK(expectAxis(inputs[0]->shape, op.as<AxisAttributes>().axis));
    return outputs(inputs[0]->shape);
}

OpOutputs inferBackward(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 2));
    LAMINA_CHECK(expectAxis(inputs[0]->shape, op.as<AxisAttributes>().axis));
    LAMINA_CHECK(expectShape(inputs, 1, inputs[0]->shape));
    return outputs(inputs[0]->shape);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    return {ops::softmaxBackward(g, op.outputs[0], arriving[0], op.as<AxisAttributes>().axis)};
}

double flops(const Graph& g, const Op& op) { return 4 * oncePerOutput(g, op); }

}  // namespace softmax_op_parts

const OpType& softmax_op() {
    using namespace softmax_op_parts;
    static const OpType type{.kind = OpKind::Softmax, .name = "softmax", .infer = infer, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}
const OpType& softmax_backward_op() {
    using namespace softmax_op_parts;
    static const OpType type{
        .kind = OpKind::SoftmaxBackward, .name = "softmax_backward", .infer = inferBackward, .gradient = nullptr, .flops = flops, .updates = {}};
    return type;
}

}  // namespace lamina
