#include "core/training/training_plan.h"

#include <gtest/gtest.h>

namespace lamina {
namespace {

TEST(TrainingPlan, SurvivesTheRoundTripThroughJson) {
    TrainingPlan plan;
    plan.epochs = 17;
    plan.seed = 0xfedcba9876543210ull;
    plan.phases[0].optimizer = "sgd";
    plan.phases[0].optimizerSettings = {{"momentum", 0.5}};
    const auto read = planFromJson(planToJson(plan));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, plan);
}

TEST(TrainingPlan, NamesTheEntryThatIsOutOfRange) {
    const auto read = planFromJson({{"epochs", 0}});
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "plan.out_of_range");
    EXPECT_EQ(read.error().argument("entry"), "epochs");
}

TEST(TrainingPlan, TheScheduleTakesItsCourseAnewAtEveryExtension) {
    TrainingPlan plan;
    plan.epochs = 10;
    EXPECT_EQ(scheduleCourse(plan, 9).last, 10);
    extendPlan(plan, 10, 5);
    extendPlan(plan, 15, 1);
    EXPECT_EQ(plan.epochs, 16);
    EXPECT_EQ(plan.extendedAt, (std::vector<std::int64_t>{10, 15}));
    const auto course = [&](std::int64_t epoch) { return std::pair(scheduleCourse(plan, epoch).first, scheduleCourse(plan, epoch).last); };
    EXPECT_EQ(course(0), std::pair(std::int64_t{0}, std::int64_t{10}));
    EXPECT_EQ(course(9), course(0));
    EXPECT_EQ(course(10), std::pair(std::int64_t{10}, std::int64_t{15}));
    EXPECT_EQ(course(15), std::pair(std::int64_t{15}, std::int64_t{16}));
    extendPlan(plan, 12, 4);  // from an earlier checkpoint
    EXPECT_EQ(plan.extendedAt, (std::vector<std::int64_t>{10, 12}));
    EXPECT_EQ(*planFromJson(planToJson(plan)), plan);
    plan.extendedAt = {12, 10};
    EXPECT_EQ(planFromJson(planToJson(plan)).error().argument("entry"), "extendedAt");
}

TEST(TrainingPlan, KnowsItsPrecisions) {
    for (const std::string& name : precisionNames()) {
        const auto read = planFromJson({{"precision", name}});
        ASSERT_TRUE(read.ok()) << name;
        EXPECT_EQ(planToJson(*read)["precision"], name);
        EXPECT_EQ(*precisionOf(*read) == Precision::Bfloat16, name == "bfloat16");
    }
    EXPECT_EQ(planFromJson({{"precision", "float16"}}).error().code, "plan.unknown_precision");
}

TEST(TrainingPlan, MissingEntriesKeepTheirDefaults) {
    EXPECT_EQ(*planFromJson({{"epochs", 10}, {"phases", {nlohmann::json::object()}}}), TrainingPlan{});
}

TEST(TrainingPlan, PhasesAndObjectivesSurviveTheRoundTrip) {
    TrainingPlan plan;
    plan.ema = 0.999;
    plan.clipNorm = 1;
    plan.l1 = 1e-5;
    plan.phases.resize(2);
    plan.phases[0].until = 3;
    plan.phases[1].name = "all";
    plan.phases[1].from = 3;
    plan.phases[1].objectives.push_back({.loss = "mse", .weight = 0.5, .output = "dense_2", .target = "input", .feed = ""});
    const auto read = planFromJson(planToJson(plan));
    ASSERT_TRUE(read.ok()) << read.error().debugText();
    EXPECT_EQ(*read, plan);
}

TEST(TrainingPlan, TellsWhatIsWrongWithIt) {
    TrainingPlan plan;
    plan.phases.push_back(PlanPhase{});
    EXPECT_EQ(planFromJson(planToJson(plan)).error().code, "plan.same_phase_twice");
    plan.phases[1].name = "late";
    plan.phases[0].until = 5;
    plan.phases[1].from = 6;
    EXPECT_EQ(planFromJson(planToJson(plan)).error().argument("epoch"), "6");
    plan.phases.clear();
    EXPECT_EQ(planFromJson(planToJson(plan)).error().code, "plan.phase_count");
    EXPECT_EQ(planFromJson({{"epochs", "many"}}).error().code, "plan.bad_json");
}

TEST(TrainingPlan, ASchedulesCourseLastsAsLongAsItsPhase) {
    TrainingPlan plan;
    plan.epochs = 10;
    PlanPhase phase;
    phase.from = 2;
    phase.until = 6;
    EXPECT_EQ(scheduleCourse(plan, phase, 3).first, 2);
    EXPECT_EQ(scheduleCourse(plan, phase, 3).last, 6);
    EXPECT_FALSE(takesPart(phase, 1));
    EXPECT_TRUE(takesPart(phase, 5));
    EXPECT_FALSE(takesPart(phase, 6));
}

}  // namespace
}  // namespace lamina
