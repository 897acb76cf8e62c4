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

TEST(TrainingPlan, SaysWhatItCannotDoYet) {
    TrainingPlan plan;
    plan.phases.push_back(PlanPhase{});
    EXPECT_EQ(planFromJson(planToJson(plan)).error().code, "plan.several_phases");
    EXPECT_EQ(planFromJson({{"epochs", "many"}}).error().code, "plan.bad_json");
}

}  // namespace
}  // namespace lamina
