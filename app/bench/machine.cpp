#include "app/bench/machine.h"

#include <time.h>

#include <algorithm>
#include <cstdint>
#include <thread>
#include <vector>

#include "core/engine/cpu/thread_pool.h"

namespace lamina::bench {

namespace {

double now(clockid_t clock = CLOCK_MONOTONIC) {
    timespec time;
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

#if defined(__x86_64__)
#define LAMINA_VECTOR_TARGET(name) __attribute__((target(name)))
#else
#define LAMINA_VECTOR_TARGET(name)
#endif

constexpr int chains = 12;  // enough independent sums to hide the latency of a multiply-add

typedef float Vector8 __attribute__((vector_size(32)));
typedef float Vector16 __attribute__((vector_size(64)));

template <class Vector>
inline __attribute__((always_inline)) float multiplyAddLoop(std::int64_t rounds) {
    Vector sums[chains], factor = Vector{} + 0.999f, term = Vector{} + 1e-7f;
    for (int c = 0; c < chains; ++c) sums[c] = Vector{} + static_cast<float>(c);  // different, or the compiler keeps one chain
    for (std::int64_t i = 0; i < rounds; ++i) {
#pragma GCC unroll 12
        for (int c = 0; c < chains; ++c) sums[c] = sums[c] * factor + term;
    }
    float total = 0;
    for (const Vector& sum : sums) total += sum[0];
    return total;
}

LAMINA_VECTOR_TARGET("avx2,fma") float loop8(std::int64_t rounds) { return multiplyAddLoop<Vector8>(rounds); }
LAMINA_VECTOR_TARGET("avx512f") float loop16(std::int64_t rounds) { return multiplyAddLoop<Vector16>(rounds); }

bool wide() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512f");
#else
    return false;
#endif
}

LAMINA_VECTOR_TARGET("avx2") void sweep(float* x, std::int64_t n) {
    auto* const v = reinterpret_cast<Vector8*>(x);
    for (std::int64_t i = 0; i < n / 8; ++i) v[i] = v[i] * 0.5f + 1.0f;
}

std::vector<CallTime> timesOf(const std::function<void()>& function, double seconds) {
    function();
    function();
    std::vector<CallTime> times;
    const double begin = now();
    while (now() - begin < seconds || times.size() < 3) {
        const double start = now(), used = now(CLOCK_PROCESS_CPUTIME_ID);
        function();
        times.push_back({now() - start, now(CLOCK_PROCESS_CPUTIME_ID) - used});
    }
    return times;
}

double medianOf(std::vector<CallTime>& times, double CallTime::* part) {
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end(), [part](const CallTime& a, const CallTime& b) { return a.*part < b.*part; });
    return (*middle).*part;
}

}  // namespace

CallTime timePerCall(const std::function<void()>& function, double seconds) {
    auto times = timesOf(function, seconds);
    return {medianOf(times, &CallTime::wall), medianOf(times, &CallTime::processor)};
}

double secondsPerCall(const std::function<void()>& function, double seconds) { return timePerCall(function, seconds).wall; }

double shortestCall(const std::function<void()>& function, double seconds) {
    const auto times = timesOf(function, seconds);
    return std::min_element(times.begin(), times.end(), [](const CallTime& a, const CallTime& b) { return a.wall < b.wall; })->wall;
}

double peakFlops(int threads) {
    constexpr std::int64_t rounds = 200000;
    cpu::ThreadPool pool(threads);
    volatile float sink = 0;
    const double seconds = shortestCall([&] { pool.run(4 * threads, [&](int, int) { sink = wide() ? loop16(rounds) : loop8(rounds); }); }, 0.1);
    return 4.0 * threads * rounds * chains * (wide() ? 16 : 8) * 2 / seconds;
}

double readModifyWriteBandwidth(int threads) {
    constexpr std::int64_t numbers = std::int64_t{32} << 20, part = std::int64_t{1} << 16;
    std::vector<float> array(numbers + 16, 1.0f);
    float* const x = array.data() + (16 - reinterpret_cast<std::uintptr_t>(array.data()) / 4 % 16) % 16;
    cpu::ThreadPool pool(threads);
    const double seconds = shortestCall([&] { pool.run(numbers / part, [&](int slice, int) { sweep(x + slice * part, part); }); }, 0.3);
    return 8.0 * numbers / seconds;
}

}  // namespace lamina::bench
