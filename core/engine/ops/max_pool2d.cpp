// The largest number of every window; its gradient goes to the place that won.
#include "core/engine/ops/pool2d.h"

namespace lamina {

namespace max_pool2d_op_parts {

OpOutputs inferBackward(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 3));
    LAMINA_CHECK(expectShape(inputs, 0, op.as<WindowAttributes>().otherShape));
    LAMINA_CHECK(expectShape(inputs, 1, inputs[2]->shape));
    return inferPoolBackward(op, inputs, 2);
}

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    WindowAttributes window = op.as<WindowAttributes>();
    window.otherShape = g.shape(op.inputs[0]);
    return {ops::maxPool2dBackward(g, op.inputs[0], op.outputs[0], arriving[0], window)};
}

double flops(const Graph& g, const Op& op) { return poolFlops(g, op, op.outputs[0]); }
double flopsBackward(const Graph& g, const Op& op) { return poolFlops(g, op, op.inputs[2]); }

}  // namespace max_pool2d_op_parts

const OpType& max_pool2d_op() {
    using namespace max_pool2d_op_parts;
    static const OpType type{
        .kind = OpKind::MaxPool2d, .name = "max_pool2d", .infer = inferPool, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}
const OpType& max_pool2d_backward_op() {
    using namespace max_pool2d_op_parts;
    static const OpType type{
        .kind = OpKind::MaxPool2dBackward, .name = "max_pool2d_backward", .infer = inferBackward,
        .gradient = nullptr, .flops = flopsBackward, .updates = {}};
    return type;
}

}  // namespace lamina
