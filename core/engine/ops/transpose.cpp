// Axes in another order; the gradient goes the way back.
#include <algorithm>

#include "core/engine/ops/inference.h"

namespace lamina {

namespace transpose_op_parts {

std::string textOf(const std::vector<std::int64_t>& axes) {
    std::string text;
    for (std::int64_t axis : axes) text += (text.empty() ? "" : ", ") + std::to_string(axis);
    return text;
}

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    const Shape& x = inputs[0]->shape;
    const auto& axes = op.as<TransposeAttributes>().axes;
    auto sorted = axes;
    std::sort(sorted.begin(), sorted.end());
    bool each = axes.size() == x.size();
    for (std::size_t i = 0; each && i < sorted.size(); ++i) each = sorted[i] == static_cast<std::int64_t>(i);
    if (!each) return fail("op.transpose_axes", {{"axes", textOf(axes)}, {"shape", shapeText(x)}});
    Shape shape;
    for (std::int64_t axis : axes) shape.push_back(x[static_cast<std::size_t>(axis)]);
    return outputs(std::move(shape));
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    const auto& axes = op.as<TransposeAttributes>().axes;
    std::vector<std::int64_t> back(axes.size());
    for (std::size_t i = 0; i < axes.size(); ++i) back[static_cast<std::size_t>(axes[i])] = static_cast<std::int64_t>(i);
    return {ops::transpose(g, arriving[0], std::move(back))};
}

}  // namespace transpose_op_parts

const OpType& transpose_op() {
    using namespace transpose_op_parts;
    static const OpType type{.kind = OpKind::Transpose, .name = "transpose", .infer = infer, .gradient = gradient, .flops = noCost, .updates = {}};
    return type;
}

}  // namespace lamina
