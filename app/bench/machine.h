// What this machine can do at best: the measures that everything else is a fraction of.
#pragma once

#include <functional>

namespace lamina::bench {

/// Median seconds per call of a function, run for about `seconds`: on the clock, and of the processor for this process, which other programs hardly
/// change.
struct CallTime {
    double wall = 0, processor = 0;
};
CallTime timePerCall(const std::function<void()>& function, double seconds);
/// On the clock alone.
double secondsPerCall(const std::function<void()>& function, double seconds);

/// The shortest of such calls: for limits, which other programs can only make longer.
double shortestCall(const std::function<void()>& function, double seconds);

/// Multiply-adds of float32 in registers only, on `threads` threads at once: floating point operations per second.
double peakFlops(int threads);
/// Bytes per second of x = a·x + b over an array far larger than the caches (8 bytes per number), on `threads` threads.
double readModifyWriteBandwidth(int threads);

}  // namespace lamina::bench
