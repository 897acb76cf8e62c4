// C = A·B, either of them given transposed.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace gemm_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    const auto& attributes = op.as<GemmAttributes>();
    LAMINA_CHECK(expectCount(inputs, attributes.bias ? 3 : 2));
    LAMINA_CHECK(expectAxes(inputs, 0, 2));
    LAMINA_CHECK(expectAxes(inputs, 1, 2));
    const Shape &a = inputs[0]->shape, &b = inputs[1]->shape;
    const bool ta = attributes.transposeA, tb = attributes.transposeB;
    if (a[ta ? 0 : 1] != b[tb ? 1 : 0])
        return fail("op.gemm_inner", {{"a", shapeText(a)}, {"b", shapeText(b)},
                                      {"innerA", std::to_string(a[ta ? 0 : 1])}, {"innerB", std::to_string(b[tb ? 1 : 0])}});
    const std::int64_t columns = b[tb ? 0 : 1];
    if (attributes.bias) LAMINA_CHECK(expectShape(inputs, 2, {columns}));
    return outputs({a[ta ? 1 : 0], columns});
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    const auto& attributes = op.as<GemmAttributes>();
    std::vector<ValueId> result(op.inputs.size(), noValue);
    if (attributes.bias || attributes.activation) {
        g.refuse(fail("op.fused_gradient", {{"op", "gemm"}, {"node", op.origin}}));
        return result;
    }
    const ValueId a = op.inputs[0], b = op.inputs[1], dy = arriving[0];
    const bool ta = attributes.transposeA, tb = attributes.transposeB;
    if (wanted[0]) result[0] = ta ? ops::gemm(g, b, dy, tb, true) : ops::gemm(g, dy, b, false, !tb);
    if (wanted[1]) result[1] = tb ? ops::gemm(g, dy, a, true, ta) : ops::gemm(g, a, dy, !ta, false);
    return result;
}

double flops(const Graph& g, const Op& op) {
    const Shape& a = g.shape(op.inputs[0]);
    return 2.0 * static_cast<double>(a[op.as<GemmAttributes>().transposeA ? 0 : 1]) * oncePerOutput(g, op);
}

}  // namespace gemm_op_parts

const OpType& gemm_op() {
    using namespace gemm_op_parts;
    static const OpType type{.kind = OpKind::Gemm, .name = "gemm", .infer = infer, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}

}  // namespace lamina
