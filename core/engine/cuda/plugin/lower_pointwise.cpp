// Point-wise ops, with and without broadcasting, and dropout.
#include <algorithm>

#include "core/engine/cuda/plugin/lowering.h"

namespace lamina::cuda {

namespace {

std::uint32_t sizeFromEnd(const Shape& shape, std::size_t fromEnd) {
    return fromEnd <= shape.size() ? static_cast<std::uint32_t>(shape[shape.size() - fromEnd]) : 1;
}

/// Axes of size 1 are left out; neighbours are joined where both inputs allow it.
BroadcastLoop loopOver(const Shape& a, const Shape& b, const Shape& out) {
    BroadcastLoop loop;
    loop.count = static_cast<std::uint32_t>(elementCount(out));
    std::uint32_t nextA = 1, nextB = 1;
    for (std::size_t fromEnd = 1; fromEnd <= out.size(); ++fromEnd) {
        const std::uint32_t size = sizeFromEnd(out, fromEnd), sizeA = sizeFromEnd(a, fromEnd), sizeB = sizeFromEnd(b, fromEnd);
        const std::uint32_t strideA = sizeA == 1 ? 0 : nextA, strideB = sizeB == 1 ? 0 : nextB;
        nextA *= sizeA;
        nextB *= sizeB;
        if (size == 1) continue;
        const int last = loop.axes - 1;
        if (last >= 0 && strideA == loop.strideA[last] * loop.size[last] && strideB == loop.strideB[last] * loop.size[last]) {
            loop.size[last] *= size;
            continue;
        }
        loop.size[loop.axes] = size;
        loop.strideA[loop.axes] = strideA;
        loop.strideB[loop.axes++] = strideB;
    }
    return loop;
}

}  // namespace

void lowerUnary(PlanBuilder& builder, const FusedOp& fused) {
    const auto attributes = fused.op.as<UnaryAttributes>();
    const int count = countOf(builder.shape(fused.op.outputs[0]));
    builder.add(
        {builder.in(fused.op.inputs[0]), builder.out(fused.op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            unary(launch.stream, attributes.kind, static_cast<float>(attributes.alpha), floats(p[0]), floats(p[1]), count);
        },
        "own");
}

void lowerUnaryBackward(PlanBuilder& builder, const FusedOp& fused) {
    const auto attributes = fused.op.as<UnaryAttributes>();
    const auto& in = fused.op.inputs;
    const int count = countOf(builder.shape(fused.op.outputs[0]));
    builder.add(
        {builder.in(in[0]), builder.in(in[1]), builder.in(in[2]), builder.out(fused.op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            unaryBackward(launch.stream, attributes.kind, static_cast<float>(attributes.alpha), floats(p[0]), floats(p[1]), floats(p[2]),
                          floats(p[3]), count);
        },
        "own");
}

void lowerBinary(PlanBuilder& builder, const FusedOp& fused) {
    const auto kind = fused.op.as<BinaryAttributes>().kind;
    const auto& in = fused.op.inputs;
    const BroadcastLoop loop = loopOver(builder.shape(in[0]), builder.shape(in[1]), builder.shape(fused.op.outputs[0]));
    builder.add(
        {builder.in(in[0]), builder.in(in[1]), builder.out(fused.op.outputs[0])},
        [=](const Launch& launch, void* const* p) { binary(launch.stream, kind, loop, floats(p[0]), floats(p[1]), floats(p[2])); }, "own");
}

void lowerBroadcast(PlanBuilder& builder, const FusedOp& fused) {
    const Shape& x = builder.shape(fused.op.inputs[0]);
    const BroadcastLoop loop = loopOver(x, x, builder.shape(fused.op.outputs[0]));
    builder.add(
        {builder.in(fused.op.inputs[0]), builder.out(fused.op.outputs[0])},
        [=](const Launch& launch, void* const* p) { broadcast(launch.stream, loop, floats(p[0]), floats(p[1])); }, "own");
}

void lowerDropout(PlanBuilder& builder, const FusedOp& fused) {
    const auto attributes = fused.op.as<DropoutAttributes>();
    const int count = countOf(builder.shape(fused.op.outputs[0]));
    const auto rate = static_cast<float>(attributes.rate), scale = static_cast<float>(1 / (1 - attributes.rate));
    builder.add(
        {builder.in(fused.op.inputs[0]), builder.out(fused.op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            dropout(launch.stream, launch.record, attributes.stream, rate, scale, floats(p[0]), floats(p[1]), count);
        },
        "own, Philox");
}

}  // namespace lamina::cuda
