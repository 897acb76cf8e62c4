// Convolution and its two gradients, one idea: y depends linearly on x and on w.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace conv2d_op_parts {

/// The shape of y for x[N,C,H,W] and w[O,C/groups,kh,kw].
Result<Shape> convolvedShape(const Shape& x, const Shape& w, const WindowAttributes& window) {
    const std::int64_t groups = window.groups;
    if (groups < 1 || x[1] % groups != 0 || w[0] % groups != 0 || x[1] / groups != w[1])
        return fail("op.conv_channels", {{"x", shapeText(x)}, {"w", shapeText(w)}, {"groups", std::to_string(groups)}});
    if (w[2] != window.kernel[0] || w[3] != window.kernel[1])
        return fail("op.conv_kernel", {{"w", shapeText(w)}, {"kernel", shapeText({window.kernel[0], window.kernel[1]})}});
    LAMINA_TRY(const auto sizes, windowSizes(x, window));
    return Shape{x[0], w[0], sizes[0], sizes[1]};
}

OpOutputs infer(const Op& op, OpInputs inputs) {
    const auto& window = op.as<WindowAttributes>();
    LAMINA_CHECK(expectCount(inputs, window.bias ? 3 : 2));
    LAMINA_CHECK(expectAxes(inputs, 0, 4));
    LAMINA_CHECK(expectAxes(inputs, 1, 4));
    if (window.bias) LAMINA_CHECK(expectShape(inputs, 2, {inputs[1]->shape[0]}));
    LAMINA_TRY(auto shape, convolvedShape(inputs[0]->shape, inputs[1]->shape, window));
    return outputs(std::move(shape));
}

/// Both gradients check that x, w and dy belong together and give otherShape.
OpOutputs inferBackward(const Op& op, OpInputs inputs, bool data) {
    const auto& window = op.as<WindowAttributes>();
    LAMINA_CHECK(expectCount(inputs, 2));
    LAMINA_CHECK(expectAxes(inputs, 0, 4));
    LAMINA_CHECK(expectAxes(inputs, 1, 4));
    if (window.otherShape.size() != 4) return fail("op.conv_other_shape", {{"shape", shapeText(window.otherShape)}});
    const Shape& x = data ? window.otherShape : inputs[0]->shape;
    const Shape& w = data ? inputs[1]->shape : window.otherShape;
    LAMINA_TRY(const auto dy, convolvedShape(x, w, window));
    LAMINA_CHECK(expectShape(inputs, data ? 0 : 1, dy));
    return outputs(window.otherShape);
}
OpOutputs inferBackwardData(const Op& op, OpInputs inputs) { return inferBackward(op, inputs, true); }
OpOutputs inferBackwardWeights(const Op& op, OpInputs inputs) { return inferBackward(op, inputs, false); }

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    std::vector<ValueId> result(op.inputs.size(), noValue);
    WindowAttributes window = op.as<WindowAttributes>();
    if (window.bias || window.activation) {
        g.refuse(fail("op.fused_gradient", {{"op", "conv2d"}, {"node", op.origin}}));
        return result;
    }
    const ValueId x = op.inputs[0], w = op.inputs[1], dy = arriving[0];
    window.otherShape = g.shape(x);
    if (wanted[0]) result[0] = ops::conv2dBackwardData(g, dy, w, window);
    window.otherShape = g.shape(w);
    if (wanted[1]) result[1] = ops::conv2dBackwardWeights(g, x, dy, window);
    return result;
}

/// Transposed convolution is BackwardData used as a forward op; what it is linear in are dy and w, so convolution gives its gradient.
std::vector<ValueId> gradientOfBackwardData(Graph& g, const Op& op, Gradients arriving, const Wanted& wanted) {
    std::vector<ValueId> result(2, noValue);
    WindowAttributes window = op.as<WindowAttributes>();
    const ValueId dy = op.inputs[0], w = op.inputs[1];
    window.otherShape.clear();
    if (wanted[0]) result[0] = ops::conv2d(g, arriving[0], w, window);
    window.otherShape = g.shape(w);
    if (wanted[1]) result[1] = ops::conv2dBackwardWeights(g, arriving[0], dy, window);
    return result;
}

/// Every element of y takes part in one product with each weight of its output channel.
double products(const Shape& y, const Shape& w) { return 2.0 * static_cast<double>(elementCount(y)) * static_cast<double>(w[1] * w[2] * w[3]); }
double flops(const Graph& g, const Op& op) { return products(g.shape(op.outputs[0]), g.shape(op.inputs[1])); }
double flopsBackwardData(const Graph& g, const Op& op) { return products(g.shape(op.inputs[0]), g.shape(op.inputs[1])); }
double flopsBackwardWeights(const Graph& g, const Op& op) { return products(g.shape(op.inputs[1]), g.shape(op.outputs[0])); }

}  // namespace conv2d_op_parts

const OpType& conv2d_op() {
    using namespace conv2d_op_parts;
    static const OpType type{.kind = OpKind::Conv2d, .name = "conv2d", .infer = infer, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}
const OpType& conv2d_backward_data_op() {
    using namespace conv2d_op_parts;
    static const OpType type{.kind = OpKind::Conv2dBackwardData, .name = "conv2d_backward_data", .infer = inferBackwardData,
                             .gradient = gradientOfBackwardData, .flops = flopsBackwardData, .updates = {}};
    return type;
}
const OpType& conv2d_backward_weights_op() {
    using namespace conv2d_op_parts;
    static const OpType type{.kind = OpKind::Conv2dBackwardWeights, .name = "conv2d_backward_weights", .infer = inferBackwardWeights,
                             .gradient = nullptr, .flops = flopsBackwardWeights, .updates = {}};
    return type;
}

}  // namespace lamina
