// Plain numbers of up to sixteen characters, read all at once: no branch depends on how many digits there are or where the point stands.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE4_1__)
#include <smmintrin.h>
#endif

namespace lamina::csv_numbers {

/// What is read: [-] digits [. digits] without needless zeros in front.
struct ShortNumber {
    bool known = false;  ///< false: it is something else, or too long; see readNumber()
    bool negative = false, point = false;
    std::uint64_t mantissa = 0;  ///< all digits, less than 10^16
    std::uint32_t fraction = 0;  ///< how many of them stand behind the point
};

/// So many bytes before a number's end are read, whatever its length.
inline constexpr std::size_t bytesBefore = 16;

#if defined(__SSE4_1__)

inline constexpr bool available = true;

/// Loaded from `length` on: the lanes of a number of that length that ends in the last one.
inline constexpr auto lanesOfLength = [] {
    std::array<std::uint8_t, 33> lanes{};
    std::fill(lanes.begin() + 16, lanes.end(), std::uint8_t{0xFF});
    return lanes;
}();
/// withoutLane[i]: everything before lane i one further on, so that i is gone; 16: as it is.
inline constexpr auto withoutLane = [] {
    std::array<std::array<std::uint8_t, 16>, 17> orders{};
    for (std::size_t gone = 0; gone <= 16; ++gone)
        for (std::size_t i = 0; i < 16; ++i) orders[gone][i] = static_cast<std::uint8_t>(gone == 16 || i > gone ? i : i == 0 ? 0x80 : i - 1);
    return orders;
}();

/// `size` is not 0; `bytesBefore` bytes before `at + size` may be read.
[[gnu::always_inline]] inline ShortNumber readShort(const char* at, std::size_t size) {
    ShortNumber number;
    number.negative = *at == '-';
    const std::size_t length = size - number.negative;
    if (length - 1 > 15) return number;
    const auto load = [](const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); };
    const __m128i keep = load(lanesOfLength.data() + length), bytes = load(at + size - 16);
    const auto points = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')), keep)));
    const auto lane = static_cast<unsigned>(std::countr_zero(points | 0x10000u));
    number.point = points != 0;
    number.fraction = number.point ? 15 - lane : 0;
    const __m128i digits = _mm_shuffle_epi8(_mm_and_si128(_mm_sub_epi8(bytes, _mm_set1_epi8('0')), keep), load(withoutLane[lane].data()));
    const bool allDigits = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits)) == 0xFFFF;
    const std::size_t before = length - number.point - number.fraction;
    const bool needlessZero = before > 1 && at[number.negative] == '0';
    const bool any = length > static_cast<std::size_t>(number.point);
    // Pairs of digits, then fours, then eights.
    const __m128i pairs = _mm_maddubs_epi16(digits, _mm_set1_epi16(0x010A));
    const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00010064));
    const __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(0x00012710));
    const auto both = static_cast<std::uint64_t>(_mm_cvtsi128_si64(eights));
    number.mantissa = (both & 0xFFFFFFFFu) * 100'000'000u + (both >> 32);
    number.known = allDigits && any && !needlessZero;
    return number;
}

#else

inline constexpr bool available = false;
inline ShortNumber readShort(const char*, std::size_t) { return {}; }

#endif

}  // namespace lamina::csv_numbers
