// A recurrent layer over a whole sequence.
#include <algorithm>

#include "core/engine/ops/inference.h"
#include "core/engine/ops/recurrent.h"

namespace lamina {

namespace recurrent_op_parts {

Result<void> checkLengths(const Op& op, OpInputs inputs, std::size_t others) {
    const bool lengths = op.as<RecurrentAttributes>().lengths;
    LAMINA_CHECK(expectCount(inputs, others + (lengths ? 1 : 0)));
    LAMINA_CHECK(expectAxes(inputs, 0, 3));
    if (lengths) LAMINA_CHECK(expectShape(inputs, others, {inputs[0]->shape[0]}));
    return {};
}

/// r[G·H, H] says how many units there are; w[G·H, C] follows.
Result<std::int64_t> unitsOf(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectAxes(inputs, 2, 2));
    const std::int64_t units = inputs[2]->shape[1], rows = recurrentGates(op.as<RecurrentAttributes>().kind) * units;
    LAMINA_CHECK(expectShape(inputs, 2, {rows, units}));
    LAMINA_CHECK(expectShape(inputs, 1, {rows, inputs[0]->shape[2]}));
    return units;
}

Shape reserveShape(const Op& op, const Shape& x, std::int64_t units) {
    return {x[1], x[0], recurrentReserve(op.as<RecurrentAttributes>().kind) * units};
}

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(checkLengths(op, inputs, 5));
    LAMINA_TRY(const std::int64_t units, unitsOf(op, inputs));
    for (std::size_t i = 3; i < 5; ++i) LAMINA_CHECK(expectShape(inputs, i, {inputs[2]->shape[0]}));
    const Shape& x = inputs[0]->shape;
    return std::vector<OpType::Output>{{{x[0], x[1], units}}, {reserveShape(op, x, units)}};
}

OpOutputs inferBackward(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(checkLengths(op, inputs, 5));
    LAMINA_TRY(const std::int64_t units, unitsOf(op, inputs));
    const Shape& x = inputs[0]->shape;
    LAMINA_CHECK(expectShape(inputs, 3, reserveShape(op, x, units)));
    LAMINA_CHECK(expectShape(inputs, 4, {x[0], x[1], units}));
    const std::int64_t rows = inputs[2]->shape[0];
    return std::vector<OpType::Output>{{x}, {inputs[1]->shape}, {inputs[2]->shape}, {{rows}}, {{rows}}};
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    std::vector<ValueId> result(op.inputs.size(), noValue);
    if (arriving[1] != noValue) {
        g.refuse(fail("op.no_gradient", {{"op", "recurrent (reserve)"}, {"node", op.origin}}));
        return result;
    }
    const auto& attributes = op.as<RecurrentAttributes>();
    const auto d = ops::recurrentBackward(g, op.inputs[0], op.inputs[1], op.inputs[2], op.outputs[1], arriving[0],
                                          attributes.lengths ? op.inputs[5] : noValue, attributes);
    const ValueId all[] = {d.dx, d.dw, d.dr, d.db, d.drb};
    std::copy(std::begin(all), std::end(all), result.begin());
    return result;
}

double flops(const Graph& g, const Op& op) {
    const Shape &x = g.shape(op.inputs[0]), &r = g.shape(op.inputs[2]);
    return static_cast<double>(x[0] * x[1] * r[0]) * (2.0 * static_cast<double>(x[2] + r[1]) + 10);
}
double flopsBackward(const Graph& g, const Op& op) { return 2 * flops(g, op); }

}  // namespace recurrent_op_parts

const OpType& recurrent_op() {
    using namespace recurrent_op_parts;
    static const OpType type{.kind = OpKind::Recurrent, .name = "recurrent", .infer = infer, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}
const OpType& recurrent_backward_op() {
    using namespace recurrent_op_parts;
    static const OpType type{.kind = OpKind::RecurrentBackward, .name = "recurrent_backward", .infer = inferBackward, .gradient = nullptr,
                             .flops = flopsBackward, .updates = {}};
    return type;
}

}  // namespace lamina
