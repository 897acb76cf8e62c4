// The list of runs: what is shown, which is best, names that change.
#include "app/pages/review/run_list_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <algorithm>

namespace lamina {
namespace {

RunRecord run(const std::string& name, const char* metric, double best) {
    RunRecord record;
    record.name = name;
    record.best = {{"name", metric}, {"value", best}, {"epoch", 3}};
    record.status = RunStatus::Finished;
    return record;
}

bool isBold(const RunListModel& model, int row) { return model.index(row, RunListModel::Best).data(Qt::FontRole).value<QFont>().bold(); }

TEST(RunList, TheModelKeepsItsPromisesThroughChanges) {
    RunListModel model;
    QAbstractItemModelTester tester(&model);
    model.setRuns({run("a", "loss", 0.4)});
    model.setRuns({run("a", "loss", 0.4), run("b", "loss", 0.3)});
    model.setRuns({});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(RunList, TheNewestThreeAreShownAtFirstAndEveryNewOneAfterThat) {
    RunListModel model;
    std::vector<RunRecord> runs;
    for (int i = 0; i < 5; ++i) runs.push_back(run("r" + std::to_string(i), "loss", 1));
    model.setRuns(runs);
    EXPECT_FALSE(model.shown(runs[1].id));
    EXPECT_TRUE(model.shown(runs[2].id) && model.shown(runs[3].id) && model.shown(runs[4].id));
    runs.push_back(run("new", "loss", 1));
    model.setRuns(runs);
    EXPECT_TRUE(model.shown(runs[5].id));
}

TEST(RunList, WhatAPersonHidStaysHidden) {
    RunListModel model;
    const std::vector<RunRecord> runs{run("a", "loss", 1), run("b", "loss", 2)};
    model.setRuns(runs);
    QSignalSpy changed(&model, &RunListModel::shownChanged);
    model.setData(model.index(0, RunListModel::Name), Qt::Unchecked, Qt::CheckStateRole);
    EXPECT_EQ(changed.count(), 1);
    model.setRuns(runs);
    EXPECT_FALSE(model.shown(runs[0].id));
    EXPECT_TRUE(model.shown(runs[1].id));
}

TEST(RunList, TheBestIsTheSmallestLossAndTheLargestAccuracy) {
    RunListModel model;
    model.setRuns({run("a", "loss", 0.4), run("b", "loss", 0.3), run("c", "accuracy", 0.8), run("d", "accuracy", 0.9), run("alone", "r2", 0.5)});
    EXPECT_FALSE(isBold(model, 0));
    EXPECT_TRUE(isBold(model, 1));
    EXPECT_FALSE(isBold(model, 2));
    EXPECT_TRUE(isBold(model, 3));
    EXPECT_FALSE(isBold(model, 4)) << "nothing to compare with";
}

TEST(RunList, ARunWithoutAResultHasNoBest) {
    RunListModel model;
    RunRecord young;
    young.name = "young";
    model.setRuns({young});
    EXPECT_TRUE(model.index(0, RunListModel::Best).data().toString().isEmpty());
}

TEST(RunList, SortedByItsBestTheBestRunComesFirstWhateverTheMetric) {
    RunListModel model;
    RunRecord young;
    young.name = "young";
    const auto order = [&] {
        std::vector<std::pair<double, std::string>> keys;
        for (int row = 0; row < model.rowCount(); ++row)
            keys.emplace_back(model.index(row, RunListModel::Best).data(RunListModel::SortRole).toDouble(), model.runs()[static_cast<std::size_t>(row)].name);
        std::sort(keys.begin(), keys.end());
        std::string names;
        for (const auto& key : keys) names += key.second + ' ';
        return names;
    };
    model.setRuns({young, run("a", "accuracy", 0.8), run("b", "accuracy", 0.9), run("c", "accuracy", 0.7)});
    EXPECT_EQ(order(), "b a c young ");
    model.setRuns({run("a", "loss", 0.8), young, run("b", "loss", 0.9), run("c", "loss", 0.7)});
    EXPECT_EQ(order(), "c a b young ");
}

TEST(RunList, TheMetricIsSaidOnceWhereAllRunsHaveTheSame) {
    RunListModel model;
    const auto head = [&] { return model.headerData(RunListModel::Best, Qt::Horizontal).toString(); };
    const auto best = [&] { return model.index(0, RunListModel::Best).data().toString(); };
    model.setRuns({run("a", "accuracy", 0.8), run("b", "accuracy", 0.9)});
    EXPECT_EQ(head(), "Accuracy");
    EXPECT_EQ(best(), "0.8000");
    model.setRuns({run("a", "accuracy", 0.8), run("b", "loss", 0.9)});
    EXPECT_EQ(head(), "Best");
    EXPECT_EQ(best(), "Accuracy 0.8000");
}

TEST(RunList, AColourStaysWithItsRunWhenOthersGo) {
    RunListModel model;
    const auto a = run("a", "loss", 1), b = run("b", "loss", 2), c = run("c", "loss", 3);
    model.setRuns({a, b});
    const int before = model.colour(b.id);
    EXPECT_NE(before, model.colour(a.id));
    model.setRuns({b, c});
    EXPECT_EQ(model.colour(b.id), before);
    EXPECT_NE(model.colour(c.id), before);
    model.setRuns({a, b, c});
    EXPECT_NE(model.colour(a.id), before) << "undo brings it back as it was";
    EXPECT_TRUE(model.shown(a.id));
}

TEST(RunList, ANameOrNoteIsNeverReadAsMarkup) {
    RunListModel model;
    auto record = run("<b>a</b>", "loss", 1);
    record.note = "<img src=x>";
    model.setRuns({record});
    const QString tip = model.index(0, RunListModel::Name).data(Qt::ToolTipRole).toString();
    EXPECT_TRUE(tip.contains("&lt;b&gt;") && tip.contains("&lt;img")) << tip.toStdString();
}

TEST(RunList, AnEmptyNameIsNotTaken) {
    RunListModel model;
    model.setRuns({run("a", "loss", 1)});
    QSignalSpy renamed(&model, &RunListModel::renameWanted);
    EXPECT_FALSE(model.setData(model.index(0, RunListModel::Name), "  ", Qt::EditRole));
    EXPECT_TRUE(model.setData(model.index(0, RunListModel::Name), " better ", Qt::EditRole));
    ASSERT_EQ(renamed.count(), 1);
    EXPECT_EQ(renamed.front()[1].toString(), "better");
}

}  // namespace
}  // namespace lamina
