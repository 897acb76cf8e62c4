// Sums per channel and the affine loops of batch normalisation. Channels are interleaved `lanes` at a time; 1: a plain plane.
#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

constexpr int width = 16;
constexpr int chains = 4;  // independent sums, so that one addition need not wait for the last

/// Adds Outputs terms(place, lane) over all places to their sums; with one lane, neighbouring places stand in for lanes. terms(at, lane, add) calls
/// add(output, number).
template <int Lanes, int Outputs, class Terms>
inline void accumulateLanes(Size count, float* const (&sums)[Outputs], Terms&& terms) {
    float partial[Outputs][chains][Lanes] = {};
    Size i = 0;
    for (; i + chains <= count; i += chains)
        for (int c = 0; c < chains; ++c)
            for (int l = 0; l < Lanes; ++l) terms((i + c) * Lanes + l, l, [&](int output, float number) { partial[output][c][l] += number; });
    for (; i < count; ++i)
        for (int l = 0; l < Lanes; ++l) terms(i * Lanes + l, l, [&](int output, float number) { partial[output][0][l] += number; });
    for (int o = 0; o < Outputs; ++o)
        for (int l = 0; l < Lanes; ++l) sums[o][l] += (partial[o][0][l] + partial[o][1][l]) + (partial[o][2][l] + partial[o][3][l]);
}

template <int Outputs, class Terms>
inline void accumulatePlain(Size count, float* const (&sums)[Outputs], Terms&& terms) {
    float totals[Outputs][width] = {}, *lanes[Outputs];
    for (int o = 0; o < Outputs; ++o) lanes[o] = totals[o];
    const Size whole = count / width;
    accumulateLanes<width, Outputs>(whole, lanes, [&](Size at, int, auto&& add) { terms(at, 0, add); });
    for (Size i = whole * width; i < count; ++i) terms(i, 0, [&](int output, float number) { totals[output][0] += number; });
    for (int o = 0; o < Outputs; ++o) {
        float total = 0;
        for (float part : totals[o]) total += part;
        sums[o][0] += total;
    }
}

template <int Outputs, class Terms>
inline void accumulate(Size count, Size lanes, float* const (&sums)[Outputs], Terms&& terms) {
    if (lanes == 16) accumulateLanes<16, Outputs>(count, sums, terms);
    else if (lanes == 8) accumulateLanes<8, Outputs>(count, sums, terms);
    else if (lanes == 1) accumulatePlain<Outputs>(count, sums, terms);
    else
        for (Size i = 0; i < count; ++i)
            for (Size l = 0; l < lanes; ++l) terms(i * lanes + l, l, [&](int output, float number) { sums[output][l] += number; });
}

void laneSums(const float* x, Size count, Size lanes, float* sums) {
    accumulate<1>(count, lanes, {sums}, [=](Size at, Size, auto&& add) { add(0, x[at]); });
}

void laneSquares(const float* x, const float* mean, Size count, Size lanes, float* sums) {
    accumulate<1>(count, lanes, {sums}, [=](Size at, Size lane, auto&& add) {
        const float d = x[at] - mean[lane];
        add(0, d * d);
    });
}

void laneProducts(const float* x, const float* dy, const float* mean, Size count, Size lanes, float* sums, float* products) {
    accumulate<2>(count, lanes, {sums, products}, [=](Size at, Size lane, auto&& add) {
        add(0, dy[at]);
        add(1, dy[at] * (x[at] - mean[lane]));
    });
}

template <int Lanes, class Formula>
inline void eachLane(Size count, float* y, Formula&& formula) {
    for (Size i = 0; i < count; ++i)
        for (int l = 0; l < Lanes; ++l) y[i * Lanes + l] = formula(i * Lanes + l, l);
}

template <class Formula>
inline void each(Size count, Size lanes, float* y, Formula&& formula) {
    if (lanes == 16) eachLane<16>(count, y, formula);
    else if (lanes == 8) eachLane<8>(count, y, formula);
    else if (lanes == 1) eachLane<1>(count, y, [&](Size at, Size) { return formula(at, 0); });
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
