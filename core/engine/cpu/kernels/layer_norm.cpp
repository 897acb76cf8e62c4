// Layer normalisation, row by row, and what gamma and beta get from many rows.
#include <cmath>

#include "core/engine/cpu/kernels/chunks.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

/// The sum of term(i): in float32 over few numbers, then in float64.
template <class Term>
inline double total(Size n, Term&& term) {
    double result = 0;
    for (Size first = 0; first < n; first += chunk) {
        const Size last = first + chunk < n ? first + chunk : n;
        float lanes[laneCount] = {};
        Size i = first;
        for (; i + laneCount <= last; i += laneCount)
            for (int l = 0; l < laneCount; ++l) lanes[l] += term(i + l);
        for (; i < last; ++i) lanes[0] += term(i);
        for (float lane : lanes) result += static_cast<double>(lane);
    }
    return result;
}

void layerNorm(const LayerNormRow& row, double epsilon, bool centered, float* y) {
    const float* const x = row.x;
    const Size n = row.size;
    const float mean = centered ? static_cast<float>(total(n, [=](Size i) { return x[i]; }) / static_cast<double>(n)) : 0.0f;
    const double variance = total(n, [=](Size i) { return (x[i] - mean) * (x[i] - mean); }) / static_cast<double>(n);
    const float rstd = static_cast<float>(1 / std::sqrt(variance + epsilon));
    const float *const gamma = row.gamma, *const beta = row.beta;
    if (gamma && beta)
        for (Size i = 0; i < n; ++i) y[i] = (x[i] - mean) * rstd * gamma[i] + beta[i];
    else if (gamma)
        for (Size i = 0; i < n; ++i) y[i] = (x[i] - mean) * rstd * gamma[i];
    else
        for (Size i = 0; i < n; ++i) y[i] = (x[i] - mean) * rstd;
    *row.mean = mean;
    *row.rstd = rstd;
}

template <class Gradient>
inline void backward(const LayerNormRow& row, bool centered, Gradient&& g, float* dx) {
    const float* const x = row.x;
    const float mean = *row.mean, rstd = *row.rstd;
    const double count = static_cast<double>(row.size);
    const float average = centered ? static_cast<float>(total(row.size, g) / count) : 0.0f;
    const float slope = static_cast<float>(total(row.size, [=](Size i) { return g(i) * ((x[i] - mean) * rstd); }) / count);
    for (Size i = 0; i < row.size; ++i) dx[i] = rstd * (g(i) - average - (x[i] - mean) * rstd * slope);
}

void layerNormBackward(const LayerNormRow& row, const float* dy, bool centered, float* dx) {
    const float* const gamma = row.gamma;
    if (gamma) backward(row, centered, [=](Size i) { return dy[i] * gamma[i]; }, dx);
    else backward(row, centered, [=](Size i) { return dy[i]; }, dx);
}

void layerNormSums(const float* x, const float* dy, const float* mean, const float* rstd, Size rows, Size stride, Size columns, double* dgamma,
                   double* dbeta) {
    for (Size c = 0; c < columns; ++c) dgamma[c] = dbeta[c] = 0;
    for (Size first = 0; first < rows; first += rowChunk) {
        float products[columnLimit] = {}, sums[columnLimit] = {};
        const Size last = first + rowChunk < rows ? first + rowChunk : rows;
        for (Size r = first; r < last; ++r) {
            const float *const xr = x + r * stride, *const dr = dy + r * stride;
            const float m = mean[r], s = rstd[r];
            for (Size c = 0; c < columns; ++c) {
                products[c] += dr[c] * ((xr[c] - m) * s);
                sums[c] += dr[c];
            }
        }
        for (Size c = 0; c < columns; ++c) {
            dgamma[c] += static_cast<double>(products[c]);
            dbeta[c] += static_cast<double>(sums[c]);
        }
    }
}

}  // namespace

void fillLayerNorm(Kernels& table) {
    table.layerNorm = layerNorm;
    table.layerNormBackward = layerNormBackward;
    table.layerNormSums = layerNormSums;
}

}  // namespace lamina::cpu::LAMINA_ISA
