// The loss of yes/no questions: sigmoid and negative log likelihood in one, so that it is stable.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace binary_cross_entropy_op_parts {

OpOutputs infer(const Op&, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 2));
    LAMINA_CHECK(expectShape(inputs, 1, inputs[0]->shape));
    return outputs({});
}

OpOutputs inferBackward(const Op&, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 3));
    LAMINA_CHECK(expectShape(inputs, 1, inputs[0]->shape));
    LAMINA_CHECK(expectShape(inputs, 2, {}));
    return outputs(inputs[0]->shape);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    const ValueId logits = op.inputs[0], targets = op.inputs[1], dLoss = arriving[0];
    const double count = oncePerInput(g, op);
    std::vector<ValueId> result(2, noValue);
    if (wanted[0]) result[0] = ops::binaryCrossEntropyBackward(g, logits, targets, dLoss);
    if (wanted[1]) result[1] = ops::multiply(g, ops::scale(g, logits, -1 / count), dLoss);
    return result;
}

double flops(const Graph& g, const Op& op) { return 5 * oncePerInput(g, op); }

}  // namespace binary_cross_entropy_op_parts

const OpType& binary_cross_entropy_op() {
    using namespace binary_cross_entropy_op_parts;
    static const OpType type{
        .kind = OpKind::BinaryCrossEntropy, .name = "binary_cross_entropy", .infer = infer, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}
const OpType& binary_cross_entropy_backward_op() {
    using namespace binary_cross_entropy_op_parts;
    static const OpType type{.kind = OpKind::BinaryCrossEntropyBackward, .name = "binary_cross_entropy_backward", .infer = inferBackward,
                             .gradient = nullptr, .flops = flops, .updates = {}};
    return type;
}

}  // namespace lamina
