// Softmax and the losses built on it, one row at a time.
#include <cmath>

#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

float largest(const float* x, Size n, Size stride) {
    float result = x[0];
    for (Size i = 1; i < n; ++i) result = x[i * stride] > result ? x[i * stride] : result;
    return result;
}

double exponentials(const float* x, Size n, float top) {
    double total = 0;
    for (Size i = 0; i < n; ++i) total += static_cast<double>(std::exp(x[i] - top));
    return total;
}

void softmax(const float* x, float* y, Size n, Size stride) {
    const float top = largest(x, n, stride);
    double total = 0;
    for (Size i = 0; i < n; ++i) {
        y[i * stride] = std::exp(x[i * stride] - top);
        total += static_cast<double>(y[i * stride]);
    }
    const float factor = static_cast<float>(1 / total);
    for (Size i = 0; i < n; ++i) y[i * stride] *= factor;
}

void softmaxBackward(const float* y, const float* dy, float* dx, Size n, Size stride) {
    double total = 0;
    for (Size i = 0; i < n; ++i) total += static_cast<double>(y[i * stride]) * static_cast<double>(dy[i * stride]);
    const auto inner = static_cast<float>(total);
    for (Size i = 0; i < n; ++i) dx[i * stride] = y[i * stride] * (dy[i * stride] - inner);
}

double crossEntropyRow(const float* logits, Size n, Size label) {
    const float top = largest(logits, n, 1);
    return std::log(exponentials(logits, n, top)) + static_cast<double>(top) - static_cast<double>(logits[label]);
}

void crossEntropyBackwardRow(const float* logits, Size n, Size label, float scale, float* dx) {
    const float top = largest(logits, n, 1);
    double total = 0;
    for (Size i = 0; i < n; ++i) {
        dx[i] = std::exp(logits[i] - top);
        total += static_cast<double>(dx[i]);
    }
    const float factor = static_cast<float>(static_cast<double>(scale) / total);
    for (Size i = 0; i < n; ++i) dx[i] *= factor;
    dx[label] -= scale;
}

double binaryCrossEntropy(const float* logits, const float* targets, Size n) {
    double total = 0;
    for (Size i = 0; i < n; ++i) {
        const float z = logits[i];
        total += static_cast<double>((z > 0 ? z : 0.0f) - z * targets[i] + std::log1p(std::exp(-std::fabs(z))));
    }
    return total;
}

void binaryCrossEntropyBackward(const float* logits, const float* targets, float scale, float* dx, Size n) {
    for (Size i = 0; i < n; ++i) dx[i] = (formulas::Sigmoid::forward(logits[i], 0.0f) - targets[i]) * scale;
}

}  // namespace

void fillLosses(Kernels& table) {
    table.softmax = softmax;
    table.softmaxBackward = softmaxBackward;
    table.crossEntropyRow = crossEntropyRow;
    table.crossEntropyBackwardRow = crossEntropyBackwardRow;
    table.binaryCrossEntropy = binaryCrossEntropy;
    table.binaryCrossEntropyBackward = binaryCrossEntropyBackward;
}

}  // namespace lamina::cpu::LAMINA_ISA
