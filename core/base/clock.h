// The clock, replaceable in tests. Durations come from the steady clock, dates from the wall clock; order never from either.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace lamina {

class Clock {
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970, UTC. May jump.
    virtual std::int64_t wallMilliseconds() const;
    /// Nanoseconds since some moment; never goes back.
    virtual std::int64_t steadyNanoseconds() const;
};

/// The clock everybody asks. Any thread.
const Clock& clock();
/// Tests only: replaces the clock until the returned guard dies. The replacement must outlive the guard.
std::shared_ptr<void> replaceClock(const Clock& replacement);

/// "2026-03-01T12:34:56.789Z"
std::string isoTime(std::int64_t wallMilliseconds);

/// Seconds since construction, steady.
class Stopwatch {
public:
    Stopwatch() : m_start(clock().steadyNanoseconds()) {}
    double seconds() const { return static_cast<double>(clock().steadyNanoseconds() - m_start) * 1e-9; }

private:
    std::int64_t m_start;
};

}  // namespace lamina
