// Softmax and the losses.
#include <algorithm>
#include <cmath>

#include "core/engine/cpu/lowering.h"

namespace lamina::cpu {

namespace {

/// Vectors along an axis, in blocks of those that lie side by side.
struct Vectors {
    static constexpr std::int64_t mostColumns = 64;
    std::int64_t outer = 1, length, inner = 1;
    Vectors(const Shape& shape, std::int64_t axis) : length(shape[static_cast<std::size_t>(axis)]) {
        for (std::size_t i = 0; i < shape.size(); ++i)
            if (static_cast<std::int64_t>(i) != axis) (static_cast<std::int64_t>(i) < axis ? outer : inner) *= shape[i];
    }
    std::int64_t blocks() const { return (inner + mostColumns - 1) / mostColumns; }
    std::int64_t columns(std::int64_t block) const { return std::min(mostColumns, inner - block % blocks() * mostColumns); }
    std::int64_t start(std::int64_t block) const { return block / blocks() * length * inner + block % blocks() * mostColumns; }
    Cut cut() const {
        const std::int64_t numbers = std::max<std::int64_t>(1, length * std::min(inner, mostColumns));
        return {length == 0 ? 0 : outer * blocks(), std::max<std::int64_t>(1, pointwiseUnit / 4 / numbers)};
    }
};

const char* const ownLoop = "own loop";

/// Sums float64 parts in order into one number.
void addTotal(PlanBuilder& builder, int partial, int to, int parts, double factor) {
    builder.addSliced(
        {partial, to}, 1,
        [=](const RunContext&, void* const* p, int) {
            double total = 0;
            for (int i = 0; i < parts; ++i) total += static_cast<double*>(p[0])[i];
            *static_cast<float*>(p[1]) = static_cast<float>(total * factor);
        },
        "sum of parts");
}

int partialSums(PlanBuilder& builder, int count) { return builder.scratch(count * static_cast<std::int64_t>(sizeof(double))); }

Cut lossRowCut(const Shape& logits) { return {logits[0], std::max<std::int64_t>(1, 512 / std::max<std::int64_t>(1, logits[1]))}; }

void lowerCrossEntropy(PlanBuilder& builder, const FusedOp& fused) {
    const Shape& logits = builder.shape(fused.op.inputs[0]);
    const Cut cut = lossRowCut(logits);
    const int z = builder.in(fused.op.inputs[0]), labels = builder.in(fused.op.inputs[1]), partial = partialSums(builder, cut.slices());
    builder.addSliced(
        {z, labels, partial}, cut.slices(),
        [=, classes = logits[1]](const RunContext& run, void* const* p, int slice) {
            double total = 0;
            for (std::int64_t row = cut.first(slice); row < cut.first(slice) + cut.length(slice); ++row)
                total += run.kernels.crossEntropyRow(static_cast<float*>(p[0]) + row * classes, classes, static_cast<std::int32_t*>(p[1])[row]);
            static_cast<double*>(p[2])[slice] = total;
        },
        ownLoop);
    addTotal(builder, partial, builder.out(fused.op.outputs[0]), cut.slices(), 1 / static_cast<double>(std::max<std::int64_t>(1, logits[0])));
}

void lowerCrossEntropyBackward(PlanBuilder& builder, const FusedOp& fused) {
    const Shape& logits = builder.shape(fused.op.inputs[0]);
    const Cut cut = lossRowCut(logits);
    const int z = builder.in(fused.op.inputs[0]), labels = builder.in(fused.op.inputs[1]), dLoss = builder.in(fused.op.inputs[2]);
    const int dz = builder.outOver(fused.op.outputs[0], fused.op.inputs[0]);
    builder.addSliced(
        {z, labels, dLoss, dz}, cut.slices(),
        [=, rows = logits[0], classes = logits[1]](const RunContext& run, void* const* p, int slice) {
            const float scale = *static_cast<float*>(p[2]) / static_cast<float>(rows);
            for (std::int64_t row = cut.first(slice); row < cut.first(slice) + cut.length(slice); ++row)
                run.kernels.crossEntropyBackwardRow(static_cast<float*>(p[0]) + row * classes, classes, static_cast<std::int32_t*>(p[1])[row], scale,
                                                    static_cast<float*>(p[3]) + row * classes);
        },
        ownLoop);
}

void lowerBinaryCrossEntropy(PlanBuilder& builder, const FusedOp& fused) {
    const Cut cut{elementCount(builder.shape(fused.op.inputs[0])), pointwiseUnit / 8};
    const int z = builder.in(fused.op.inputs[0]), t = builder.in(fused.op.inputs[1]), partial = partialSums(builder, cut.slices());
    builder.addSliced(
        {z, t, partial}, cut.slices(),
        [=](const RunContext& run, void* const* p, int s) {
            static_cast<double*>(p[2])[s] =
                run.kernels.binaryCrossEntropy(static_cast<float*>(p[0]) + cut.first(s), static_cast<float*>(p[1]) + cut.first(s), cut.length(s));
        },
        ownLoop);
    addTotal(builder, partial, builder.out(fused.op.outputs[0]), cut.slices(), 1 / static_cast<double>(std::max<std::int64_t>(1, cut.total)));
}

void lowerBinaryCrossEntropyBackward(PlanBuilder& builder, const FusedOp& fused) {
    const Cut cut{elementCount(builder.shape(fused.op.inputs[0])), pointwiseUnit / 8};
    const int z = builder.in(fused.op.inputs[0]), t = builder.in(fused.op.inputs[1]), dLoss = builder.in(fused.op.inputs[2]);
    const int dz = builder.outOver(fused.op.outputs[0], fused.op.inputs[0]);
    builder.addSliced(
        {z, t, dLoss, dz}, cut.slices(),
        [=](const RunContext& run, void* const* p, int s) {
            const auto from = [&](int i) { return static_cast<float*>(p[i]) + cut.first(s); };
            run.kernels.binaryCrossEntropyBackward(from(0), from(1), *static_cast<float*>(p[2]) / static_cast<float>(cut.total), from(3),
                                                   cut.length(s));
        },
        ownLoop);
}

}  // namespace

namespace {

/// What a softmax op reads and writes, from one place on.
struct SoftmaxPlaces {
    float *x, *second, *y;  ///< backward: x is softmax's y, second its gradient
    SoftmaxPlaces(void* const* p, std::int64_t at) : x(static_cast<float*>(p[0]) + at), second(static_cast<float*>(p[1])), y(static_cast<float*>(p[2]) + at) {
        if (second) second += at;
    }
};

void softmaxRows(const Kernels& k, OpKind kind, const SoftmaxPlaces& p, std::int64_t rows, std::int64_t n) {
    for (std::int64_t at = 0; at < rows * n; at += n) {
        if (kind == OpKind::LogSoftmax) k.logSoftmax(p.x + at, p.y + at, n);
        else if (kind == OpKind::SoftmaxBackward) k.softmaxBackward(p.x + at, p.second + at, p.y + at, n);
        else k.softmax(p.x + at, p.y + at, n);
    }
}

void softmaxColumns(const Kernels& k, OpKind kind, const SoftmaxPlaces& p, const Vectors& vectors, std::int64_t columns) {
    if (kind == OpKind::LogSoftmax) k.logSoftmaxColumns(p.x, p.y, vectors.length, vectors.inner, columns);
    else if (kind == OpKind::SoftmaxBackward) k.softmaxBackwardColumns(p.x, p.second, p.y, vectors.length, vectors.inner, columns);
    else k.softmaxColumns(p.x, p.y, vectors.length, vectors.inner, columns);
}

}  // namespace

void lowerSoftmax(PlanBuilder& builder, const FusedOp& fused) {
    const OpKind kind = fused.op.kind;
    const bool backward = kind == OpKind::SoftmaxBackward;
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    const Vectors vectors(builder.shape(x), fused.op.as<AxisAttributes>().axis);
    const Cut cut = vectors.cut();
    const int from = builder.in(x), second = backward ? builder.in(fused.op.inputs[1]) : -1;
    const int to = builder.outOver(y, backward ? fused.op.inputs[1] : x);
    builder.addSliced(
        {from, second, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            const std::int64_t first = cut.first(slice), count = cut.length(slice);
            if (vectors.inner == 1) return softmaxRows(run.kernels, kind, {p, first * vectors.length}, count, vectors.length);
            for (std::int64_t v = first; v < first + count; ++v)
                softmaxColumns(run.kernels, kind, {p, vectors.start(v)}, vectors, vectors.columns(v));
        },
        ownLoop);
}

void lowerLoss(PlanBuilder& builder, const FusedOp& fused) {
    if (fused.op.kind == OpKind::CrossEntropy) return lowerCrossEntropy(builder, fused);
    if (fused.op.kind == OpKind::CrossEntropyBackward) return lowerCrossEntropyBackward(builder, fused);
    if (fused.op.kind == OpKind::BinaryCrossEntropy) return lowerBinaryCrossEntropy(builder, fused);
    lowerBinaryCrossEntropyBackward(builder, fused);
}

}  // namespace lamina::cpu
