// The average of every window; its gradient is spread evenly over the window.
#include "core/engine/ops/pool2d.h"

namespace lamina {

namespace average_pool2d_op_parts {

OpOutputs inferBackward(const Op& op, OpInputs inputs) { return inferPoolBackward(op, inputs, 0); }

std::vector<ValueId> gradient(Graph& g, const Op& op, Gradients arriving, const Wanted&) {
    WindowAttributes window = op.as<WindowAttributes>();
    window.otherShape = g.shape(op.inputs[0]);
    return {ops::averagePool2dBackward(g, arriving[0], window)};
}

double flops(const Graph& g, const Op& op) { return poolFlops(g, op, op.outputs[0]); }
double flopsBackward(const Graph& g, const Op& op) { return poolFlops(g, op, op.inputs[0]); }

}  // namespace average_pool2d_op_parts

const OpType& average_pool2d_op() {
    using namespace average_pool2d_op_parts;
    static const OpType type{
        .kind = OpKind::AveragePool2d, .name = "average_pool2d", .infer = inferPool, .gradient = gradient, .flops = flops, .updates = {}};
    return type;
}
const OpType& average_pool2d_backward_op() {
    using namespace average_pool2d_op_parts;
    static const OpType type{.kind = OpKind::AveragePool2dBackward, .name = "average_pool2d_backward", .infer = inferBackward,
                             .gradient = nullptr, .flops = flopsBackward, .updates = {}};
    return type;
}

}  // namespace lamina
