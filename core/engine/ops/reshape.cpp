// The same numbers under another shape.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace reshape_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    const Shape &x = inputs[0]->shape, &shape = op.as<ShapeAttributes>().shape;
    const std::int64_t count = elementCount(x);
    if (checkedElementCount(shape, count) != count) return fail("op.reshape_count", {{"from", shapeText(x)}, {"to", shapeText(shape)}});
    return outputs(shape, inputs[0]->type);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    const Shape x = g.shape(op.inputs[0]);
    return {ops::reshape(g, arriving[0], x)};
}

}  // namespace reshape_op_parts

const OpType& reshape_op() {
    using namespace reshape_op_parts;
    static const OpType type{
        .kind = OpKind::Reshape, .name = "reshape", .infer = infer, .gradient = gradient, .flops = noCost, .alias = true, .updates = {}};
    return type;
}

}  // namespace lamina
