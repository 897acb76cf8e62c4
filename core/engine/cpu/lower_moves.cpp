// Concat and slice: blocks of neighbours copied from one place to another.
#include <cstring>

#include "core/engine/cpu/lowering.h"

namespace lamina::cpu {

namespace {

std::int64_t product(const Shape& shape, std::size_t first, std::size_t last) {
    std::int64_t result = 1;
    for (std::size_t i = first; i < last; ++i) result *= shape[i];
    return result;
}

/// Copies `rows` rows of `length` bytes between two rows of other lengths.
void addMove(PlanBuilder& builder, int from, int to, std::int64_t rows, std::int64_t length, std::int64_t fromStride, std::int64_t fromOffset,
             std::int64_t toStride, std::int64_t toOffset) {
    const Cut cut{rows, std::max<std::int64_t>(1, 4 * pointwiseUnit / std::max<std::int64_t>(1, length))};
    builder.addSliced(
        {from, to}, cut.slices(),
        [=](const RunContext&, void* const* p, int slice) {
            for (std::int64_t row = cut.first(slice); row < cut.first(slice) + cut.length(slice); ++row)
                std::memcpy(static_cast<std::byte*>(p[1]) + row * toStride + toOffset, static_cast<std::byte*>(p[0]) + row * fromStride + fromOffset,
                            static_cast<std::size_t>(length));
        },
        "copy");
}

}  // namespace

void lowerConcat(PlanBuilder& builder, const FusedOp& fused) {
    const ValueId y = fused.op.outputs[0];
    const Shape& out = builder.shape(y);
    const auto axis = static_cast<std::size_t>(fused.op.as<AxisAttributes>().axis);
    const auto item = static_cast<std::int64_t>(dtypeSize(builder.graph().value(y).type));
    std::vector<int> from;
    for (ValueId part : fused.op.inputs) from.push_back(builder.in(part));
    const int to = builder.out(y);
    const std::int64_t rows = product(out, 0, axis), stride = product(out, axis, out.size()) * item;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const Shape& part = builder.shape(fused.op.inputs[i]);
        const std::int64_t length = product(part, axis, part.size()) * item;
        addMove(builder, from[i], to, rows, length, length, 0, stride, offset);
        offset += length;
    }
}

void lowerSlice(PlanBuilder& builder, const FusedOp& fused) {
    const auto attributes = fused.op.as<AxisAttributes>();
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    const Shape &in = builder.shape(x), &out = builder.shape(y);
    const auto axis = static_cast<std::size_t>(attributes.axis);
    const auto item = static_cast<std::int64_t>(dtypeSize(builder.graph().value(x).type));
    const std::int64_t inner = product(in, axis + 1, in.size()) * item, length = product(out, axis, out.size()) * item;
    const int from = builder.in(x), to = builder.out(y);
    addMove(builder, from, to, product(in, 0, axis), length, in[axis] * inner, attributes.begin * inner, length, 0);
}

}  // namespace lamina::cpu
