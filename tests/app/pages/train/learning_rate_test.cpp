#include "app/pages/train/learning_rate_dialog.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <cmath>

#include "app/pages/train/train_form.h"
#include "app/pages/train/train_page.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "tests/support/window_project.h"
#include "widgets/charts/line_plot.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int finderPatience = 20000;

LearningRateSearch found() {
    LearningRateSearch search;
    for (int i = 0; i < 70; ++i) {
        const double power = -6 + 0.1 * i, loss = 1.1 - 0.8 / (1 + std::exp(-4 * (power + 3))) + (power > 0 ? std::exp(power) - 1 : 0);
        search.points.push_back({std::pow(10, power), loss, loss});
    }
    search.suggestion = steepestRate(search.points);
    return search;
}

TEST(LearningRateDialog, ShowsTheCurveAndGivesTheSuggestion) {
    auto* dialog = new LearningRateDialog(found(), 0.05);
    dialog->show();
    EXPECT_EQ(dialog->findChild<LinePlot*>()->data().points.size(), 70u);
    EXPECT_TRUE(dialog->findChild<LinePlot*>()->data().marked);
    if (const QString shots = qEnvironmentVariable("LAMINA_SHOTS"); !shots.isEmpty())
        for (const bool dark : {true, false})
            for (const char* language : {"zh", "en"}) {
                applyTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
                applyLanguage(language);
                QTest::qWait(30);
                dialog->grab().save(QDir(shots).filePath(QString("learning_rate_%1_%2.png").arg(dark ? "dark" : "light", language)));
            }
    QSignalSpy taken(dialog, &LearningRateDialog::taken);
    QTest::mouseClick(dialog->findChild<QPushButton*>("learning_rate_take"), Qt::LeftButton);
    ASSERT_EQ(taken.count(), 1);
    EXPECT_NEAR(taken.at(0).at(0).toDouble(), 0.001, 0.0003);
}

TEST(LearningRateDialog, SaysWhereThereIsNothingToSuggest) {
    auto search = found();
    search.suggestion = 0;
    LearningRateDialog* dialog = new LearningRateDialog(search, 0.05);
    dialog->show();
    EXPECT_FALSE(dialog->findChild<QPushButton*>("learning_rate_take")->isVisible());
    EXPECT_FALSE(dialog->findChild<QLabel*>("learning_rate_text")->text().isEmpty());
    dialog->close();
}

TEST(LearningRatePage, OneClickTriesAndAnotherTakes) {
    TemporaryFolder folder;
    Workspace workspace;
    TrainPage page{workspace};
    workspace.open(QString::fromStdString(makeColourProject(folder, true, 300).string()));
    page.resize(1180, 720);
    page.show();
    auto* button = page.findChild<QPushButton*>("train_find_rate");
    ASSERT_TRUE(QTest::qWaitFor([&] { return button->isEnabled(); }, finderPatience));
    QTest::mouseClick(button, Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.findChild<LearningRateDialog*>() != nullptr; }, finderPatience));
    auto* take = page.findChild<QPushButton*>("learning_rate_take");
    ASSERT_TRUE(take && take->isVisible());
    const double suggested = take->text().split(' ').last().toDouble();
    QTest::mouseClick(take, Qt::LeftButton);
    const auto& settings = page.findChild<TrainForm*>()->choice().plan.phases[0].optimizerSettings;
    if (const QString shots = qEnvironmentVariable("LAMINA_SHOTS"); !shots.isEmpty()) {
        page.findChild<QToolButton*>("train_more")->click();
        QTest::qWait(100);
        page.findChild<TrainForm*>()->findChild<QScrollArea*>()->widget()->grab().save(QDir(shots).filePath("train_form.png"));
    }
    EXPECT_GT(suggested, 0);
    EXPECT_DOUBLE_EQ(settings["learning_rate"].get<double>(), suggested);
}

}  // namespace
}  // namespace lamina
