#include "core/schedules/schedule_type.h"

#include <gtest/gtest.h>

namespace lamina {
namespace {

TEST(Schedule, CosineFallsFromOneToItsLastFactor) {
    const auto& cosine = *findSchedule("cosine");
    EXPECT_DOUBLE_EQ(cosine.factor(cosine.defaults, 0, 100), 1.0);
    EXPECT_NEAR(cosine.factor(cosine.defaults, 50, 100), 0.51, 1e-12);
    EXPECT_NEAR(cosine.factor(cosine.defaults, 100, 100), 0.02, 1e-12);
    for (int step = 0; step < 99; ++step) EXPECT_GT(cosine.factor(cosine.defaults, step, 100), cosine.factor(cosine.defaults, step + 1, 100));
}

TEST(Schedule, EveryScheduleBeginsWithTheWholeLearningRate) {
    ASSERT_FALSE(scheduleCatalogue().empty());
    for (const auto* schedule : scheduleCatalogue()) EXPECT_DOUBLE_EQ(schedule->factor(schedule->defaults, 0, 10), 1.0) << schedule->id;
}

TEST(Schedule, UnknownOnesAreNotFound) { EXPECT_EQ(findSchedule("lunar"), nullptr); }

}  // namespace
}  // namespace lamina
