#include "app/pages/curves/metric_cards.h"

#include <gtest/gtest.h>

#include <QSlider>
#include <QTest>

#include <set>

#include "app/pages/curves/fold_summary.h"
#include "app/workspace/workspace.h"
#include "core/training/training_plan.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/window_test.h"
#include "widgets/charts/curves_card.h"
#include "widgets/charts/curves_plot.h"

namespace lamina {
namespace {

class MetricCardsTest : public testing::Test {
protected:
    void SetUp() override {
        workspace.create(QString::fromStdString((m_folder / "p.lamina").string()));
        ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.isOpen(); }, patience));
        Project& project = *workspace.shared();
        dataset.name = "d";
        ASSERT_TRUE(project.datasets().add(dataset).get());
        split.datasetId = dataset.id;
        split.counts = {1000, 100, 100};
        ASSERT_TRUE(project.splits().add(split).get());
        first = addRun("first");
        second = addRun("second");
        cards.resize(900, 700);
    }
    std::string addRun(const std::string& name) {
        RunRecord run;
        run.name = name;
        run.datasetId = dataset.id;
        run.splitId = split.id;
        run.settings = planToJson(TrainingPlan());
        EXPECT_TRUE(workspace.shared()->runs().add(run).get());
        EXPECT_TRUE(workspace.shared()->runs().startAttempt(run.id, "test"));
        return run.id;
    }
    void write(const std::string& run, const std::string& part, const std::string& name, std::int64_t step, double value) {
        ASSERT_TRUE(workspace.shared()->metrics().append({{run, 1, m_sequence++, step / 16, step, part, name, value, 1}}).get());
    }
    std::size_t curves(const std::string& metric) { return cards.card(metric) ? cards.card(metric)->view().curves().size() : 0; }
    std::size_t points(const std::string& metric) {
        std::size_t count = 0;
        for (const auto& [id, curve] : cards.card(metric)->view().curves()) count += curve.data.size();
        return count;
    }

    TemporaryFolder m_folder;
    Workspace workspace;
    MetricCards cards{workspace, "test"};
    DatasetRecord dataset;
    SplitRecord split;
    std::string first, second;

private:
    std::int64_t m_sequence = 0;
};

TEST_F(MetricCardsTest, EveryMetricGetsACardWithTrainingAndValidation) {
    for (const char* part : {"training", "validation"})
        for (const char* name : {"loss", "accuracy"}) write(first, part, name, 16, 0.5);
    cards.setRuns({{first, "first", 0}});
    cards.show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return curves("loss") == 2 && curves("accuracy") == 2; }, patience));
    for (const auto& [id, curve] : cards.card("loss")->view().curves()) EXPECT_EQ(curve.style.dashed, curve.style.name == "Validation");
}

TEST_F(MetricCardsTest, ALiveRunGrows) {
    write(first, "validation", "loss", 16, 0.5);
    cards.setRuns({{first, "first", 0}});
    cards.show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return curves("loss") == 1; }, patience));
    write(first, "validation", "loss", 32, 0.4);
    EXPECT_TRUE(QTest::qWaitFor([&] { return points("loss") == 2; }, patience));
}

TEST_F(MetricCardsTest, RunsLieOverEachOtherAndGoAgain) {
    write(first, "validation", "loss", 16, 0.5);
    write(second, "validation", "loss", 16, 0.6);
    cards.setRuns({{first, "first", 0}, {second, "second", 1}});
    cards.show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return curves("loss") == 2; }, patience));
    std::set<QString> names;
    for (const auto& [id, curve] : cards.card("loss")->view().curves()) names.insert(curve.style.name);
    EXPECT_EQ(names, (std::set<QString>{"first · Validation", "second · Validation"}));
    cards.setRuns({{second, "second", 1}});
    EXPECT_EQ(curves("loss"), 1u);
    EXPECT_EQ(cards.card("loss")->view().curves().begin()->second.style.name, "Validation");
    workspace.close();
    EXPECT_EQ(curves("loss"), 0u);
}

