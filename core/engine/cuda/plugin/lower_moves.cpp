// Reshape: another name for the same memory. Concat and slice: blocks of neighbours copied from one place to another. All types here have 32 bits.
#include "core/engine/cuda/plugin/lowering.h"

namespace lamina::cuda {

namespace {

std::int64_t product(const Shape& shape, std::size_t first, std::size_t last) {
    std::int64_t result = 1;
    for (std::size_t i = first; i < last; ++i) result *= shape[i];
    return result;
}

/// Copies `rows` rows of `length` numbers from `fromOffset` on to `toOffset` on.
void addMove(PlanBuilder& builder, int from, int to, std::int64_t rows, std::int64_t length, std::int64_t fromStride, std::int64_t fromOffset,
             std::int64_t toStride, std::int64_t toOffset) {
    builder.add(
        {from, to},
        [=](const Launch& launch, void* const* p) {
            copyRows(launch.stream, static_cast<const std::uint32_t*>(p[0]) + fromOffset, static_cast<std::uint32_t>(fromStride),
                     static_cast<std::uint32_t*>(p[1]) + toOffset, static_cast<std::uint32_t>(toStride), static_cast<int>(rows),
                     static_cast<int>(length));
        },
        "own copy");
}

}  // namespace

void lowerReshape(PlanBuilder& builder, const FusedOp& fused) { builder.alias(fused.op.outputs[0], fused.op.inputs[0]); }

void lowerConcat(PlanBuilder& builder, const FusedOp& fused) {
    const Shape& out = builder.shape(fused.op.outputs[0]);
    const auto axis = static_cast<std::size_t>(fused.op.as<AxisAttributes>().axis);
    const int to = builder.out(fused.op.outputs[0]);
    std::int64_t offset = 0;
    for (ValueId input : fused.op.inputs) {
        const Shape& part = builder.shape(input);
        const std::int64_t length = product(part, axis, part.size());
        addMove(builder, builder.in(input), to, product(out, 0, axis), length, length, 0, product(out, axis, out.size()), offset);
        offset += length;
    }
}

void lowerSlice(PlanBuilder& builder, const FusedOp& fused) {
    const auto attributes = fused.op.as<AxisAttributes>();
    const Shape &in = builder.shape(fused.op.inputs[0]), &out = builder.shape(fused.op.outputs[0]);
    const auto axis = static_cast<std::size_t>(attributes.axis);
    const std::int64_t inner = product(in, axis + 1, in.size()), length = product(out, axis, out.size());
    addMove(builder, builder.in(fused.op.inputs[0]), builder.out(fused.op.outputs[0]), product(in, 0, axis), length, in[axis] * inner,
            attributes.begin * inner, length, 0);
}

}  // namespace lamina::cuda
