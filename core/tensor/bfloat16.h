// Numbers of 16 bits with float32's range and 8 bits of mantissa (bfloat16): stored and multiplied, never summed.
#pragma once

#include <bit>
#include <cstdint>

namespace lamina {

/// Exact.
inline float bfloat16ToFloat(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

/// To the nearest, ties to the even one; what is nearer to 2^128 than to the largest becomes infinity, NaN stays NaN.
inline std::uint16_t floatToBfloat16(float number) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(number);
    const std::uint32_t rounded = (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16, nan = bits >> 16 | 0x40u;
    return static_cast<std::uint16_t>((bits & 0x7fffffffu) > 0x7f800000u ? nan : rounded);
}

inline float roundToBfloat16(float number) { return bfloat16ToFloat(floatToBfloat16(number)); }

}  // namespace lamina
