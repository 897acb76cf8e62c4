// Batch normalisation: sums per part of the batch and channel, added in order, then one affine pass.
#include <algorithm>
#include <cmath>

#include "core/engine/cpu/lowering.h"

namespace lamina::cpu {

namespace lower_batch_norm_parts {

constexpr std::int64_t wantedParts = 8;

/// The batch in parts; a slice is one part of one group of channels.
struct Division {
    Planes planes;
    Cut parts;
    std::int64_t channels;  ///< without padding
    explicit Division(const Shape& shape, Layout layout)
        : planes(planesOf(shape, layout)),
          parts{planes.batch, std::max<std::int64_t>(1, (planes.batch + wantedParts - 1) / wantedParts)},
          channels(shape[1]) {}
    std::int64_t padded() const { return planes.groups * planes.lanes; }
    int slices() const { return parts.slices() * static_cast<int>(planes.groups); }
    double count() const { return static_cast<double>(planes.batch * planes.places); }

    /// visit(offset of the plane, first channel, place of this part's sums) for every plane of a slice.
    template <class Visit>
    void each(int slice, Visit&& visit) const {
        const auto part = slice / static_cast<int>(planes.groups);
        const std::int64_t group = slice % planes.groups;
        for (std::int64_t n = parts.first(part); n < parts.first(part) + parts.length(part); ++n)
            visit((n * planes.groups + group) * planes.planeSize(), group * planes.lanes, part * padded() + group * planes.lanes);
    }
    void clear(int slice, float* sums) const {
        const std::int64_t at = slice / planes.groups * padded() + slice % planes.groups * planes.lanes;
        std::fill_n(sums + at, planes.lanes, 0.0f);
    }
    double total(const float* sums, std::int64_t channel) const {
        double total = 0;
        for (int part = 0; part < parts.slices(); ++part) total += static_cast<double>(sums[part * padded() + channel]);
        return total;
    }
};

std::string implementationOf(const PlanBuilder& builder, Layout layout, const char* what) {
    return std::string("own ") + what + " " + builder.kernels().name + " " + layoutName(layout);
}

float* floats(void* p) { return static_cast<float*>(p); }

void addSums(PlanBuilder& builder, const Division& d, int x, int sums, Layout layout) {
    builder.addSliced(
        {x, sums}, d.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            d.clear(slice, floats(p[1]));
            d.each(slice, [&](std::int64_t plane, std::int64_t, std::int64_t at) {
                run.kernels.laneSums(floats(p[0]) + plane, d.planes.places, d.planes.lanes, floats(p[1]) + at);
            });
        },
        implementationOf(builder, layout, "channel sums"));
}

void addMeans(PlanBuilder& builder, const Division& d, int sums, int padded, int mean) {
    builder.addSliced(
        {sums, padded, mean}, 1,
        [=](const RunContext&, void* const* p, int) {
            for (std::int64_t c = 0; c < d.padded(); ++c) floats(p[1])[c] = static_cast<float>(d.total(floats(p[0]), c) / d.count());
            std::copy_n(floats(p[1]), d.channels, floats(p[2]));
        },
        "means");
}

void addSquares(PlanBuilder& builder, const Division& d, int x, int mean, int sums, Layout layout) {
    builder.addSliced(
        {x, mean, sums}, d.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            d.clear(slice, floats(p[2]));
            d.each(slice, [&](std::int64_t plane, std::int64_t channel, std::int64_t at) {
                run.kernels.laneSquares(floats(p[0]) + plane, floats(p[1]) + channel, d.planes.places, d.planes.lanes, floats(p[2]) + at);
            });
        },
        implementationOf(builder, layout, "channel squares"));
}

void addAffine(PlanBuilder& builder, const Division& d, int x, int mean, int factor, int offset, int y, Layout layout) {
    builder.addSliced(
        {x, mean, factor, offset, y}, d.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            d.each(slice, [&](std::int64_t plane, std::int64_t channel, std::int64_t) {
                run.kernels.laneAffine(floats(p[0]) + plane, floats(p[1]) + channel, floats(p[2]) + channel, floats(p[3]) + channel,
                                       floats(p[4]) + plane, d.planes.places, d.planes.lanes);
            });
        },
        implementationOf(builder, layout, "affine"));
}

int paddedBuffer(PlanBuilder& builder, const Division& d, std::int64_t rows = 1) { return builder.scratch(rows * d.padded() * 4); }

void lowerTraining(PlanBuilder& builder, const FusedOp& fused) {
    const auto a = fused.op.as<BatchNormAttributes>();
    const auto& in = fused.op.inputs;
    const ValueId x = in[0], y = fused.op.outputs[0];
    const Layout layout = builder.layoutOf(x);
    const Division d(builder.shape(x), layout);
    const int from = builder.in(x, layout), mean = builder.out(fused.op.outputs[1]), rstd = builder.out(fused.op.outputs[2]);
    const int sums = paddedBuffer(builder, d, d.parts.slices()), paddedMean = paddedBuffer(builder, d), factor = paddedBuffer(builder, d),
              offset = paddedBuffer(builder, d);
    addSums(builder, d, from, sums, layout);
    addMeans(builder, d, sums, paddedMean, mean);
    addSquares(builder, d, from, paddedMean, sums, layout);
    builder.addSliced(
        {sums, mean, rstd, builder.in(in[1]), builder.in(in[2]), builder.in(in[3]), builder.in(in[4]), factor, offset}, 1,
        [=](const RunContext&, void* const* p, int) {
            std::fill_n(floats(p[7]), d.padded(), 0.0f);
            std::fill_n(floats(p[8]), d.padded(), 0.0f);
            const double unbiased = d.count() / std::max(1.0, d.count() - 1);
            for (std::int64_t c = 0; c < d.channels; ++c) {
                const double variance = d.total(floats(p[0]), c) / d.count();
                floats(p[2])[c] = static_cast<float>(1 / std::sqrt(variance + a.epsilon));
                floats(p[7])[c] = floats(p[3])[c] * floats(p[2])[c];
                floats(p[8])[c] = floats(p[4])[c];
                const auto move = [&](float& running, double batch) { running = static_cast<float>(running + a.momentum * (batch - running)); };
                move(floats(p[5])[c], floats(p[1])[c]);
                move(floats(p[6])[c], variance * unbiased);
            }
        },
        "statistics");
    addAffine(builder, d, from, paddedMean, factor, offset, builder.outOver(y, x, layout), layout);
}

