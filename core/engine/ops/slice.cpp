// A range of one axis; the gradient is 0 outside it.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace {

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
    Shape outside = g.shape(op.inputs[0]);
    std::int64_t& size = outside[static_cast<std::size_t>(attributes.axis)];
    const std::int64_t before = attributes.begin, after = size - attributes.begin - attributes.length;
    if (before == 0 && after == 0) return {arriving[0]};
    const ValueId zero = g.constant("zero", Shape(outside.size(), 1), {0.0});
    const auto zeros = [&](std::int64_t length) {
        size = length;
        return ops::broadcast(g, zero, outside);
    };
    std::vector<ValueId> parts;
    if (before > 0) parts.push_back(zeros(before));
    parts.push_back(arriving[0]);
    if (after > 0) parts.push_back(zeros(after));
    return {ops::concat(g, parts, attributes.axis)};
}

}  // namespace

const OpType& slice_op() {
    static const OpType type{.kind = OpKind::Slice, .name = "slice", .infer = infer, .gradient = gradient, .flops = noCost, .updates = {}};
    return type;
}

}  // namespace lamina
