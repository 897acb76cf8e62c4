// Sums and tests over many numbers. The order of additions depends on lengths alone.
#include "core/engine/cpu/kernels/chunks.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

typedef float Wide __attribute__((vector_size(laneCount * 4)));
typedef float LooseWide __attribute__((vector_size(laneCount * 4), aligned(4), may_alias));
typedef std::int32_t Marks __attribute__((vector_size(laneCount * 4)));

/// Σ lanes as a tree, so that no addition waits for all before it.
double sumOfLanes(const float* lanes) {
    double sums[4];
    for (int l = 0; l < 4; ++l)
        sums[l] = (static_cast<double>(lanes[l]) + static_cast<double>(lanes[l + 8])) + (static_cast<double>(lanes[l + 4]) + static_cast<double>(lanes[l + 12]));
    return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

double sumOfChunk(const float* x, Size n) {
    float lanes[laneCount] = {};
    Size i = 0;
    for (; i + laneCount <= n; i += laneCount)
        for (int l = 0; l < laneCount; ++l) lanes[l] += x[i + l];
    double total = sumOfLanes(lanes);
    for (; i < n; ++i) total += static_cast<double>(x[i]);
    return total;
}

double dotOfChunk(const float* x, const float* y, Size n) {
    float lanes[laneCount] = {};
    Size i = 0;
    for (; i + laneCount <= n; i += laneCount)
        for (int l = 0; l < laneCount; ++l) lanes[l] += x[i + l] * y[i + l];
    double total = sumOfLanes(lanes);
    for (; i < n; ++i) total += static_cast<double>(x[i]) * static_cast<double>(y[i]);
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

double dot(const float* x, const float* y, Size n) {
    double total = 0;
    for (Size i = 0; i < n; i += chunk) total += dotOfChunk(x + i, y + i, n - i < chunk ? n - i : chunk);
    return total;
}

float largest(const float* x, Size n) {
    const auto ofTwo = [](float a, float b) { return a > b ? a : b; };
    Wide lanes = Wide{} - __builtin_inff();
    Marks none{};
    Size i = 0;
    for (; i + laneCount <= n; i += laneCount) {
        const Wide numbers = *reinterpret_cast<const LooseWide*>(x + i);
        lanes = numbers > lanes ? numbers : lanes;
        none |= numbers != numbers;
    }
    float four[4];
    std::int32_t marks = 0;
    for (int l = 0; l < laneCount; ++l) marks |= none[l];
    for (int l = 0; l < 4; ++l) four[l] = ofTwo(ofTwo(lanes[l], lanes[l + 4]), ofTwo(lanes[l + 8], lanes[l + 12]));
    float result = ofTwo(ofTwo(four[0], four[1]), ofTwo(four[2], four[3]));
    if (marks != 0) return __builtin_nanf("");
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
