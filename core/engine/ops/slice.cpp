// A range of one axis; the gradient is 0 outside it.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace slice_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    const auto& attributes = op.as<AxisAttributes>();
    Shape shape = inputs[0]->shape;
    LAMINA_CHECK(expectAxis(shape, attributes.axis));
    std::int64_t& size = shape[static_cast<std::size_t>(attributes.axis)];
    if (attributes.begin < 0 || attributes.length < 0 || attributes.begin > size || attributes.length > size - attributes.begin)
        return fail("op.slice_range", {{"begin", std::to_string(attributes.begin)}, {"length", std::to_string(attributes.length)},
                                       {"axis", std::to_string(attributes.axis)}, {"shape", shapeText(inputs[0]->shape)}});
    size = attributes.length;
    return outputs(std::move(shape));
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    const auto attributes = op.as<AxisAttributes>();
    const Shape x = g.shape(op.inputs[0]);
    const auto axis = static_cast<std::size_t>(attributes.axis);
    if (attributes.length == x[axis]) return {arriving[0]};
    std::vector<std::int64_t> before(x.size(), 0), after(x.size(), 0);
    before[axis] = attributes.begin;
    after[axis] = x[axis] - attributes.begin - attributes.length;
    return {ops::pad(g, arriving[0], std::move(before), std::move(after))};
}

}  // namespace slice_op_parts

const OpType& slice_op() {
    using namespace slice_op_parts;
    static const OpType type{.kind = OpKind::Slice, .name = "slice", .infer = infer, .gradient = gradient, .flops = noCost, .updates = {}};
    return type;
}

}  // namespace lamina
