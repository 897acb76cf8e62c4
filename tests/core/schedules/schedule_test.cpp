#include "core/schedules/schedule_type.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lamina {
namespace {

TEST(Schedule, CosineFallsFromOneToItsLastFactor) {
    const auto& cosine = *findSchedule("cosine");
    EXPECT_DOUBLE_EQ(cosine.factor(cosine.defaults, 0, 100), 1.0);
    EXPECT_NEAR(cosine.factor(cosine.defaults, 50, 100), 0.51, 1e-12);
    EXPECT_NEAR(cosine.factor(cosine.defaults, 100, 100), 0.02, 1e-12);
    for (int step = 0; step < 99; ++step) EXPECT_GT(cosine.factor(cosine.defaults, step, 100), cosine.factor(cosine.defaults, step + 1, 100));
}

double at(const char* id, const nlohmann::json& json, std::int64_t step, std::int64_t total) {
    const ScheduleType& type = *findSchedule(id);
    std::any settings = type.defaults;
    const auto read = propertiesFromJson(type.properties, json, settings);
    EXPECT_TRUE(read.ok()) << (read ? "" : read.error().debugText());
    return type.factor(settings, step, total);
}

TEST(Schedule, EveryScheduleStaysBetweenNothingAndTheWholeLearningRate) {
    ASSERT_FALSE(scheduleCatalogue().empty());
    for (const auto* schedule : scheduleCatalogue())
        for (std::int64_t total : {1, 2, 10, 997})
            for (std::int64_t step = 0; step < total; ++step) {
                const double factor = schedule->factor(schedule->defaults, step, total);
                ASSERT_TRUE(factor > 0 && factor <= 1) << schedule->id << " step " << step << " of " << total << ": " << factor;
            }
}

TEST(Schedule, WarmUpRisesEvenlyBeforeTheCourseBegins) {
    for (const char* id : {"constant", "cosine", "step", "exponential", "on_plateau"}) {
        for (std::int64_t step = 0; step < 10; ++step)
            EXPECT_NEAR(at(id, {{"warm_up", 0.1}}, step, 100), static_cast<double>(step + 1) / 11, 1e-12) << id;
        EXPECT_DOUBLE_EQ(at(id, {{"warm_up", 0.1}}, 10, 100), 1) << id;
        EXPECT_DOUBLE_EQ(at(id, {{"warm_up", 0.1}}, 60, 100), at(id, {{"warm_up", 0}}, 50, 90)) << id;
    }
}

TEST(Schedule, CosineBeginsAnewAtEveryRestart) {
    const nlohmann::json twice{{"restarts", 1}, {"last", 0}};
    EXPECT_DOUBLE_EQ(at("cosine", twice, 0, 100), 1);
    EXPECT_NEAR(at("cosine", twice, 49, 100), 0.000986635785864, 1e-12);
    EXPECT_DOUBLE_EQ(at("cosine", twice, 50, 100), 1);
    EXPECT_NEAR(at("cosine", twice, 75, 100), 0.5, 1e-12);
}

TEST(Schedule, StepDropsInEqualParts) {
    for (std::int64_t step = 0; step < 12; ++step)
        EXPECT_NEAR(at("step", {{"drops", 2}, {"drop", 0.1}}, step, 12), step < 4 ? 1 : step < 8 ? 0.1 : 0.01, 1e-12) << step;
}

TEST(Schedule, ExponentialMultipliesWithTheSameNumberInEveryStep) {
    EXPECT_NEAR(at("exponential", {{"last", 0.01}}, 50, 100), 0.1, 1e-12);
    for (std::int64_t step = 1; step < 99; ++step)
        EXPECT_NEAR(at("exponential", {}, step + 1, 100) / at("exponential", {}, step, 100), std::pow(0.01, 0.01), 1e-12);
}

TEST(Schedule, OneCycleIsThatOfAnotherImplementation) {
    const double expected[] = {0.04,           0.121885270984, 0.339602760585, 0.618869736996, 0.864403483381, 0.992430677415, 0.994415435451,
                               0.967362355605, 0.91904437627,  0.851659965848, 0.768275115491, 0.672683836481, 0.569235532687, 0.462637102667,
                               0.35773877574,  0.259313426523, 0.171839409104, 0.099296791893, 0.044986264488, 0.01137895627};  // PyTorch's OneCycleLR, 21 steps
    for (std::int64_t step = 0; step < 20; ++step) EXPECT_NEAR(at("one_cycle", nlohmann::json::object(), step, 21), expected[step], 1e-11) << step;
}

TEST(Schedule, OnPlateauIsThatOfAnotherImplementation) {
    const double monitors[] = {1, 0.9, 0.895, 0.893, 0.892, 0.891, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6};
    const double expected[] = {1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125, 0.1, 0.1, 0.1};  // PyTorch's ReduceLROnPlateau
    const ScheduleType& type = *findSchedule("on_plateau");
    std::any settings = type.defaults;
    ASSERT_TRUE(propertiesFromJson(type.properties, {{"drop", 0.5}, {"patience", 2}, {"threshold", 0.01}, {"least", 0.1}}, settings).ok());
    ScheduleState state;
    for (std::size_t epoch = 0; epoch < std::size(monitors); ++epoch) {
        type.judge(settings, state, monitors[epoch]);
        EXPECT_DOUBLE_EQ(state.factor, expected[epoch]) << "epoch " << epoch;
    }
}

TEST(Schedule, UnknownOnesAreNotFound) { EXPECT_EQ(findSchedule("lunar"), nullptr); }

}  // namespace
}  // namespace lamina
