// Point-wise functions of one number and their derivatives; the formulas are in formulas/activations.h.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace unary_op_parts {

OpOutputs infer(const Op&, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    return outputs(inputs[0]->shape);
}

OpOutputs inferBackward(const Op&, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 3));
    LAMINA_CHECK(expectShape(inputs, 0, inputs[2]->shape));
    LAMINA_CHECK(expectShape(inputs, 1, inputs[2]->shape));
    return outputs(inputs[2]->shape);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    const auto attributes = op.as<UnaryAttributes>();
    return {ops::unaryBackward(g, attributes.kind, op.inputs[0], op.outputs[0], arriving[0], attributes.alpha)};
}

}  // namespace unary_op_parts

const OpType& unary_op() {
    using namespace unary_op_parts;
    static const OpType type{
        .kind = OpKind::Unary, .name = "unary", .infer = infer, .gradient = gradient, .flops = oncePerOutput, .inPlaceInput = 0, .updates = {}};
    return type;
}
const OpType& unary_backward_op() {
    using namespace unary_op_parts;
    static const OpType type{.kind = OpKind::UnaryBackward, .name = "unary_backward", .infer = inferBackward, .gradient = nullptr,
                             .flops = oncePerOutput, .inPlaceInput = 2, .updates = {}};
    return type;
}

}  // namespace lamina