TEST_F(MetricCardsTest, ZoomAndCrossHairAreLinked) {
    for (const std::int64_t step : {16, 32, 48, 64})
        for (const char* name : {"loss", "accuracy"}) write(first, "validation", name, step, 0.5);
    cards.setRuns({{first, "first", 0}});
    cards.show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return curves("loss") == 1 && points("accuracy") == 4; }, patience));
    cards.card("loss")->view().refreshNow();
    QTest::keyClick(&cards.card("loss")->view().plot(), Qt::Key_Plus);
    EXPECT_TRUE(cards.card("accuracy")->view().plot().xZoom());
    EXPECT_DOUBLE_EQ(cards.card("accuracy")->view().plot().xRange().low, cards.card("loss")->view().plot().xRange().low);
    QTest::keyClick(&cards.card("loss")->view().plot(), Qt::Key_Home);
    EXPECT_EQ(cards.card("accuracy")->view().plot().crosshair(), cards.card("loss")->view().plot().crosshair());
    QTest::keyClick(&cards.card("loss")->view().plot(), Qt::Key_0);
    EXPECT_FALSE(cards.card("accuracy")->view().plot().xZoom());
}

TEST_F(MetricCardsTest, OneSliderSmoothesAllCharts) {
    cards.setExpected({"loss", "accuracy"});
    cards.show();
    cards.findChild<QSlider*>("curves_smoothing")->setValue(900);
    EXPECT_DOUBLE_EQ(cards.card("loss")->view().options().smoothing, 0.9);
    EXPECT_DOUBLE_EQ(cards.card("accuracy")->view().options().smoothing, 0.9);
}

TEST_F(MetricCardsTest, HiddenItReadsNothing) {
    write(first, "validation", "loss", 16, 0.5);
    cards.setRuns({{first, "first", 0}});
    QTest::qWait(500);
    EXPECT_FALSE(cards.card("loss"));
    cards.show();
    EXPECT_TRUE(QTest::qWaitFor([&] { return curves("loss") == 1; }, patience));
}

TEST_F(MetricCardsTest, AnotherTasksEmptyCardsGo) {
    cards.setExpected({"loss", "accuracy"});
    EXPECT_TRUE(cards.card("accuracy"));
    cards.setExpected({"loss", "rmse"});
    EXPECT_FALSE(cards.card("accuracy"));
    EXPECT_TRUE(cards.card("rmse"));
}

TEST_F(MetricCardsTest, FoldsOfOneSeriesAreSummedUpInALine) {
    const auto addFold = [&](int fold, double accuracy) {
        RunRecord run;
        run.name = "table 1 " + std::to_string(fold) + "/3";
        run.datasetId = dataset.id;
        run.splitId = split.id;
        run.settings = planToJson(TrainingPlan());
        run.dataVersion = {{"folds", {{"series", "s"}, {"fold", fold}, {"of", 3}}}};
        EXPECT_TRUE(workspace.shared()->runs().add(run).get());
        EXPECT_TRUE(workspace.shared()->runs().startAttempt(run.id, "test"));
        write(run.id, "validation", "accuracy", 32, accuracy);
        EXPECT_TRUE(workspace.shared()->runs().setBest(run.id, {{"epoch", 2}, {"name", "accuracy"}, {"value", accuracy}}).get());
        return run.id;
    };
    addFold(1, 0.25);
    const std::string second = addFold(2, 0.75);
    FoldSummary summary(workspace);
    summary.setRun(second);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !summary.isHidden(); }, patience));
    EXPECT_TRUE(summary.text().contains("table 1:")) << summary.text().toStdString();
    EXPECT_TRUE(summary.text().contains("2 of 3 folds")) << summary.text().toStdString();
    EXPECT_TRUE(summary.text().contains("0.5 ± 0.3536")) << summary.text().toStdString();
    summary.setRun(first);
    EXPECT_TRUE(QTest::qWaitFor([&] { return summary.isHidden(); }, patience));
}

}  // namespace
}  // namespace lamina
