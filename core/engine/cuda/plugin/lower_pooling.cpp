#include "core/engine/cuda/plugin/lowering.h"

namespace lamina::cuda {

namespace {

Pooling poolingOf(const Shape& x, const Shape& y, const WindowAttributes& window) {
    const auto number = [](std::int64_t n) { return static_cast<int>(n); };
    return {number(x[0] * x[1]),
            number(x[2]),
            number(x[3]),
            number(y[2]),
            number(y[3]),
            number(window.kernel[0]),
            number(window.kernel[1]),
            number(window.stride[0]),
            number(window.stride[1]),
            number(window.dilation[0]),
            number(window.dilation[1]),
            number(window.padding[0]),
            number(window.padding[1]),
            window.countPadding};
}

}  // namespace

void lowerPooling(PlanBuilder& builder, const FusedOp& fused) {
    const Op& op = fused.op;
    const bool backward = op.kind == OpKind::MaxPool2dBackward || op.kind == OpKind::AveragePool2dBackward;
    const ValueId large = backward ? op.outputs[0] : op.inputs[0], small = backward ? op.inputs.back() : op.outputs[0];
    const Pooling p = poolingOf(builder.shape(large), builder.shape(small), op.as<WindowAttributes>());
    const bool masked = fused.maskedByInput;
    if (op.kind == OpKind::MaxPool2dBackward) {
        builder.add(
            {builder.in(op.inputs[0]), builder.in(op.inputs[2]), builder.out(op.outputs[0])},
            [=](const Launch& launch, void* const* a) { maxPoolBackward(launch.stream, p, masked, floats(a[0]), floats(a[1]), floats(a[2])); },
            "own");
        return;
    }
    const auto kind = op.kind;
    builder.add(
        {builder.in(op.inputs[0]), builder.out(op.outputs[0])},
        [=](const Launch& launch, void* const* a) {
            if (kind == OpKind::MaxPool2d) maxPool(launch.stream, p, floats(a[0]), floats(a[1]));
            else if (kind == OpKind::AveragePool2d) averagePool(launch.stream, p, floats(a[0]), floats(a[1]));
            else averagePoolBackward(launch.stream, p, floats(a[0]), floats(a[1]));
        },
        "own");
}

}  // namespace lamina::cuda