void lowerInference(PlanBuilder& builder, const FusedOp& fused) {
    const auto a = fused.op.as<BatchNormAttributes>();
    const auto& in = fused.op.inputs;
    const ValueId x = in[0], y = fused.op.outputs[0];
    const Layout layout = builder.layoutOf(x);
    const Division d(builder.shape(x), layout);
    const int from = builder.in(x, layout), mean = paddedBuffer(builder, d), factor = paddedBuffer(builder, d), offset = paddedBuffer(builder, d);
    builder.addSliced(
        {builder.in(in[1]), builder.in(in[2]), builder.in(in[3]), builder.in(in[4]), mean, factor, offset}, 1,
        [=](const RunContext&, void* const* p, int) {
            for (int i = 4; i < 7; ++i) std::fill_n(floats(p[i]), d.padded(), 0.0f);
            for (std::int64_t c = 0; c < d.channels; ++c) {
                floats(p[4])[c] = floats(p[2])[c];
                floats(p[5])[c] =
                    static_cast<float>(static_cast<double>(floats(p[0])[c]) / std::sqrt(static_cast<double>(floats(p[3])[c]) + a.epsilon));
                floats(p[6])[c] = floats(p[1])[c];
            }
        },
        "statistics");
    addAffine(builder, d, from, mean, factor, offset, builder.outOver(y, x, layout), layout);
}

void lowerBackward(PlanBuilder& builder, const FusedOp& fused) {
    const auto& in = fused.op.inputs;
    const ValueId x = in[0], dy = in[1], dx = fused.op.outputs[0];
    const Layout layout = builder.layoutOf(x);
    const Division d(builder.shape(x), layout);
    const int fromX = builder.in(x, layout), fromDy = builder.in(dy, layout), mean = paddedBuffer(builder, d), abc = paddedBuffer(builder, d, 3);
    const int sums = paddedBuffer(builder, d, d.parts.slices()), products = paddedBuffer(builder, d, d.parts.slices());
    builder.addSliced(
        {builder.in(in[3]), mean}, 1,
        [=](const RunContext&, void* const* p, int) {
            std::fill_n(floats(p[1]), d.padded(), 0.0f);
            std::copy_n(floats(p[0]), d.channels, floats(p[1]));
        },
        "means");
    builder.addSliced(
        {fromX, fromDy, mean, sums, products}, d.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            d.clear(slice, floats(p[3]));
            d.clear(slice, floats(p[4]));
            d.each(slice, [&](std::int64_t plane, std::int64_t channel, std::int64_t at) {
                run.kernels.laneProducts(floats(p[0]) + plane, floats(p[1]) + plane, floats(p[2]) + channel, d.planes.places, d.planes.lanes,
                                         floats(p[3]) + at, floats(p[4]) + at);
            });
        },
        implementationOf(builder, layout, "channel products"));
    builder.addSliced(
        {sums, products, builder.in(in[2]), builder.in(in[4]), abc, builder.out(fused.op.outputs[1]), builder.out(fused.op.outputs[2])}, 1,
        [=](const RunContext&, void* const* p, int) {
            std::fill_n(floats(p[4]), 3 * d.padded(), 0.0f);
            for (std::int64_t c = 0; c < d.channels; ++c) {
                const double dySum = d.total(floats(p[0]), c), product = d.total(floats(p[1]), c), rstd = static_cast<double>(floats(p[3])[c]);
                const double a = static_cast<double>(floats(p[2])[c]) * rstd;
                floats(p[4])[c] = static_cast<float>(a);
                floats(p[4])[d.padded() + c] = static_cast<float>(-a * rstd * rstd * product / d.count());
                floats(p[4])[2 * d.padded() + c] = static_cast<float>(-a * dySum / d.count());
                floats(p[5])[c] = static_cast<float>(product * rstd);
                floats(p[6])[c] = static_cast<float>(dySum);
            }
        },
        "statistics");
    builder.addSliced(
        {fromX, fromDy, mean, abc, builder.outOver(dx, dy, layout)}, d.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            d.each(slice, [&](std::int64_t plane, std::int64_t channel, std::int64_t) {
                run.kernels.laneBackward(floats(p[0]) + plane, floats(p[1]) + plane, floats(p[2]) + channel, floats(p[3]) + channel, d.padded(),
                                         floats(p[4]) + plane, d.planes.places, d.planes.lanes);
            });
        },
        implementationOf(builder, layout, "gradient"));
}

}  // namespace lower_batch_norm_parts

void lowerBatchNorm(PlanBuilder& builder, const FusedOp& fused) {
    using namespace lower_batch_norm_parts;
    if (fused.op.kind == OpKind::BatchNormTraining) return lowerTraining(builder, fused);
    if (fused.op.kind == OpKind::BatchNormInference) return lowerInference(builder, fused);
    lowerBackward(builder, fused);
}

}  // namespace lamina::cpu
