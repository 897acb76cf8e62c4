// Counter-based random numbers: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
// A number is a function of (seed, stream, step, element): the same whatever the thread, the order or an interruption.
// Header only, without state, so that CPU and CUDA kernels give the same numbers.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace lamina {

using PhiloxBlock = std::array<std::uint32_t, 4>;

/// Four random 32-bit words for one 128-bit counter under one 64-bit key.
constexpr PhiloxBlock philox(std::uint64_t key, std::uint64_t counterHigh, std::uint64_t counterLow) {
    std::uint32_t c0 = static_cast<std::uint32_t>(counterLow), c1 = static_cast<std::uint32_t>(counterLow >> 32);
    std::uint32_t c2 = static_cast<std::uint32_t>(counterHigh), c3 = static_cast<std::uint32_t>(counterHigh >> 32);
    std::uint32_t k0 = static_cast<std::uint32_t>(key), k1 = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t p0 = 0xD2511F53ull * c0, p1 = 0xCD9E8D57ull * c2;
        const std::uint32_t n0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k0, n2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k1;
        c1 = static_cast<std::uint32_t>(p1);
        c3 = static_cast<std::uint32_t>(p0);
        c0 = n0;
        c2 = n2;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return {c0, c1, c2, c3};
}

/// The number of a stream from its purpose and place ("dropout:dense_1", "shuffle"): FNV-1a, 64 bits.
constexpr std::uint64_t streamOf(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return hash;
}

/// One stream of numbers: key = seed mixed with the stream, counter = (step, element).
struct RandomStream {
    std::uint64_t key = 0;
    std::uint64_t step = 0;

    constexpr RandomStream(std::uint64_t seed, std::uint64_t stream, std::uint64_t atStep = 0)
        : key(seed * 0x9E3779B97F4A7C15ull ^ stream), step(atStep) {}

    constexpr std::uint32_t bits(std::uint64_t element) const { return philox(key, step, element >> 2)[element & 3]; }
    /// Uniform in [0, 1), 24 bits.
    constexpr float uniform(std::uint64_t element) const { return static_cast<float>(bits(element) >> 8) * 0x1p-24f; }
    /// Standard normal (Box and Muller 1958).
    float normal(std::uint64_t element) const {
        const auto block = philox(key, step, element >> 1);
        const bool second = (element & 1) != 0;
        const double u = (static_cast<double>(block[second ? 2 : 0]) + 1.0) * 0x1p-32;
        const double v = static_cast<double>(block[second ? 3 : 1]) * 0x1p-32;
        return static_cast<float>(std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586476925 * v));
    }
    /// Uniform in [0, n), by multiplication (Lemire 2019, without the rejection: bias < n / 2^64).
    constexpr std::uint64_t below(std::uint64_t element, std::uint64_t n) const {
        const auto block = philox(key, step, element);
        const std::uint64_t word = (static_cast<std::uint64_t>(block[0]) << 32) | block[1];
        return static_cast<std::uint64_t>((static_cast<unsigned __int128>(word) * n) >> 64);
    }
};

/// A random order of 0 … n-1 (Fisher and Yates), a function of the stream alone.
std::vector<std::int64_t> randomOrder(std::int64_t n, const RandomStream& stream);
/// Puts items[randomOrder(n, stream)[i]] at i, without allocating.
void shuffle(std::span<std::int64_t> items, const RandomStream& stream);

}  // namespace lamina
