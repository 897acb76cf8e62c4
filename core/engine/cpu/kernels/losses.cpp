// Softmax and the losses built on it, one row at a time.
#include <cmath>

#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

constexpr Size sideColumns = 64;

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

void softmax(const float* x, float* y, Size n) {
    const auto factor = static_cast<float>(1 / exponentials(x, largest(x, n), y, n));
    for (Size i = 0; i < n; ++i) y[i] *= factor;
}

void logSoftmax(const float* x, float* y, Size n) {
    const float top = largest(x, n);
    const auto logarithm = static_cast<float>(std::log(sumOfExponentials(x, top, n)));
    for (Size i = 0; i < n; ++i) y[i] = x[i] - top - logarithm;
}

void softmaxBackward(const float* y, const float* dy, float* dx, Size n) {
    const auto inner = static_cast<float>(dot(y, dy, n));
    for (Size i = 0; i < n; ++i) dx[i] = y[i] * (dy[i] - inner);
}

/// The largest number of each column; NaN where any of them is.
void largestOfColumns(const float* x, Size n, Size stride, Size columns, float* top) {
    for (Size c = 0; c < columns; ++c) top[c] = x[c];
    for (Size i = 1; i < n; ++i)
        for (Size c = 0; c < columns; ++c) {
            const float number = x[i * stride + c];
            top[c] = number > top[c] || number != number ? number : top[c];
        }
}

void softmaxColumns(const float* x, float* y, Size n, Size stride, Size columns) {
    float top[sideColumns], factor[sideColumns];
    double total[sideColumns] = {};
    largestOfColumns(x, n, stride, columns, top);
    for (Size i = 0; i < n; ++i) {
        for (Size c = 0; c < columns; ++c) y[i * stride + c] = formulas::expOf(x[i * stride + c] - top[c]);
        for (Size c = 0; c < columns; ++c) total[c] += static_cast<double>(y[i * stride + c]);
    }
    for (Size c = 0; c < columns; ++c) factor[c] = static_cast<float>(1 / total[c]);
    for (Size i = 0; i < n; ++i)
        for (Size c = 0; c < columns; ++c) y[i * stride + c] *= factor[c];
}

void logSoftmaxColumns(const float* x, float* y, Size n, Size stride, Size columns) {
    float top[sideColumns], part[sideColumns], logarithm[sideColumns];
    double total[sideColumns] = {};
    largestOfColumns(x, n, stride, columns, top);
    for (Size i = 0; i < n; ++i) {
        for (Size c = 0; c < columns; ++c) part[c] = formulas::expOf(x[i * stride + c] - top[c]);
        for (Size c = 0; c < columns; ++c) total[c] += static_cast<double>(part[c]);
    }
    for (Size c = 0; c < columns; ++c) logarithm[c] = static_cast<float>(std::log(total[c]));
    for (Size i = 0; i < n; ++i)
        for (Size c = 0; c < columns; ++c) y[i * stride + c] = x[i * stride + c] - top[c] - logarithm[c];
}

void softmaxBackwardColumns(const float* y, const float* dy, float* dx, Size n, Size stride, Size columns) {
    double total[sideColumns] = {};
    float inner[sideColumns];
    for (Size i = 0; i < n; ++i)
        for (Size c = 0; c < columns; ++c) total[c] += static_cast<double>(y[i * stride + c] * dy[i * stride + c]);
    for (Size c = 0; c < columns; ++c) inner[c] = static_cast<float>(total[c]);
    for (Size i = 0; i < n; ++i)
        for (Size c = 0; c < columns; ++c) dx[i * stride + c] = y[i * stride + c] * (dy[i * stride + c] - inner[c]);
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
    table.softmaxColumns = softmaxColumns;
    table.logSoftmaxColumns = logSoftmaxColumns;
    table.softmaxBackwardColumns = softmaxBackwardColumns;
    table.crossEntropyRow = crossEntropyRow;
    table.crossEntropyBackwardRow = crossEntropyBackwardRow;
    table.binaryCrossEntropy = binaryCrossEntropy;
    table.binaryCrossEntropyBackward = binaryCrossEntropyBackward;
}

}  // namespace lamina::cpu::LAMINA_ISA
