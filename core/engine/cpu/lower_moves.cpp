// Concat, slice and pad: blocks of neighbours copied from one place to another.
#include <algorithm>
#include <cstring>
#include <optional>

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

/// Rows of y that reach from one border of the innermost padded axis to the other.
struct PaddedRows {
    Shape from, to;
    std::vector<std::int64_t> before;
    std::size_t axis;  ///< the innermost padded one
    std::int64_t inner;

    PaddedRows(const Shape& x, const Shape& y, std::vector<std::int64_t> paddingBefore) : from(x), to(y), before(std::move(paddingBefore)), axis(0) {
        for (std::size_t i = 0; i < x.size(); ++i)
            if (x[i] != y[i]) axis = i;
        inner = product(x, axis + 1, x.size());
    }
    std::int64_t count() const { return product(to, 0, axis); }
    std::int64_t length() const { return to[axis] * inner; }
    /// The row of x that lies in this row of y; -1: none does.
    std::int64_t source(std::int64_t row) const {
        std::int64_t place = 0, step = 1;
        for (std::size_t i = axis; i-- > 0; row /= to[i]) {
            const std::int64_t at = row % to[i] - before[i];
            if (at < 0 || at >= from[i]) return -1;
            place += at * step;
            step *= from[i];
        }
        return place;
    }
};

}  // namespace

void lowerPad(PlanBuilder& builder, const FusedOp& fused) {
    const auto& attributes = fused.op.as<PadAttributes>();
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    if (builder.shape(x) == builder.shape(y)) return builder.alias(y, x);
    const PaddedRows rows(builder.shape(x), builder.shape(y), attributes.before);
    const Cut cut{rows.count(), std::max<std::int64_t>(1, pointwiseUnit / std::max<std::int64_t>(1, rows.length()))};
    const int from = builder.in(x), to = builder.out(y);
    builder.addSliced(
        {from, to}, cut.slices(),
        [=, value = static_cast<float>(attributes.value)](const RunContext&, void* const* p, int slice) {
            const std::int64_t head = rows.before[rows.axis] * rows.inner, length = rows.from[rows.axis] * rows.inner;
            for (std::int64_t row = cut.first(slice); row < cut.first(slice) + cut.length(slice); ++row) {
                float* const out = static_cast<float*>(p[1]) + row * rows.length();
                const std::int64_t source = rows.source(row);
                const std::int64_t copied = source < 0 ? 0 : length, filled = source < 0 ? rows.length() : head;
                std::fill_n(out, filled, value);
                if (copied == 0) continue;
                std::memcpy(out + head, static_cast<float*>(p[0]) + source * length, static_cast<std::size_t>(length) * sizeof(float));
                std::fill_n(out + head + length, rows.length() - head - length, value);
            }
        },
        "copy");
}

namespace {

/// Interleaved channels stay so where every part but the last fills whole blocks: blocks then follow one another.
std::optional<Layout> blockedConcat(const PlanBuilder& builder, const FusedOp& fused) {
    const Layout layout = builder.layoutOf(fused.op.inputs[0]);
    if (layout == Layout::Plain || fused.op.as<AxisAttributes>().axis != 1) return std::nullopt;
    for (ValueId part : fused.op.inputs)
        if (builder.layoutOf(part) != layout || (part != fused.op.inputs.back() && builder.shape(part)[1] % lanesOf(layout) != 0)) return std::nullopt;
    return layout;
}

void lowerBlockedConcat(PlanBuilder& builder, const FusedOp& fused, Layout layout) {
    constexpr std::int64_t item = sizeof(float);
    const ValueId y = fused.op.outputs[0];
    const std::int64_t rows = builder.shape(y)[0], stride = physicalCount(builder.shape(y), layout) / std::max<std::int64_t>(1, rows) * item;
    std::vector<int> from;
    for (ValueId part : fused.op.inputs) from.push_back(builder.in(part, layout));
    const int to = builder.out(y, layout);
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const std::int64_t length = physicalCount(builder.shape(fused.op.inputs[i]), layout) / std::max<std::int64_t>(1, rows) * item;
        addMove(builder, from[i], to, rows, length, length, 0, stride, offset);
        offset += length;
    }
}

}  // namespace

void lowerConcat(PlanBuilder& builder, const FusedOp& fused) {
    if (const auto layout = blockedConcat(builder, fused)) return lowerBlockedConcat(builder, fused, *layout);
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
    const Layout layout = builder.layoutOf(x);
    const std::int64_t lanes = lanesOf(layout);
    if (lanes > 1 && axis == 1 && attributes.begin % lanes == 0 && (out[1] % lanes == 0 || attributes.begin + out[1] == in[1])) {
        const Planes planes = planesOf(in, layout);
        const std::int64_t plane = planes.planeSize() * item, length = planesOf(out, layout).groups * plane;
        const int from = builder.in(x, layout), to = builder.out(y, layout);
        return addMove(builder, from, to, in[0], length, planes.groups * plane, attributes.begin / lanes * plane, length, 0);
    }
    const std::int64_t inner = product(in, axis + 1, in.size()) * item, length = product(out, axis, out.size()) * item;
    const int from = builder.in(x), to = builder.out(y);
    addMove(builder, from, to, product(in, 0, axis), length, in[axis] * inner, attributes.begin * inner, length, 0);
}

}  // namespace lamina::cpu
