// Point-wise functions of two values with broadcasting; gradients are summed over what was repeated.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace binary_op_parts {

OpOutputs infer(const Op&, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 2));
    LAMINA_TRY(auto shape, broadcastShape(inputs[0]->shape, inputs[1]->shape));
    return outputs(std::move(shape));
}

/// dy where a > b, else 0: the derivative of relu(a - b) is that mask. Where both are equal b gets all of it.
ValueId whereLarger(Graph& g, ValueId a, ValueId b, ValueId dy) {
    const ValueId difference = ops::subtract(g, a, b);
    return ops::unaryBackward(g, UnaryKind::Relu, difference, ops::unary(g, UnaryKind::Relu, difference), dy);
}

ValueId gradientOfFirst(Graph& g, BinaryKind kind, ValueId a, ValueId b, ValueId dy) {
    switch (kind) {
        case BinaryKind::Add:
        case BinaryKind::Subtract: return dy;
        case BinaryKind::Multiply: return ops::multiply(g, dy, b);
        case BinaryKind::Divide: return ops::binary(g, BinaryKind::Divide, dy, b);
        case BinaryKind::Maximum: return whereLarger(g, a, b, dy);
        case BinaryKind::Minimum: return whereLarger(g, b, a, dy);
    }
    return noValue;
}

ValueId gradientOfSecond(Graph& g, BinaryKind kind, ValueId a, ValueId b, ValueId y, ValueId dy) {
    switch (kind) {
        case BinaryKind::Add: return dy;
        case BinaryKind::Subtract: return ops::unary(g, UnaryKind::Negate, dy);
        case BinaryKind::Multiply: return ops::multiply(g, dy, a);
        case BinaryKind::Divide: return ops::unary(g, UnaryKind::Negate, ops::binary(g, BinaryKind::Divide, ops::multiply(g, dy, y), b));
        case BinaryKind::Maximum: return ops::subtract(g, dy, whereLarger(g, a, b, dy));
        case BinaryKind::Minimum: return ops::subtract(g, dy, whereLarger(g, b, a, dy));
    }
    return noValue;
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    const BinaryKind kind = op.as<BinaryAttributes>().kind;
    const ValueId a = op.inputs[0], b = op.inputs[1];
    const Shape shapeA = g.shape(a), shapeB = g.shape(b);
    std::vector<ValueId> result(2, noValue);
    if (wanted[0]) result[0] = sumTo(g, gradientOfFirst(g, kind, a, b, arriving[0]), shapeA);
    if (wanted[1]) result[1] = sumTo(g, gradientOfSecond(g, kind, a, b, op.outputs[0], arriving[0]), shapeB);
    return result;
}

}  // namespace binary_op_parts

const OpType& binary_op() {
    using namespace binary_op_parts;
    static const OpType type{
        .kind = OpKind::Binary, .name = "binary", .infer = infer, .gradient = gradient, .flops = oncePerOutput, .inPlaceInput = 0, .updates = {}};
    return type;
}

}  // namespace lamina
