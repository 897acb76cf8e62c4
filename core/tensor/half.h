// Half precision numbers (IEEE 754 binary16), stored only: they are computed with as float32.
#pragma once

#include <bit>
#include <cstdint>

namespace lamina {

/// Exact.
inline float halfToFloat(std::uint16_t bits) {
    const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16, magnitude = bits & 0x7fffu;
    if (magnitude >= 0x7c00u) return std::bit_cast<float>(sign | 0x7f800000u | (magnitude & 0x3ffu) << 13);
    // 2^112 moves the exponent's bias from 15 to 127, and makes normal numbers of those that are not
    const float number = std::bit_cast<float>(magnitude << 13) * 0x1p112f;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(number));
}

/// To the nearest, ties to the even one; beyond 65504 infinity.
inline std::uint16_t floatToHalf(float number) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(number), magnitude = bits & 0x7fffffffu;
    const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000u);
    if (magnitude > 0x7f800000u) return sign | 0x7e00u;
    if (magnitude >= 0x477ff000u) return sign | 0x7c00u;
    if (magnitude < 0x38800000u) {  // adding 0.5 leaves the bits of a small half at the end of the sum, rounded
        const float sum = std::bit_cast<float>(magnitude) + 0.5f;
        return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(sum) - std::bit_cast<std::uint32_t>(0.5f)));
    }
    const std::uint32_t rounded = magnitude + 0xfffu + (magnitude >> 13 & 1u);
    return static_cast<std::uint16_t>(sign | (rounded - 0x38000000u) >> 13);
}

/// A half in memory that converts by itself.
struct Half {
    std::uint16_t bits = 0;
    Half() = default;
    explicit Half(double number) : bits(floatToHalf(static_cast<float>(number))) {}
    operator float() const { return halfToFloat(bits); }
};

}  // namespace lamina
