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

TEST(TrainingPlan, MissingEntriesKeepTheirDefaults) {
    EXPECT_EQ(*planFromJson({{"epochs", 10}, {"phases", {nlohmann::json::object()}}}), TrainingPlan{});
}

TEST(TrainingPlan, SaysWhatItCannotDoYet) {
    TrainingPlan plan;
    plan.phases.push_back(PlanPhase{});
    EXPECT_EQ(planFromJson(planToJson(plan)).error().code, "plan.several_phases");
    EXPECT_EQ(planFromJson({{"epochs", "many"}}).error().code, "plan.bad_json");
}

}  // namespace
}  // namespace lamina
