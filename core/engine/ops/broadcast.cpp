// Repeats axes of size 1; the gradient is the sum over them.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace broadcast_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    const Shape &x = inputs[0]->shape, &shape = op.as<ShapeAttributes>().shape;
    bool fits = x.size() == shape.size();
    for (std::size_t axis = 0; fits && axis < x.size(); ++axis) fits = x[axis] == shape[axis] || x[axis] == 1;
    if (!fits) return fail("op.broadcast", {{"a", shapeText(x)}, {"b", shapeText(shape)}});
    return outputs(shape);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    const Shape x = g.shape(op.inputs[0]);
    return {sumTo(g, arriving[0], x)};
}

}  // namespace broadcast_op_parts

const OpType& broadcast_op() {
    using namespace broadcast_op_parts;
    static const OpType type{.kind = OpKind::Broadcast, .name = "broadcast", .infer = infer, .gradient = gradient, .flops = noCost, .updates = {}};
    return type;
}

}  // namespace lamina
