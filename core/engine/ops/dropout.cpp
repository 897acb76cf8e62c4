// Drops numbers at random; the same stream and step drop the same ones, so the op is its own gradient.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace dropout_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    const double rate = op.as<DropoutAttributes>().rate;
    if (!(rate >= 0 && rate < 1)) return fail("op.dropout_rate", {{"rate", std::to_string(rate)}});
    return outputs(inputs[0]->shape);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    return {ops::dropout(g, arriving[0], op.as<DropoutAttributes>())};
}

}  // namespace dropout_op_parts

const OpType& dropout_op() {
    using namespace dropout_op_parts;
    static const OpType type{
        .kind = OpKind::Dropout, .name = "dropout", .infer = infer, .gradient = gradient, .flops = oncePerOutput, .inPlaceInput = 0, .updates = {}};
    return type;
}

}  // namespace lamina
