#include "app/pages/train/plan_rows.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/pages/train/output_rows.h"
#include "app/workspace/language.h"
#include "core/engine/device.h"
#include "core/tasks/task_type.h"

namespace lamina {
namespace {

const PlanRow* rowNamed(const std::vector<PlanRow>& rows, const QString& id) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const PlanRow& row) { return row.row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

class TrainingRows : public testing::Test {
protected:
    TrainingRows() { choice.plan = standard.plan; }
    const PlanRow* row(const QString& id) {
        rows = planRows(choice, standard);
        return rowNamed(rows, id);
    }
    /// Rows that stand there without "More settings".
    std::size_t basic() {
        rows = planRows(choice, standard);
        return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const PlanRow& r) { return r.basic; }));
    }

    DefaultPlan standard = defaultPlan(1000, *findTask("classification"));
    TrainingChoice choice;
    std::vector<PlanRow> rows;
};

TEST_F(TrainingRows, BeginnersSeeNoMoreThanEightRows) {
    EXPECT_LE(basic(), 8u);
    for (const char* id : {"loss", "loss.class_weights", "clip_norm", "clip_value", "l1", "l2", "ema", "head_epochs", "schedule.warm_up"}) {
        ASSERT_TRUE(row(id)) << id;
        EXPECT_FALSE(row(id)->basic) << id;
    }
}

TEST_F(TrainingRows, LossesAreThoseOfTheTask) {
    EXPECT_EQ(row("loss")->row.limits.choices, findTask("classification")->losses);
    EXPECT_FALSE(row("loss.gamma"));
    setPlanValue(choice, "loss", std::string("focal"));
    EXPECT_EQ(choice.plan.phases[0].objectives[0].loss, "focal");
    ASSERT_TRUE(row("loss.gamma"));
    setPlanValue(choice, "loss.gamma", 3.5);
    EXPECT_EQ(std::get<double>(row("loss.gamma")->row.value), 3.5);
    setPlanValue(choice, "loss", std::string("cross_entropy"));
    EXPECT_FALSE(row("loss.gamma"));
}

TEST_F(TrainingRows, WeightsOfClassesAreAskedForOnlyWhereTheyAreWrittenByHand) {
    EXPECT_FALSE(row("loss.weights"));
    ASSERT_EQ(row("loss.class_weights")->row.choiceTitles.size(), 3);
    setPlanValue(choice, "loss.class_weights", std::string("by_hand"));
    ASSERT_TRUE(row("loss.weights"));
    setPlanValue(choice, "loss.weights", std::string("1, 2, 3"));
    EXPECT_EQ(choice.plan.phases[0].objectives[0].settings["weights"], "1, 2, 3");
}

TEST_F(TrainingRows, EveryOptimizerAndScheduleShowsItsSettings) {
    for (const auto& [kind, id] : {std::pair("optimizer", "lion"), {"optimizer", "rmsprop"}, {"schedule", "one_cycle"}, {"schedule", "on_plateau"}}) {
        setPlanValue(choice, kind, std::string(id));
        EXPECT_EQ(std::get<std::string>(row(kind)->row.value), id);
    }
    EXPECT_TRUE(row("optimizer.kept"));
    EXPECT_TRUE(row("schedule.patience"));
    setPlanValue(choice, "optimizer", std::string("sgd"));
    setPlanValue(choice, "optimizer.nesterov", true);
    EXPECT_EQ(choice.plan.phases[0].optimizerSettings["nesterov"], true);
}

TEST_F(TrainingRows, TheLastLayerFirstMakesTwoPhases) {
    EXPECT_EQ(planOf(choice), choice.plan);
    setPlanValue(choice, "head_epochs", std::int64_t{2});
    setPlanValue(choice, "ema", 0.99);
    const TrainingPlan plan = planOf(choice);
    ASSERT_EQ(plan.phases.size(), 2u);
    EXPECT_EQ(plan.phases[0].trainable, "head");
    EXPECT_EQ(plan.phases[1].from, 2);
    EXPECT_EQ(plan.ema, 0.99);
    EXPECT_TRUE(checkPlan(plan).ok());
}

TEST_F(TrainingRows, ThePrecisionIsAmongTheOthersAndSaysWhereItHelps) {
    ASSERT_TRUE(row("precision"));
    EXPECT_FALSE(row("precision")->basic);
    EXPECT_TRUE(row("precision")->reason.isEmpty());
    setPlanValue(choice, "precision", std::string("bfloat16"));
    EXPECT_EQ(planOf(choice).precision, "bfloat16");
    EXPECT_TRUE(checkPlan(planOf(choice)).ok());
    EXPECT_FALSE(row("precision")->reason.isEmpty()) << "no instruction here, or a GPU might be chosen";
    choice.device = "cpu";
    EXPECT_EQ(row("precision")->reason.isEmpty(), cpuHasBfloat16());
}

