// Rows of a table by their numbers; the gradient adds them up again.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace gather_op_parts {

OpOutputs infer(const Op&, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 2));
    LAMINA_CHECK(expectReal(inputs, 0));
    LAMINA_CHECK(expectAxes(inputs, 0, 2));
    LAMINA_CHECK(expectIndices(inputs, 1));
    Shape shape = inputs[1]->shape;
    shape.push_back(inputs[0]->shape[1]);
    return outputs(std::move(shape));
}

OpOutputs inferBackward(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 2));
    LAMINA_CHECK(expectIndices(inputs, 0));
    LAMINA_CHECK(expectReal(inputs, 1));
    const Shape& table = op.as<ShapeAttributes>().shape;
    if (table.size() != 2) return fail("op.gather_table", {{"shape", shapeText(table)}});
    Shape rows = inputs[0]->shape;
    rows.push_back(table[1]);
    LAMINA_CHECK(expectShape(inputs, 1, rows));
    return outputs(table);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    const Shape table = g.shape(op.inputs[0]);
    return {wanted[0] ? ops::gatherBackward(g, op.inputs[1], arriving[0], table) : noValue, noValue};
}

double backwardFlops(const Graph& g, const Op& op) { return static_cast<double>(elementCount(g.shape(op.inputs[1]))); }

}  // namespace gather_op_parts

const OpType& gather_op() {
    using namespace gather_op_parts;
    static const OpType type{.kind = OpKind::Gather, .name = "gather", .infer = infer, .gradient = gradient, .flops = noCost, .updates = {}};
    return type;
}
const OpType& gather_backward_op() {
    using namespace gather_op_parts;
    static const OpType type{.kind = OpKind::GatherBackward, .name = "gather_backward", .infer = inferBackward, .gradient = nullptr,
                             .flops = backwardFlops, .updates = {}};
    return type;
}

}  // namespace lamina
