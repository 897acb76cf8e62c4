// A border of equal numbers; the gradient is what lies inside it.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace pad_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    const auto& [before, after, value] = op.as<PadAttributes>();
    Shape shape = inputs[0]->shape;
    if (before.size() != shape.size() || after.size() != shape.size())
        return fail("op.pad_count", {{"shape", shapeText(shape)}, {"found", std::to_string(std::min(before.size(), after.size()))}});
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        if (before[axis] < 0 || after[axis] < 0)
            return fail("op.pad_negative", {{"axis", std::to_string(axis)}, {"padding", std::to_string(std::min(before[axis], after[axis]))}});
        if (__builtin_add_overflow(shape[axis], before[axis], &shape[axis]) || __builtin_add_overflow(shape[axis], after[axis], &shape[axis]))
            return fail("op.too_large", {{"shape", shapeText(inputs[0]->shape)}});
    }
    return outputs(std::move(shape));
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    const Shape x = g.shape(op.inputs[0]);
    const auto before = op.as<PadAttributes>().before;
    ValueId dx = arriving[0];
    for (std::size_t axis = 0; axis < x.size() && dx != noValue; ++axis)
        if (g.shape(dx)[axis] != x[axis]) dx = ops::slice(g, dx, static_cast<std::int64_t>(axis), before[axis], x[axis]);
    return {dx};
}

}  // namespace pad_op_parts

const OpType& pad_op() {
    using namespace pad_op_parts;
    static const OpType type{.kind = OpKind::Pad, .name = "pad", .infer = infer, .gradient = gradient, .flops = noCost, .updates = {}};
    return type;
}

}  // namespace lamina
