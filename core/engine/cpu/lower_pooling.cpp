// Pooling, in the layout its input has.
#include "core/engine/cpu/lowering.h"

namespace lamina::cpu {

namespace lower_pooling_parts {

PoolShape poolShapeOf(const Shape& x, const Shape& y, const WindowAttributes& a) {
    PoolShape s;
    s.height = x[2];
    s.width = x[3];
    s.outHeight = y[2];
    s.outWidth = y[3];
    s.kernelHeight = a.kernel[0];
    s.kernelWidth = a.kernel[1];
    s.strideHeight = a.stride[0];
    s.strideWidth = a.stride[1];
    s.dilationHeight = a.dilation[0];
    s.dilationWidth = a.dilation[1];
    s.top = a.padding[0];
    s.left = a.padding[1];
    s.bottom = a.padding[2];
    s.right = a.padding[3];
    s.countPadding = a.countPadding;
    return s;
}

/// Planes per slice, so that a slice is worth claiming.
Cut planeCut(const Planes& planes) {
    return {planes.count(), std::max<std::int64_t>(1, pointwiseUnit / std::max<std::int64_t>(1, planes.planeSize()))};
}

template <class Visit>
void eachPlane(const Cut& cut, int slice, Visit&& visit) {
    for (std::int64_t plane = cut.first(slice); plane < cut.first(slice) + cut.length(slice); ++plane) visit(plane);
}

std::string implementationOf(const PlanBuilder& builder, Layout layout) {
    return std::string("own pooling ") + builder.kernels().name + " " + layoutName(layout);
}

void lowerForward(PlanBuilder& builder, const FusedOp& fused) {
    const bool maximum = fused.op.kind == OpKind::MaxPool2d;
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    const Layout layout = builder.layoutOf(x);
    const PoolShape shape = poolShapeOf(builder.shape(x), builder.shape(y), fused.op.as<WindowAttributes>());
    const Planes in = planesOf(builder.shape(x), layout), out = planesOf(builder.shape(y), layout);
    const Cut cut = planeCut(in);
    const int from = builder.in(x, layout), to = builder.out(y, layout);
    builder.addSliced(
        {from, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            const auto pool = maximum ? run.kernels.maxPool : run.kernels.averagePool;
            eachPlane(cut, slice, [&](std::int64_t plane) {
                pool(shape, in.lanes, static_cast<float*>(p[0]) + plane * in.planeSize(), static_cast<float*>(p[1]) + plane * out.planeSize());
            });
        },
        implementationOf(builder, layout));
}

void lowerMaxBackward(PlanBuilder& builder, const FusedOp& fused) {
    const ValueId x = fused.op.inputs[0], y = fused.op.inputs[1], dy = fused.op.inputs[2], dx = fused.op.outputs[0];
    const Layout layout = builder.layoutOf(x);
    const PoolShape shape = poolShapeOf(builder.shape(x), builder.shape(y), fused.op.as<WindowAttributes>());
    const Planes in = planesOf(builder.shape(x), layout), out = planesOf(builder.shape(y), layout);
    const Cut cut = planeCut(in);
    const int fromX = builder.in(x, layout), fromY = builder.in(y, layout), fromDy = builder.in(dy, layout), to = builder.out(dx, layout);
    builder.addSliced(
        {fromX, fromY, fromDy, to}, cut.slices(),
        [=, masked = fused.maskedByInput](const RunContext& run, void* const* p, int slice) {
            eachPlane(cut, slice, [&](std::int64_t plane) {
                const auto large = [&](int i) { return static_cast<float*>(p[i]) + plane * in.planeSize(); };
                const auto small = [&](int i) { return static_cast<float*>(p[i]) + plane * out.planeSize(); };
                run.kernels.maxPoolBackward(shape, in.lanes, masked, large(0), small(1), small(2), large(3));
            });
        },
        implementationOf(builder, layout));
}

void lowerAverageBackward(PlanBuilder& builder, const FusedOp& fused) {
    const ValueId dy = fused.op.inputs[0], dx = fused.op.outputs[0];
    const Layout layout = builder.layoutOf(dy);
    const PoolShape shape = poolShapeOf(builder.shape(dx), builder.shape(dy), fused.op.as<WindowAttributes>());
    const Planes in = planesOf(builder.shape(dx), layout), out = planesOf(builder.shape(dy), layout);
    const Cut cut = planeCut(in);
    const int from = builder.in(dy, layout), to = builder.out(dx, layout);
    builder.addSliced(
        {from, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            eachPlane(cut, slice, [&](std::int64_t plane) {
                run.kernels.averagePoolBackward(shape, in.lanes, static_cast<float*>(p[0]) + plane * out.planeSize(),
                                                static_cast<float*>(p[1]) + plane * in.planeSize());
            });
        },
        implementationOf(builder, layout));
}

}  // namespace lower_pooling_parts

void lowerPooling(PlanBuilder& builder, const FusedOp& fused) {
    using namespace lower_pooling_parts;
    if (fused.op.kind == OpKind::MaxPool2dBackward) return lowerMaxBackward(builder, fused);
    if (fused.op.kind == OpKind::AveragePool2dBackward) return lowerAverageBackward(builder, fused);
    lowerForward(builder, fused);
}

}  // namespace lamina::cpu
