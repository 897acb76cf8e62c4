// Values one after the other along an axis; each gets its slice of the gradient.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace concat_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    if (inputs.empty()) return fail("op.input_count", {{"expected", "1"}, {"found", "0"}});
    const std::int64_t axis = op.as<AxisAttributes>().axis;
    Shape shape = inputs[0]->shape;
    LAMINA_CHECK(expectAxis(shape, axis));
    const auto along = static_cast<std::size_t>(axis);
    shape[along] = 0;
    for (const Value* input : inputs) {
        Shape others = input->shape;
        LAMINA_CHECK(expectAxis(others, axis));
        const std::int64_t size = std::exchange(others[along], shape[along]);
        if (others != shape)
            return fail("op.concat_shapes", {{"a", shapeText(inputs[0]->shape)}, {"b", shapeText(input->shape)}, {"axis", std::to_string(axis)}});
        shape[along] += size;
    }
    return outputs(std::move(shape));
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    const std::int64_t axis = op.as<AxisAttributes>().axis;
    std::vector<ValueId> result;
    std::int64_t begin = 0;
    for (std::size_t i = 0; i < op.inputs.size(); ++i) {
        const std::int64_t size = g.shape(op.inputs[i])[static_cast<std::size_t>(axis)];
        result.push_back(wanted[i] ? ops::slice(g, arriving[0], axis, begin, size) : noValue);
        begin += size;
    }
    return result;
}

}  // namespace concat_op_parts

const OpType& concat_op() {
    using namespace concat_op_parts;
    static const OpType type{.kind = OpKind::Concat, .name = "concat", .infer = infer, .gradient = gradient, .flops = noCost, .updates = {}};
    return type;
}

}  // namespace lamina
