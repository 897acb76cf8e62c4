// Many matrix products at once; a side without leading axes serves all of them, and its gradient is the sum of theirs.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace mat_mul_op_parts {

/// Everything but the last two axes.
Shape leading(const Shape& shape) { return {shape.begin(), shape.end() - 2}; }

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 2));
    for (std::size_t i = 0; i < 2; ++i)
        if (inputs[i]->shape.size() < 2) return fail("op.matrix_axes", {{"input", std::to_string(i + 1)}, {"shape", shapeText(inputs[i]->shape)}});
    const auto& attributes = op.as<GemmAttributes>();
    const Shape &a = inputs[0]->shape, &b = inputs[1]->shape;
    const std::size_t lastA = a.size() - 1, lastB = b.size() - 1;
    const std::int64_t innerA = a[attributes.transposeA ? lastA - 1 : lastA], innerB = b[attributes.transposeB ? lastB : lastB - 1];
    if (innerA != innerB)
        return fail("op.gemm_inner",
                    {{"a", shapeText(a)}, {"b", shapeText(b)}, {"innerA", std::to_string(innerA)}, {"innerB", std::to_string(innerB)}});
    if (a.size() > 2 && b.size() > 2 && leading(a) != leading(b)) return fail("op.matrix_batch", {{"a", shapeText(a)}, {"b", shapeText(b)}});
    Shape shape = leading(a.size() > 2 ? a : b);
    shape.push_back(a[attributes.transposeA ? lastA : lastA - 1]);
    shape.push_back(b[attributes.transposeB ? lastB - 1 : lastB]);
    return outputs(std::move(shape));
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    const ValueId a = op.inputs[0], b = op.inputs[1], dy = arriving[0];
    const Shape shapeA = g.shape(a), shapeB = g.shape(b);
    const bool ta = op.as<GemmAttributes>().transposeA, tb = op.as<GemmAttributes>().transposeB;
    std::vector<ValueId> result(2, noValue);
    if (wanted[0]) result[0] = sumTo(g, ta ? ops::matMul(g, b, dy, tb, true) : ops::matMul(g, dy, b, false, !tb), shapeA);
    if (wanted[1]) result[1] = sumTo(g, tb ? ops::matMul(g, dy, a, true, ta) : ops::matMul(g, a, dy, !ta, false), shapeB);
    return result;
}

double flops(const Graph& g, const Op& op) {
    const Shape& a = g.shape(op.inputs[0]);
    return 2.0 * static_cast<double>(a[a.size() - (op.as<GemmAttributes>().transposeA ? 2 : 1)]) * oncePerOutput(g, op);
}

}  // namespace mat_mul_op_parts

const OpType& mat_mul_op() {
    using namespace mat_mul_op_parts;
    static const OpType type{.kind = OpKind::MatMul, .name = "mat_mul", .infer = infer, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}

}  // namespace lamina
