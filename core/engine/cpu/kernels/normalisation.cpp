// Sums per channel and the affine loops of batch normalisation. Channels are interleaved `lanes` at a time; 1: a plain plane.
#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

constexpr int width = 16;

/// Adds term(place, lane) over all places to sums[lane]; with one lane, neighbouring places stand in for lanes.
template <class Term>
inline void accumulate(Size count, Size lanes, float* sums, Term&& term) {
    if (lanes != 1) {
        for (Size i = 0; i < count; ++i)
            for (Size l = 0; l < lanes; ++l) sums[l] += term(i * lanes + l, l);
        return;
    }
    float partial[width] = {};
    Size i = 0;
    for (; i + width <= count; i += width)
        for (int l = 0; l < width; ++l) partial[l] += term(i + l, 0);
    for (; i < count; ++i) partial[0] += term(i, 0);
    float total = 0;
    for (float p : partial) total += p;
    sums[0] += total;
}

void laneSums(const float* x, Size count, Size lanes, float* sums) {
    accumulate(count, lanes, sums, [=](Size at, Size) { return x[at]; });
}

void laneSquares(const float* x, const float* mean, Size count, Size lanes, float* sums) {
    accumulate(count, lanes, sums, [=](Size at, Size lane) {
        const float d = x[at] - mean[lane];
        return d * d;
    });
}

void laneProducts(const float* x, const float* dy, const float* mean, Size count, Size lanes, float* sums, float* products) {
    accumulate(count, lanes, sums, [=](Size at, Size) { return dy[at]; });
    accumulate(count, lanes, products, [=](Size at, Size lane) { return dy[at] * (x[at] - mean[lane]); });
}

template <class Formula>
inline void each(Size count, Size lanes, float* y, Formula&& formula) {
    if (lanes == 1)
        for (Size i = 0; i < count; ++i) y[i] = formula(i, 0);
    else
        for (Size i = 0; i < count; ++i)
            for (Size l = 0; l < lanes; ++l) y[i * lanes + l] = formula(i * lanes + l, l);
}

void laneAffine(const float* x, const float* mean, const float* factor, const float* offset, float* y, Size count, Size lanes) {
    each(count, lanes, y, [=](Size at, Size lane) { return (x[at] - mean[lane]) * factor[lane] + offset[lane]; });
}

void laneBackward(const float* x, const float* dy, const float* mean, const float* abc, Size stride, float* dx, Size count, Size lanes) {
    const float *a = abc, *b = abc + stride, *c = abc + 2 * stride;
    each(count, lanes, dx, [=](Size at, Size lane) { return dy[at] * a[lane] + (x[at] - mean[lane]) * b[lane] + c[lane]; });
}

}  // namespace

void fillNormalisation(Kernels& table) {
    table.laneSums = laneSums;
    table.laneSquares = laneSquares;
    table.laneProducts = laneProducts;
    table.laneAffine = laneAffine;
    table.laneBackward = laneBackward;
}

}  // namespace lamina::cpu::LAMINA_ISA
