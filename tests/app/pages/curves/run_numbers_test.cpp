#include "app/pages/curves/run_numbers.h"

#include <gtest/gtest.h>

#include "core/training/training_plan.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class RunNumbersTest : public testing::Test {
protected:
    void SetUp() override {
        auto made = Project::create(m_folder / "p.lamina");
        ASSERT_TRUE(made) << made.error().debugText();
        project = std::move(*made);
        DatasetRecord dataset;
        dataset.name = "d";
        ASSERT_TRUE(project->datasets().add(dataset).get());
        SplitRecord split;
        split.datasetId = dataset.id;
        split.counts = {1000, 100, 100};
        ASSERT_TRUE(project->splits().add(split).get());
        run.name = "r";
        run.datasetId = dataset.id;
        run.splitId = split.id;
        TrainingPlan plan;
        plan.batchSize = 10;
        plan.metricsEvery = 20;
        run.settings = planToJson(plan);
        ASSERT_TRUE(project->runs().add(run).get());
        startAttempt();
    }
    void startAttempt() {
        auto started = project->runs().startAttempt(run.id, "test");
        ASSERT_TRUE(started) << started.error().debugText();
        attempt = *started;
        sequence = 0;
    }
    void write(const std::string& split, const std::string& name, std::int64_t step, double value) {
        const MetricRow row{run.id, attempt.number, sequence++, (step - 1) / 100 + 1, step, split, name, value, attempt.started + step * 10};
        ASSERT_TRUE(project->metrics().append({row}).get());
    }
    RunNews read() {
        auto news = numbers().read(*project);
        EXPECT_TRUE(news) << news.error().debugText();
        return news ? *news : RunNews();
    }
    RunNumbers& numbers() {
        if (!m_numbers) m_numbers.emplace(run.id);
        return *m_numbers;
    }

    TemporaryFolder m_folder;
    std::unique_ptr<Project> project;
    RunRecord run;
    AttemptRecord attempt;
    std::int64_t sequence = 0;

private:
    std::optional<RunNumbers> m_numbers;
};

TEST_F(RunNumbersTest, TrainingIsDrawnByStepsAndValidationByEpochs) {
    write("training", "batch_loss", 20, 2.0);
    write("training", "batch_loss", 40, 1.5);
    write("training", "loss", 100, 1.4);
    write("validation", "loss", 100, 1.6);
    const RunNews news = read();
    EXPECT_EQ(news.status, RunStatus::Running);
    ASSERT_EQ(news.curves.size(), 2u);
    EXPECT_EQ(news.curves[0].metric, "loss");
    EXPECT_FALSE(news.curves[0].validation);
    ASSERT_EQ(news.curves[0].points.size(), 2u);
    EXPECT_DOUBLE_EQ(news.curves[0].points[1].epoch, 0.4);
    EXPECT_NEAR(news.curves[0].points[1].seconds, 0.4, 1e-9);
    EXPECT_TRUE(news.curves[1].validation);
    EXPECT_DOUBLE_EQ(news.curves[1].points[0].epoch, 1);
}

TEST_F(RunNumbersTest, ASecondReadGivesOnlyWhatIsNew) {
    write("training", "batch_loss", 20, 2.0);
    EXPECT_EQ(read().curves.size(), 1u);
    EXPECT_TRUE(read().curves.empty());
    write("training", "batch_loss", 40, 1.0);
    write("validation", "accuracy", 100, 0.5);
    const RunNews news = read();
    ASSERT_EQ(news.curves.size(), 2u);
    EXPECT_EQ(news.curves[0].points.size(), 1u);
    EXPECT_DOUBLE_EQ(news.curves[0].points[0].step, 40);
    EXPECT_EQ(news.curves[1].metric, "accuracy");
}

TEST_F(RunNumbersTest, AResumedRunReplacesWhatItWritesAgain) {
    for (const std::int64_t step : {20, 40, 60}) write("training", "batch_loss", step, 1.0);
    read();
    startAttempt();
    write("training", "batch_loss", 40, 3.0);
    write("training", "batch_loss", 60, 2.0);
    const RunNews news = read();
    ASSERT_EQ(news.curves.size(), 1u);
    ASSERT_TRUE(news.curves[0].replacedFrom);
    EXPECT_DOUBLE_EQ(*news.curves[0].replacedFrom, 40);
    EXPECT_EQ(news.curves[0].points.size(), 2u);
}

TEST_F(RunNumbersTest, WithFewStepsInAnEpochTheEpochsAreDrawn) {
    TrainingPlan plan;
    plan.batchSize = 100;
    plan.metricsEvery = 20;
    ASSERT_TRUE(project->runs().setSettings(run.id, planToJson(plan)).get());
    write("training", "batch_loss", 20, 2.0);
    write("training", "loss", 20, 1.4);
    const RunNews news = read();
    ASSERT_EQ(news.curves.size(), 1u);
    EXPECT_DOUBLE_EQ(news.curves[0].points[0].value, 1.4);
}

TEST_F(RunNumbersTest, ARunThatIsNotThereIsAnError) {
    RunNumbers none("nothing");
    const auto news = none.read(*project);
    ASSERT_FALSE(news);
    EXPECT_EQ(news.error().code, "run.not_found");
}

}  // namespace
}  // namespace lamina
