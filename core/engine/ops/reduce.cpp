// Sum, mean and maximum over axes; the gradient is repeated along them.
#include <algorithm>

#include "core/engine/ops/inference.h"

namespace lamina {

namespace reduce_op_parts {

bool isReduced(const std::vector<std::int64_t>& axes, std::size_t axis) {
    return axes.empty() || std::find(axes.begin(), axes.end(), static_cast<std::int64_t>(axis)) != axes.end();
}

Shape reducedShape(const Shape& x, const std::vector<std::int64_t>& axes, bool keepAxes) {
    Shape shape;
    for (std::size_t axis = 0; axis < x.size(); ++axis) {
        const bool reduced = isReduced(axes, axis);
        if (!reduced) shape.push_back(x[axis]);
        if (reduced && keepAxes) shape.push_back(1);
    }
    return shape;
}

OpOutputs infer(const Op& op, OpInputs inputs) {
    const auto& attributes = op.as<ReduceAttributes>();
    LAMINA_CHECK(expectCount(inputs, 1));
    for (std::int64_t axis : attributes.axes) {
        LAMINA_CHECK(expectAxis(inputs[0]->shape, axis));
        if (std::count(attributes.axes.begin(), attributes.axes.end(), axis) > 1) return fail("op.axis_twice", {{"axis", std::to_string(axis)}});
    }
    return outputs(reducedShape(inputs[0]->shape, attributes.axes, attributes.keepAxes));
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    const auto attributes = op.as<ReduceAttributes>();
    if (attributes.kind == ReduceKind::Maximum) return {noValue};
    const Shape x = g.shape(op.inputs[0]), kept = reducedShape(x, attributes.axes, true);
    ValueId dy = arriving[0];
    const auto perResult = static_cast<double>(elementCount(x)) / static_cast<double>(std::max<std::int64_t>(1, elementCount(kept)));
    if (attributes.kind == ReduceKind::Mean) dy = ops::scale(g, dy, 1 / std::max(1.0, perResult));
    if (dy != noValue && g.shape(dy) != kept) dy = ops::reshape(g, dy, kept);
    return {kept == x ? dy : ops::broadcast(g, dy, x)};
}

}  // namespace reduce_op_parts

const OpType& reduce_op() {
    using namespace reduce_op_parts;
    static const OpType type{.kind = OpKind::Reduce, .name = "reduce", .infer = infer, .gradient = gradient, .flops = oncePerInput, .updates = {}};
    return type;
}

}  // namespace lamina
