#include "core/base/clock.h"

#include <gtest/gtest.h>

namespace lamina {
namespace {

class HandClock final : public Clock {
public:
    std::int64_t wall = 0;
    std::int64_t steady = 0;
    std::int64_t wallMilliseconds() const override { return wall; }
    std::int64_t steadyNanoseconds() const override { return steady; }
};

TEST(Clock, TheSteadyClockNeverGoesBack) {
    std::int64_t before = clock().steadyNanoseconds();
    for (int n = 0; n < 1000; ++n) {
        const std::int64_t now = clock().steadyNanoseconds();
        ASSERT_GE(now, before);
        before = now;
    }
}

TEST(Clock, IsReplacedUntilTheGuardDies) {
    HandClock hand;
    hand.wall = 5;
    {
        const auto guard = replaceClock(hand);
        EXPECT_EQ(clock().wallMilliseconds(), 5);
    }
    EXPECT_GT(clock().wallMilliseconds(), 1'600'000'000'000);
}

TEST(Clock, AStopwatchMeasuresSteadyTimeAlone) {
    HandClock hand;
    const auto guard = replaceClock(hand);
    const Stopwatch watch;
    hand.wall = 1'000'000;
    EXPECT_EQ(watch.seconds(), 0.0);
    hand.steady = 1'500'000'000;
    EXPECT_DOUBLE_EQ(watch.seconds(), 1.5);
}

TEST(IsoTime, IsUtcWithMilliseconds) {
    EXPECT_EQ(isoTime(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(isoTime(1'772'368'496'789), "2026-03-01T12:34:56.789Z");
    EXPECT_EQ(isoTime(951'782'400'007), "2000-02-29T00:00:00.007Z");
}

TEST(IsoTime, HoldsBefore1970) { EXPECT_EQ(isoTime(-1), "1969-12-31T23:59:59.999Z"); }

}  // namespace
}  // namespace lamina
