// 1 where every number is finite, else 0: what guards the weights.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace all_finite_op_parts {

OpOutputs infer(const Op&, OpInputs inputs) {
    if (inputs.empty()) return fail("op.input_count", {{"expected", "1"}, {"found", "0"}});
    return outputs({});
}

double flops(const Graph& g, const Op& op) {
    double count = 0;
    for (ValueId id : op.inputs) count += static_cast<double>(elementCount(g.shape(id)));
    return count;
}

}  // namespace all_finite_op_parts

const OpType& all_finite_op() {
    using namespace all_finite_op_parts;
    static const OpType type{.kind = OpKind::AllFinite, .name = "all_finite", .infer = infer, .gradient = nullptr, .flops = flops, .updates = {}};
    return type;
}

}  // namespace lamina