TEST_F(TrainingRows, TheCourseOfTheLearningRateFollowsTheSchedule) {
    setPlanValue(choice, "optimizer.learning_rate", 0.5);
    setPlanValue(choice, "schedule", std::string("constant"));
    for (const auto& [done, rate] : scheduleCurve(choice.plan)) EXPECT_EQ(rate, 0.5);
    setPlanValue(choice, "schedule", std::string("cosine"));
    const auto curve = scheduleCurve(choice.plan);
    EXPECT_EQ(curve.front().first, 0);
    EXPECT_EQ(curve.back().first, 1);
    EXPECT_NEAR(curve.front().second, 0.5, 1e-12);
    EXPECT_NEAR(curve.back().second, 0.01, 1e-4);
}

TEST_F(TrainingRows, EachOutputOfANetworkSaysWhatItLearns) {
    const std::vector<NetworkOutput> outputs{{"again", {4}, false, true}, {"kind", {3}, true, false}, {"kind_early", {3}, false, false}, {"odd", {7}, false, false}};
    auto& proposed = standard.plan.phases[0].objectives;
    proposed = proposedObjectives(outputs, proposed[0]);
    choice.plan = standard.plan;
    ASSERT_EQ(proposed.size(), 4u);
    EXPECT_EQ(proposed[0].output, "kind");
    EXPECT_EQ(proposed[1].target, "input");
    EXPECT_EQ(proposed[1].loss, "mse");
    EXPECT_EQ(proposed[2].target, "");
    EXPECT_EQ(proposed[3].weight, 0);
    EXPECT_FALSE(row("loss"));
    EXPECT_EQ(row("output.0.loss")->row.limits.choices.size(), findTask("classification")->losses.size());
    EXPECT_FALSE(row("output.3.loss"));

    setPlanValue(choice, "output.2.weight", 0.25);
    setPlanValue(choice, "output.0.target", std::string("none"));
    setPlanValue(choice, "output.1.target", std::string("data"));
    EXPECT_EQ(std::get<std::string>(row("output.1.loss")->row.value), findTask("classification")->defaultLoss);
    setPlanValue(choice, "output.1.target", std::string("input"));
    const auto trained = planOf(choice).phases[0].objectives;
    ASSERT_EQ(trained.size(), 2u);
    EXPECT_EQ(trained[0].output, "kind_early");
    EXPECT_EQ(trained[0].weight, 0.25);
    EXPECT_EQ(trained[1].output, "again");
}

TEST_F(TrainingRows, AnOutputCanLearnAColumnWithTheLossesOfItsKindAndWeightsOfItsClasses) {
    const std::vector<NetworkOutput> outputs{{"kind", {3}, true, false}, {"price", {1}, false, false}};
    choice.targets = {{"a", true, true}, {"cost", true, false}, {"soil", false, false}};
    choice.task = "classification";
    auto& proposed = standard.plan.phases[0].objectives;
    EXPECT_EQ(proposedObjectives(outputs, proposed[0])[1].weight, 0) << "nothing is known of columns";
    proposed = proposedObjectives(outputs, proposed[0], choice.targets);
    choice.plan = standard.plan;
    EXPECT_EQ(proposed[1].target, "cost") << "the only numbers that no Input takes";
    EXPECT_EQ(proposed[1].loss, "mse");
    EXPECT_EQ(row("output.0.target")->row.limits.choices.size(), 3u) << "the first output is for the data's answer";
    EXPECT_EQ(row("output.1.target")->row.limits.choices.size(), 6u);
    EXPECT_EQ(row("output.1.loss")->row.limits.choices.size(), findTask("regression")->losses.size());
    EXPECT_FALSE(row("output.0.loss.class_weights")->basic);
    setPlanValue(choice, "output.0.loss.class_weights", std::string("balanced"));
    EXPECT_EQ(choice.plan.phases[0].objectives[0].settings["class_weights"], "balanced");

    setPlanValue(choice, "output.1.target", std::string("column:soil"));
    EXPECT_EQ(planOf(choice).phases[0].objectives[1].target, "soil");
    EXPECT_EQ(std::get<std::string>(row("output.1.loss")->row.value), "cross_entropy");
    EXPECT_TRUE(row("output.1.loss.class_weights"));
    setPlanValue(choice, "output.1.target", std::string("column:a"));
    EXPECT_TRUE(row("output.1.target")->reason.contains("untick"));
}

}  // namespace
}  // namespace lamina
