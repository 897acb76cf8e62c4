// How readNumber() reads, inline: for loops over millions of cells, where a call that hands its result over in memory costs as much as the reading.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "core/data/type_detection.h"

namespace lamina::number_reading {

inline constexpr std::array<double, 23> powersOfTen{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
inline constexpr std::uint64_t exactMantissa = std::uint64_t{1} << 53;
inline constexpr int plainIntegerDigits = 15;

inline bool isDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

/// Called for every number of a table; as functions of their own they hand their results over in memory.
#define LAMINA_INLINE [[gnu::always_inline]] inline

/// The parts of a decimal text.
struct Decimal {
    bool valid = false, negative = false, integer = true;
    bool exact = true;  ///< the mantissa holds all digits
    bool leadingZero = false;
    std::ptrdiff_t digits = 0;  ///< before the point
    std::uint64_t mantissa = 0;
    int exponent = 0;
};

inline constexpr std::array<std::uint64_t, 9> wholePowersOfTen{1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

/// Up to eight bytes from `at`, the first one lowest, zeros behind `end`. `begin` … `end` is what may be touched.
LAMINA_INLINE std::uint64_t bytesAt(const char* begin, const char* at, const char* end) {
    const std::ptrdiff_t left = end - at;
    std::uint64_t bytes = 0;
    if (left >= 8) {
        std::memcpy(&bytes, at, 8);
    } else if (left > 0 && end - begin >= 8) {
        std::memcpy(&bytes, end - 8, 8);
        bytes >>= 8 * (8 - left);
    } else {
        for (std::ptrdiff_t i = 0; i < left; ++i) bytes |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
    }
    return bytes;
}

/// Eight digits, the first one in the lowest byte (three multiplications instead of eight).
LAMINA_INLINE std::uint64_t valueOfDigits(std::uint64_t digits) {
    digits = (digits * 2561) >> 8;
    digits = ((digits & 0x00FF00FF00FF00FFull) * 6553601) >> 16;
    return ((digits & 0x0000FFFF0000FFFFull) * 42949672960001ull) >> 32;
}

/// All digits from `at` into the mantissa, which wraps around where there are more than it can hold. No branch depends on how many
/// digits there are (fewer than eight): that differs from number to number, and a branch guessed wrongly costs more than the arithmetic.
LAMINA_INLINE const char* readDigits(const char* begin, const char* at, const char* end, std::uint64_t& mantissa) {
    while (true) {
        const std::uint64_t values = bytesAt(begin, at, end) ^ 0x3030303030303030ull;
        // The lowest byte above 9; what a carry makes of the bytes above it does not matter.
        const std::uint64_t others = ((values + 0x7676767676767676ull) | values) & 0x8080808080808080ull;
        const int digits = std::countr_zero(others) / 8;
        const int shift = 4 * (8 - digits);
        mantissa = mantissa * wholePowersOfTen[static_cast<std::size_t>(digits)] + valueOfDigits((values << shift) << shift);
        at += digits;
        if (digits < 8) return at;
    }
}

/// The exponent after e; nullptr where there is none.
const char* readExponent(const char* at, const char* end, Decimal& d);
/// For texts that the fast path cannot do exactly. Overflow and underflow as strtod does them.
double exactDouble(std::string_view text);
NumberText readInfinity(std::string_view text);

/// `limit`: up to where bytes behind the text may be looked at; the first of them is no digit.
LAMINA_INLINE Decimal readDecimal(std::string_view text, const char* limit) {
    Decimal d;
    const char* at = text.data();
    const char* const end = at + text.size();
    if (at != end && (*at == '-' || *at == '+')) d.negative = *at++ == '-';
    const char* const first = at;
    at = readDigits(text.data(), at, limit, d.mantissa);
    d.digits = at - first;
    d.leadingZero = d.digits > 1 && *first == '0';
    std::ptrdiff_t fraction = 0;
    if (at != end && *at == '.') {
        d.integer = false;
        const char* const point = ++at;
        at = readDigits(text.data(), at, limit, d.mantissa);
        fraction = at - point;
        d.exponent = -static_cast<int>(std::min<std::ptrdiff_t>(fraction, 1 << 20));
    }
    if (d.digits + fraction == 0) return d;
    d.exact = d.digits + fraction <= 19;
    if (at != end && (*at == 'e' || *at == 'E')) {
        d.integer = false;
        at = readExponent(at + 1, end, d);
    }
    d.valid = at == end;
    return d;
}

LAMINA_INLINE double valueOf(const Decimal& d, std::string_view text) {
    // Mantissa and power of ten are both exact doubles, so one rounding is left (Clinger 1990).
    if (d.exact && d.mantissa <= exactMantissa && d.exponent >= -22 && d.exponent <= 22) {
        const double m = static_cast<double>(d.mantissa);
        const double value = d.exponent < 0 ? m / powersOfTen[static_cast<std::size_t>(-d.exponent)] : m * powersOfTen[static_cast<std::size_t>(d.exponent)];
        return d.negative ? -value : value;
    }
    return exactDouble(text);
}

/// readNumber(); `limit` as of readDecimal(), the end of the text where nothing is known.
LAMINA_INLINE NumberText readNumberHere(std::string_view text, const char* limit) {
    const Decimal d = readDecimal(text, limit);
    if (!d.valid) return readInfinity(text);
    if (d.leadingZero || (d.integer && d.digits > plainIntegerDigits)) return {};
    if (!d.integer) return {NumberValue, valueOf(d, text), 0};
    const auto integer = static_cast<std::int64_t>(d.mantissa);
    const double value = static_cast<double>(integer);
    return {IntegerValue, d.negative ? -value : value, d.negative ? -integer : integer};
}

#undef LAMINA_INLINE

}  // namespace lamina::number_reading
