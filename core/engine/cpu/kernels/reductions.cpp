// Sums and tests over many numbers. The order of additions depends on lengths alone.
#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

constexpr int width = 16;
constexpr Size chunk = 4096, rowChunk = 128, columnLimit = 256;

double sumOfChunk(const float* x, Size n) {
    float lanes[width] = {};
    Size i = 0;
    for (; i + width <= n; i += width)
        for (int l = 0; l < width; ++l) lanes[l] += x[i + l];
    double total = 0;
    for (float lane : lanes) total += static_cast<double>(lane);
    for (; i < n; ++i) total += static_cast<double>(x[i]);
    return total;
}

inline float larger(float a, float b) { return a > b || a != a ? a : b; }

void raiseTo(float* y, const float* x, Size n) {
    for (Size i = 0; i < n; ++i) y[i] = larger(y[i], x[i]);
}

/// Sums in float32 over few rows, then in float64.
void columnSums(const float* x, Size rows, Size stride, Size columns, double* sums) {
    for (Size c = 0; c < columns; ++c) sums[c] = 0;
    for (Size first = 0; first < rows; first += rowChunk) {
        float partial[columnLimit] = {};
        const Size last = first + rowChunk < rows ? first + rowChunk : rows;
        for (Size r = first; r < last; ++r)
            for (Size c = 0; c < columns; ++c) partial[c] += x[r * stride + c];
        for (Size c = 0; c < columns; ++c) sums[c] += static_cast<double>(partial[c]);
    }
}

void addTo(float* total, const float* x, Size n) {
    for (Size i = 0; i < n; ++i) total[i] += x[i];
}

/// A number is finite unless all bits of its exponent are set.
bool allFinite(const float* x, Size n) {
    std::uint32_t bad = 0;
    for (Size i = 0; i < n; ++i) {
        std::uint32_t bits;
        __builtin_memcpy(&bits, x + i, sizeof bits);
        bad |= (bits & 0x7f800000u) == 0x7f800000u ? 1u : 0u;
    }
    return bad == 0;
}

/// Without the sign, the bits of numbers stand in the order of the numbers; infinity and NaN come last.
float largestMagnitude(const float* x, Size n) {
    std::uint32_t largest = 0;
    for (Size i = 0; i < n; ++i) {
        std::uint32_t bits;
        __builtin_memcpy(&bits, x + i, sizeof bits);
        bits &= 0x7fffffffu;
        largest = bits > largest ? bits : largest;
    }
    float result;
    __builtin_memcpy(&result, &largest, sizeof result);
    return result;
}

}  // namespace

double sum(const float* x, Size n) {
    double total = 0;
    for (Size i = 0; i < n; i += chunk) total += sumOfChunk(x + i, n - i < chunk ? n - i : chunk);
    return total;
}

float largest(const float* x, Size n) {
    float lanes[width];
    for (float& lane : lanes) lane = -__builtin_inff();
    Size i = 0;
    for (; i + width <= n; i += width)
        for (int l = 0; l < width; ++l) lanes[l] = larger(lanes[l], x[i + l]);
    float result = -__builtin_inff();
    for (float lane : lanes) result = larger(result, lane);
    for (; i < n; ++i) result = larger(result, x[i]);
    return result;
}

void fillReductions(Kernels& table) {
    table.sum = sum;
    table.largest = largest;
    table.raiseTo = raiseTo;
    table.columnSums = columnSums;
    table.addTo = addTo;
    table.allFinite = allFinite;
    table.largestMagnitude = largestMagnitude;
}

}  // namespace lamina::cpu::LAMINA_ISA
