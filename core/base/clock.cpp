#include "core/base/clock.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace lamina {
namespace {
const Clock systemClock;
std::atomic<const Clock*> currentClock{&systemClock};
}  // namespace

std::int64_t Clock::wallMilliseconds() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::int64_t Clock::steadyNanoseconds() const {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

const Clock& clock() { return *currentClock.load(); }

std::shared_ptr<void> replaceClock(const Clock& replacement) {
    const Clock* before = currentClock.exchange(&replacement);
    return std::shared_ptr<void>(nullptr, [before](void*) { currentClock = before; });
}

std::string isoTime(std::int64_t wallMilliseconds) {
    const std::int64_t milliseconds = (wallMilliseconds % 1000 + 1000) % 1000;
    const std::time_t seconds = (wallMilliseconds - milliseconds) / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    const auto n = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text + n, sizeof text - n, ".%03dZ", static_cast<int>(milliseconds));
    return text;
}

}  // namespace lamina
