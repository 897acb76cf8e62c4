// Convolution and its gradients: own kernels that multiply without writing the window matrix down.
#include "core/engine/cuda/plugin/lowering.h"

namespace lamina::cuda {

namespace {

Convolution convolutionOf(const Shape& x, const Shape& w, const Shape& y, const WindowAttributes& window) {
    const auto number = [](std::int64_t n) { return static_cast<int>(n); };
    const int groups = number(window.groups);
    return {number(x[0]),
            number(x[1]) / groups,
            number(x[2]),
            number(x[3]),
            number(y[1]) / groups,
            number(y[2]),
            number(y[3]),
            number(w[2]),
            number(w[3]),
            number(window.stride[0]),
            number(window.stride[1]),
            number(window.dilation[0]),
            number(window.dilation[1]),
            number(window.padding[0]),
            number(window.padding[1]),
            groups};
}

/// The table of taps, made when the plan is bound.
std::function<std::vector<std::byte>(void* const*)> tapsOf(ConvolutionKind kind, const Convolution& c) {
    return [=](void* const*) {
        std::vector<Tap> taps(static_cast<std::size_t>(tapCount(kind, c)));
        fillTaps(kind, c, taps.data());
        return bytesOf(taps);
    };
}
const Tap* taps(void* p) { return static_cast<const Tap*>(p); }

void lowerForward(PlanBuilder& builder, const Op& op, const WindowAttributes& window) {
    const Convolution c = convolutionOf(builder.shape(op.inputs[0]), builder.shape(op.inputs[1]), builder.shape(op.outputs[0]), window);
    const Epilogue epilogue{window.activation.has_value(), window.activation.value_or(UnaryKind::Relu), static_cast<float>(window.activationAlpha)};
    builder.add(
        {builder.in(op.inputs[0]), builder.in(op.inputs[1]), window.bias ? builder.in(op.inputs[2]) : -1, builder.out(op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            convolve(launch.stream, c, taps(p[4]), floats(p[0]), floats(p[1]), floats(p[2]), epilogue, floats(p[3]));
        },
        "own implicit product", tapsOf(ConvolutionKind::Forward, c));
}

void lowerBackwardData(PlanBuilder& builder, const Op& op, const WindowAttributes& window) {
    const Convolution c = convolutionOf(builder.shape(op.outputs[0]), builder.shape(op.inputs[1]), builder.shape(op.inputs[0]), window);
    builder.add(
        {builder.in(op.inputs[0]), builder.in(op.inputs[1]), builder.out(op.outputs[0])},
        [=](const Launch& launch, void* const* p) { convolveBackwardData(launch.stream, c, taps(p[3]), floats(p[0]), floats(p[1]), floats(p[2])); },
        "own implicit product", tapsOf(ConvolutionKind::BackwardData, c));
}

void lowerBackwardWeights(PlanBuilder& builder, const Op& op, const WindowAttributes& window) {
    const Convolution c = convolutionOf(builder.shape(op.inputs[0]), builder.shape(op.outputs[0]), builder.shape(op.inputs[1]), window);
    const int parts = weightParts(c);
    const int partials = parts > 1 ? builder.scratch(parts * elementCount(builder.shape(op.outputs[0])) * 4) : -1;
    builder.add(
        {builder.in(op.inputs[0]), builder.in(op.inputs[1]), partials, builder.out(op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            convolveBackwardWeights(launch.stream, c, taps(p[4]), floats(p[0]), floats(p[1]), floats(p[2]), floats(p[3]));
        },
        "own implicit product, " + std::to_string(parts) + (parts == 1 ? " part" : " parts"), tapsOf(ConvolutionKind::BackwardWeights, c));
}

}  // namespace

void lowerConvolution(PlanBuilder& builder, const FusedOp& fused) {
    const auto& window = fused.op.as<WindowAttributes>();
    if (fused.op.kind == OpKind::Conv2d) return lowerForward(builder, fused.op, window);
    if (fused.op.kind == OpKind::Conv2dBackwardData) return lowerBackwardData(builder, fused.op, window);
    lowerBackwardWeights(builder, fused.op, window);
}

}  // namespace lamina::cuda
