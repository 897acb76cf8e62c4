#include "core/training/default_plan.h"

#include <gtest/gtest.h>

namespace lamina {
namespace {

const TaskType& classification() { return *findTask("classification"); }

TEST(DefaultPlan, SmallTablesGetAboutTwoThousandUpdates) {
    for (const std::int64_t rows : {100, 120, 455, 712, 1400, 5600}) {
        const auto plan = defaultPlan(rows, classification()).plan;
        const std::int64_t steps = plan.epochs * ((rows + plan.batchSize - 1) / plan.batchSize);
        EXPECT_GE(steps, 2000) << rows;
        EXPECT_LE(steps, 2300) << rows;
    }
    EXPECT_EQ(defaultPlan(120, classification()).plan.batchSize, 8);
    EXPECT_EQ(defaultPlan(455, classification()).plan.batchSize, 16);
}

TEST(DefaultPlan, LargeDataGetsFiveEpochsInBatchesOf64) {
    for (const std::int64_t rows : {30000, 54000, 10000000}) {
        const auto plan = defaultPlan(rows, classification()).plan;
        EXPECT_EQ(plan.epochs, 5) << rows;
        EXPECT_EQ(plan.batchSize, 64) << rows;
    }
}

TEST(DefaultPlan, ANetworkWithMuchToComputeGivesAFirstResultWithinMinutes) {
    constexpr double photoNetwork = 1e8;  // for one picture of 64 × 64
    const auto many = defaultPlan(1600, classification(), photoNetwork);
    EXPECT_EQ(many.plan.epochs, 20);
    EXPECT_EQ(many.reasons[0].why.code, "plan.why_epochs_work");
    EXPECT_EQ(defaultPlan(160, classification(), photoNetwork).plan.epochs, defaultPlan(160, classification()).plan.epochs) << "few pictures are little work";
    EXPECT_EQ(defaultPlan(100000, classification(), photoNetwork).plan.epochs, 5) << "fewer would not be a training";
    EXPECT_EQ(defaultPlan(0, classification(), photoNetwork).plan.epochs, defaultPlan(0, classification()).plan.epochs);
}

TEST(DefaultPlan, AnyNumberOfRowsGivesAPlanThatCanRun) {
    for (const std::int64_t rows : {0, 1, 2, 15, 16, 17}) {
        const auto plan = defaultPlan(rows, classification()).plan;
        EXPECT_TRUE(checkPlan(plan).ok()) << rows;
        EXPECT_LE(plan.epochs, 200) << rows;
    }
}

TEST(DefaultPlan, SaysWhyForEachValueItChose) {
    const auto small = defaultPlan(120, classification());
    ASSERT_EQ(small.reasons.size(), 3u);
    EXPECT_EQ(small.reasons[0].entry, "epochs");
    EXPECT_EQ(small.reasons[0].why.code, "plan.why_epochs_small");
    EXPECT_EQ(small.reasons[0].why.argument("rows"), "120");
    EXPECT_EQ(small.reasons[0].why.argument("steps"), std::to_string(small.plan.epochs * 15));
    EXPECT_EQ(small.reasons[1].why.argument("batch"), "8");
    EXPECT_EQ(defaultPlan(54000, classification()).reasons[0].why.code, "plan.why_epochs_large");
}

TEST(FillPlan, KeepsWhatWasChosen) {
    TrainingPlan plan;
    plan.epochs = 3;
    plan.batchSize = 0;
    fillPlan(plan, 120, classification());
    EXPECT_EQ(plan.epochs, 3);
    EXPECT_EQ(plan.batchSize, 8);
    plan.epochs = 0;
    plan.batchSize = 60;
    fillPlan(plan, 120, classification());
    EXPECT_EQ(plan.epochs, 200);
    EXPECT_EQ(plan.batchSize, 60);
    EXPECT_EQ(plan.phases[0].objectives[0].loss, "cross_entropy");
}

}  // namespace
}  // namespace lamina
