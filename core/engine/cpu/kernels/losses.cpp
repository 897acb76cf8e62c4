// Softmax and the losses built on it, one row at a time.
#include <cmath>

#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

/// y = exp(x - top); gives their sum.
double exponentials(const float* x, float top, float* y, Size n) {
    for (Size i = 0; i < n; ++i) y[i] = formulas::expOf(x[i] - top);
    return sum(y, n);
}

/// The sum of exp(x - top), a piece at a time.
double sumOfExponentials(const float* x, float top, Size n) {
    constexpr Size piece = 1024;
    float buffer[piece];
    double total = 0;
    for (Size i = 0; i < n; i += piece) total += exponentials(x + i, top, buffer, n - i < piece ? n - i : piece);
    return total;
}

float largestAlong(const float* x, Size n, Size stride) {
    float result = x[0];
    for (Size i = 1; i < n; ++i) result = x[i * stride] > result ? x[i * stride] : result;
    return result;
}

void softmax(const float* x, float* y, Size n, Size stride) {
    const float top = stride == 1 ? largest(x, n) : largestAlong(x, n, stride);
    double total = 0;
    if (stride == 1) total = exponentials(x, top, y, n);
    for (Size i = 0; i < n && stride != 1; ++i) {
        y[i * stride] = formulas::expOf(x[i * stride] - top);
        total += static_cast<double>(y[i * stride]);
    }
    const float factor = static_cast<float>(1 / total);
    if (stride == 1)
        for (Size i = 0; i < n; ++i) y[i] *= factor;
    else
        for (Size i = 0; i < n; ++i) y[i * stride] *= factor;
}

void logSoftmax(const float* x, float* y, Size n, Size stride) {
    const float top = stride == 1 ? largest(x, n) : largestAlong(x, n, stride);
    double total = 0;
    if (stride == 1) total = sumOfExponentials(x, top, n);
    for (Size i = 0; i < n && stride != 1; ++i) total += static_cast<double>(formulas::expOf(x[i * stride] - top));
    const auto logarithm = static_cast<float>(std::log(total));
    if (stride == 1)
        for (Size i = 0; i < n; ++i) y[i] = x[i] - top - logarithm;
    else
        for (Size i = 0; i < n; ++i) y[i * stride] = x[i * stride] - top - logarithm;
}

void softmaxBackward(const float* y, const float* dy, float* dx, Size n, Size stride) {
    double total = 0;
    for (Size i = 0; i < n; ++i) total += static_cast<double>(y[i * stride]) * static_cast<double>(dy[i * stride]);
    const auto inner = static_cast<float>(total);
    for (Size i = 0; i < n; ++i) dx[i * stride] = y[i * stride] * (dy[i * stride] - inner);
}

double crossEntropyRow(const float* logits, Size n, Size label) {
    if (label < 0 || label >= n) return 0;
    const float top = largest(logits, n);
    return std::log(sumOfExponentials(logits, top, n)) + static_cast<double>(top) - static_cast<double>(logits[label]);
}

void crossEntropyBackwardRow(const float* logits, Size n, Size label, float scale, float* dx) {
    if (label < 0 || label >= n) {
        for (Size i = 0; i < n; ++i) dx[i] = 0;
        return;
    }
    const double total = exponentials(logits, largest(logits, n), dx, n);
    const float factor = static_cast<float>(static_cast<double>(scale) / total);
    for (Size i = 0; i < n; ++i) dx[i] *= factor;
    dx[label] -= scale;
}

double binaryCrossEntropy(const float* logits, const float* targets, Size n) {
    double total = 0;
    for (Size i = 0; i < n; ++i) {
        const float z = logits[i];
        total += static_cast<double>(formulas::Softplus::forward(z, 0.0f) - z * targets[i]);
    }
    return total;
}

void binaryCrossEntropyBackward(const float* logits, const float* targets, float scale, float* dx, Size n) {
    for (Size i = 0; i < n; ++i) dx[i] = (formulas::Sigmoid::forward(logits[i], 0.0f) - targets[i]) * scale;
}

}  // namespace

void fillLosses(Kernels& table) {
    table.softmax = softmax;
    table.logSoftmax = logSoftmax;
    table.softmaxBackward = softmaxBackward;
    table.crossEntropyRow = crossEntropyRow;
    table.crossEntropyBackwardRow = crossEntropyBackwardRow;
    table.binaryCrossEntropy = binaryCrossEntropy;
    table.binaryCrossEntropyBackward = binaryCrossEntropyBackward;
}

}  // namespace lamina::cpu::LAMINA_ISA
