// Rows of a table by their numbers: gather, its gradient, one-hot.
#include <algorithm>
#include <cstring>

#include "core/engine/cpu/lowering.h"
#include "core/engine/formulas/indices.h"

namespace lamina::cpu {

namespace {

/// The indices of an op: whole or real numbers.
struct Indices {
    std::int64_t count, rows;
    bool whole;
    Indices(const PlanBuilder& builder, ValueId value, std::int64_t tableRows)
        : count(elementCount(builder.shape(value))), rows(tableRows), whole(builder.graph().value(value).type == DType::Int32) {}
    /// -1 where the index lies outside the table.
    std::int64_t at(const void* indices, std::int64_t i) const {
        return whole ? formulas::rowOf(static_cast<const std::int32_t*>(indices)[i], rows) : formulas::rowOf(static_cast<const float*>(indices)[i], rows);
    }
};

Cut rowsOf(std::int64_t count, std::int64_t width) { return {count, std::max<std::int64_t>(1, pointwiseUnit / std::max<std::int64_t>(1, width))}; }

void lowerGather(PlanBuilder& builder, const FusedOp& fused) {
    const Shape& table = builder.shape(fused.op.inputs[0]);
    const Indices indices(builder, fused.op.inputs[1], table[0]);
    const Cut cut = rowsOf(indices.count, table[1]);
    const int from = builder.in(fused.op.inputs[0]), by = builder.in(fused.op.inputs[1]), to = builder.out(fused.op.outputs[0]);
    builder.addSliced(
        {from, by, to}, cut.slices(),
        [=, width = table[1]](const RunContext&, void* const* p, int slice) {
            const auto bytes = static_cast<std::size_t>(width) * sizeof(float);
            for (std::int64_t i = cut.first(slice); i < cut.first(slice) + cut.length(slice); ++i) {
                const std::int64_t row = indices.at(p[1], i);
                if (row >= 0) std::memcpy(static_cast<float*>(p[2]) + i * width, static_cast<float*>(p[0]) + row * width, bytes);
                else std::memset(static_cast<float*>(p[2]) + i * width, 0, bytes);
            }
        },
        "own rows");
}

/// The places of every row's index, sorted by row and, within it, by place: a counting sort. starts: rows + 2 numbers.
void sortByRow(const Indices& indices, const void* numbers, std::int32_t* starts, std::int32_t* places) {
    std::fill_n(starts, indices.rows + 2, 0);
    for (std::int64_t i = 0; i < indices.count; ++i) ++starts[indices.at(numbers, i) + 2];
    starts[1] = 0;  // what lies outside is left out
    for (std::int64_t row = 0; row < indices.rows; ++row) starts[row + 2] += starts[row + 1];
    for (std::int64_t i = 0; i < indices.count; ++i)
        if (const std::int64_t row = indices.at(numbers, i); row >= 0) places[starts[row + 1]++] = static_cast<std::int32_t>(i);
}

/// Every row of the table is summed by one slice, in the order of the indices.
void lowerGatherBackward(PlanBuilder& builder, const FusedOp& fused) {
    const Shape& table = builder.shape(fused.op.outputs[0]);
    const Indices indices(builder, fused.op.inputs[0], table[0]);
    const int by = builder.in(fused.op.inputs[0]), from = builder.in(fused.op.inputs[1]);
    const int starts = builder.scratch((table[0] + 2) * 4), places = builder.scratch(indices.count * 4), to = builder.out(fused.op.outputs[0]);
    builder.addSliced(
        {by, starts, places}, 1,
        [=](const RunContext&, void* const* p, int) { sortByRow(indices, p[0], static_cast<std::int32_t*>(p[1]), static_cast<std::int32_t*>(p[2])); },
        "counting sort");
    const Cut cut = rowsOf(table[0], table[1]);
    builder.addSliced(
        {starts, places, from, to}, cut.slices(),
        [=, width = table[1]](const RunContext& run, void* const* p, int slice) {
            const std::int32_t *const ends = static_cast<std::int32_t*>(p[0]) + 1, *const order = static_cast<std::int32_t*>(p[1]);
            for (std::int64_t row = cut.first(slice); row < cut.first(slice) + cut.length(slice); ++row) {
                float* const sum = static_cast<float*>(p[3]) + row * width;
                std::fill_n(sum, width, 0.0f);
                for (std::int32_t i = row == 0 ? 0 : ends[row - 1]; i < ends[row]; ++i)
                    run.kernels.addTo(sum, static_cast<float*>(p[2]) + order[i] * width, width);
            }
        },
        "own sums");
}

void lowerOneHot(PlanBuilder& builder, const FusedOp& fused) {
    const std::int64_t classes = fused.op.as<AxisAttributes>().length;
    const Indices indices(builder, fused.op.inputs[0], classes);
    const Cut cut = rowsOf(indices.count, classes);
    const int by = builder.in(fused.op.inputs[0]), to = builder.out(fused.op.outputs[0]);
    builder.addSliced(
        {by, to}, cut.slices(),
        [=](const RunContext&, void* const* p, int slice) {
            float* const y = static_cast<float*>(p[1]);
            std::fill_n(y + cut.first(slice) * classes, cut.length(slice) * classes, 0.0f);
            for (std::int64_t i = cut.first(slice); i < cut.first(slice) + cut.length(slice); ++i)
                if (const std::int64_t row = indices.at(p[0], i); row >= 0) y[i * classes + row] = 1.0f;
        },
        "own rows");
}

}  // namespace

void lowerRows(PlanBuilder& builder, const FusedOp& fused) {
    if (fused.op.kind == OpKind::Gather) return lowerGather(builder, fused);
    if (fused.op.kind == OpKind::GatherBackward) return lowerGatherBackward(builder, fused);
    lowerOneHot(builder, fused);
}

}  // namespace lamina::cpu
