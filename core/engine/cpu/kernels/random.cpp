// Dropout and noise: the numbers of RandomStream, many blocks of its counter at a time.
#include <bit>
#include <cmath>

#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

constexpr int blocks = 32;
constexpr Size group = 4 * blocks;

/// The words of the blocks first … first + 31, one block's four after the other's.
void randomWords(const RandomStream& stream, std::uint64_t first, std::uint32_t* words) {
    std::uint32_t c0[blocks], c1[blocks], c2[blocks], c3[blocks];
    auto k0 = static_cast<std::uint32_t>(stream.key), k1 = static_cast<std::uint32_t>(stream.key >> 32);
    for (int l = 0; l < blocks; ++l) {
        const std::uint64_t counter = first + static_cast<std::uint64_t>(l);
        c0[l] = static_cast<std::uint32_t>(counter);
        c1[l] = static_cast<std::uint32_t>(counter >> 32);
        c2[l] = static_cast<std::uint32_t>(stream.step);
        c3[l] = static_cast<std::uint32_t>(stream.step >> 32);
    }
    for (int round = 0; round < 10; ++round) {
        for (int l = 0; l < blocks; ++l) {
            const std::uint64_t p0 = 0xD2511F53ull * c0[l], p1 = 0xCD9E8D57ull * c2[l];
            c0[l] = static_cast<std::uint32_t>(p1 >> 32) ^ c1[l] ^ k0;
            c2[l] = static_cast<std::uint32_t>(p0 >> 32) ^ c3[l] ^ k1;
            c1[l] = static_cast<std::uint32_t>(p1);
            c3[l] = static_cast<std::uint32_t>(p0);
        }
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    for (int l = 0; l < blocks; ++l) {
        words[4 * l] = c0[l];
        words[4 * l + 1] = c1[l];
        words[4 * l + 2] = c2[l];
        words[4 * l + 3] = c3[l];
    }
}

/// Calls use(words of the next elements, offset, count) for `n` elements from `first` on, of which each takes `perElement` words.
template <int perElement, class Use>
void forEachGroup(const RandomStream& stream, Size first, Size n, Use&& use) {
    constexpr Size perBlock = 4 / perElement, perGroup = group / perElement;
    std::uint32_t words[group];
    Size skipped = first % perBlock;
    auto block = static_cast<std::uint64_t>(first / perBlock);
    for (Size i = 0; i < n; block += blocks) {
        randomWords(stream, block, words);
        const Size count = perGroup - skipped < n - i ? perGroup - skipped : n - i;
        use(words + skipped * perElement, i, count);
        i += count;
        skipped = 0;
    }
}

void dropout(const DropoutNumbers& numbers, const float* x, float* y, Size first, Size n) {
    const float rate = numbers.rate, scale = numbers.scale;
    forEachGroup<1>(numbers.stream, first, n, [=](const std::uint32_t* words, Size offset, Size count) {
        for (Size i = 0; i < count; ++i) {
            const float u = static_cast<float>(static_cast<std::int32_t>(words[i] >> 8)) * 0x1p-24f, kept = x[offset + i] * scale;
            y[offset + i] = u >= rate ? kept : 0.0f;
        }
    });
}

/// log of a number from 1 on: 2^e · m with m between √½ and √2, log m = 2·artanh((m - 1) / (m + 1)).
inline double logarithm(double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const double m = std::bit_cast<double>((bits & 0x000fffffffffffffull) | 0x3ff0000000000000ull);
    const bool upper = m > 1.4142135623730951;
    const double e = static_cast<double>(static_cast<std::int32_t>(bits >> 52) - 1023) + (upper ? 1.0 : 0.0), half = upper ? 0.5 * m : m;
    const double t = (half - 1.0) / (half + 1.0), s = t * t;
    return e * 0.69314718055994530942 +
           2 * t * (1.0 + s * (1.0 / 3 + s * (1.0 / 5 + s * (1.0 / 7 + s * (1.0 / 9 + s * (1.0 / 11 + s * (1.0 / 13 + s * (1.0 / 15))))))));
}

/// cos(2π·v) for v in 0 … 1: -sin(2π·(¼ - |v - ½|)), by its series.
inline double cosineOfTurn(double v) {
    const double fromHalf = v - 0.5, z = 6.283185307179586476925 * (0.25 - (fromHalf < 0 ? -fromHalf : fromHalf)), s = z * z;
    const double series =
        1.0 + s * (-1.0 / 6 + s * (1.0 / 120 + s * (-1.0 / 5040 + s * (1.0 / 362880 + s * (-1.0 / 39916800 + s * (1.0 / 6227020800 + s * (-1.0 / 1307674368000)))))));
    return -z * series;
}

/// Box and Muller's numbers; in float they are those of RandomStream::normal().
void gaussianNoise(const RandomStream& stream, float deviation, const float* x, float* y, Size first, Size n) {
    forEachGroup<2>(stream, first, n, [=](const std::uint32_t* words, Size offset, Size count) {
        for (Size i = 0; i < count; ++i) {
            const double logOfU = logarithm(static_cast<double>(words[2 * i]) + 1.0) - 22.180709777918249;  // 32·log 2
            const double v = static_cast<double>(words[2 * i + 1]) * 0x1p-32, squared = -2.0 * logOfU;
            const double radius = std::sqrt(squared < 0 ? 0.0 : squared);
            y[offset + i] = x[offset + i] + deviation * static_cast<float>(radius * cosineOfTurn(v));
        }
    });
}

}  // namespace

void fillRandom(Kernels& table) {
    table.dropout = dropout;
    table.gaussianNoise = gaussianNoise;
}

}  // namespace lamina::cpu::LAMINA_ISA
