// The loss of classification: softmax and negative log likelihood in one, so that it is stable.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace cross_entropy_op_parts {

Result<void> check(OpInputs inputs, std::size_t count) {
    LAMINA_CHECK(expectCount(inputs, count));
    LAMINA_CHECK(expectAxes(inputs, 0, 2));
    LAMINA_CHECK(expectShape(inputs, 1, {inputs[0]->shape[0]}));
    if (inputs[1]->type != DType::Int32) return fail("op.labels_type", {{"type", dtypeName(inputs[1]->type)}});
    if (count == 3) LAMINA_CHECK(expectShape(inputs, 2, {}));
    return {};
}

OpOutputs infer(const Op&, OpInputs inputs) {
    LAMINA_CHECK(check(inputs, 2));
    return outputs({});
}

OpOutputs inferBackward(const Op&, OpInputs inputs) {
    LAMINA_CHECK(check(inputs, 3));
    return outputs(inputs[0]->shape);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    return {wanted[0] ? ops::crossEntropyBackward(g, op.inputs[0], op.inputs[1], arriving[0]) : noValue, noValue};
}

double flops(const Graph& g, const Op& op) { return 4 * oncePerInput(g, op); }

}  // namespace cross_entropy_op_parts

const OpType& cross_entropy_op() {
    using namespace cross_entropy_op_parts;
    static const OpType type{
        .kind = OpKind::CrossEntropy, .name = "cross_entropy", .infer = infer, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}
const OpType& cross_entropy_backward_op() {
    using namespace cross_entropy_op_parts;
    static const OpType type{.kind = OpKind::CrossEntropyBackward, .name = "cross_entropy_backward", .infer = inferBackward, .gradient = nullptr,
                             .flops = flops, .updates = {}};
    return type;
}

}  // namespace lamina
