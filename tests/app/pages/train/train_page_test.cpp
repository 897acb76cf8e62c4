#include "app/pages/train/train_page.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/fold_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/pages/curves/metric_cards.h"
#include "app/pages/train/plan_rows.h"
#include "app/pages/train/run_header.h"
#include "app/workspace/language.h"
#include "app/workspace/training_controller.h"
#include "app/workspace/workspace.h"
#include "tests/app/pages/use/trained_project.h"
#include "tests/support/fault_files.h"
#include "tests/support/window_project.h"
#include "tests/support/window_test.h"
#include "widgets/charts/curves_card.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

class TrainPageTest : public testing::Test {
protected:
    void open(const Path& file) {
        workspace.open(QString::fromStdString(file.string()));
        ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.isOpen(); }, patience));
        page.resize(1180, 720);
        page.show();
    }
    void openReady(int rows = 300) {
        open(makeColourProject(folder, true, rows));
        ASSERT_TRUE(QTest::qWaitFor([&] { return button("train_start")->isEnabled(); }, patience));
    }
    QPushButton* button(const char* name) { return page.findChild<QPushButton*>(name); }
    QWidget* editor(const char* name) { return page.findChild<QWidget*>(name); }
    void waitIdle() {
        ASSERT_TRUE(QTest::qWaitFor([&] { return !workspace.training().busy(); }, patience));
    }
    bool sees(const char* name) { return button(name)->isVisible(); }
    void train() {
        QTest::mouseClick(button("train_start"), Qt::LeftButton);
        ASSERT_TRUE(workspace.training().busy());
        waitIdle();
    }
    RunStatus status() { return workspace.shared()->runs().find(workspace.run())->status; }

    TemporaryFolder folder;
    Workspace workspace;
    TrainPage page{workspace};
};

TEST_F(TrainPageTest, WithoutAProjectItSaysSo) {
    page.show();
    EXPECT_TRUE(page.findChild<QWidget*>("train_first_step"));
    EXPECT_FALSE(sees("train_first_step"));
    EXPECT_FALSE(sees("train_start"));
}

TEST_F(TrainPageTest, WithoutDataItLeadsThere) {
    auto made = Project::create(folder / "empty.lamina");
    ASSERT_TRUE(made);
    made->reset();
    open(folder / "empty.lamina");
    ASSERT_TRUE(QTest::qWaitFor([&] { return sees("train_first_step"); }, patience));
    QSignalSpy wanted(&workspace, &Workspace::pageWanted);
    QTest::mouseClick(button("train_first_step"), Qt::LeftButton);
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted.at(0).at(0).toString(), "data");
}

TEST_F(TrainPageTest, WithoutANetworkOneClickTakesTheTemplate) {
    open(makeColourProject(folder, false));
    ASSERT_TRUE(QTest::qWaitFor([&] { return sees("train_first_step"); }, patience));
    QTest::mouseClick(button("train_first_step"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return sees("train_start") && button("train_start")->isEnabled(); }, patience));
    EXPECT_EQ(workspace.shared()->networks().all()->size(), 1u);
}

TEST_F(TrainPageTest, ARunIsTrainedAndItsCurvesAreThere) {
    openReady();
    train();
    EXPECT_EQ(status(), RunStatus::Finished);
    auto* cards = page.findChild<MetricCards*>();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return cards->card("loss")->view().curves().size() == 2 && cards->card("recall")->view().curves().size() == 2; }, patience));
    for (const auto& [id, curve] : cards->card("loss")->view().curves()) EXPECT_GT(curve.data.size(), 1u);
    ASSERT_TRUE(QTest::qWaitFor([&] { return sees("train_extend"); }, patience));
    EXPECT_FALSE(sees("train_pause"));
    EXPECT_TRUE(page.findChild<Notice*>("train_notice")->isVisible());
}

TEST_F(TrainPageTest, OfTwoOutputsTheSecondLearnsTheColumnThatNoInputTakes) {
    buildOnPhotos(*must(Project::create(folder / "photos.lamina")), folder.path());
    open(folder / "photos.lamina");
    page.resize(1180, 1000);
    ASSERT_TRUE(QTest::qWaitFor([&] { return button("train_start")->isEnabled(); }, patience));
    const auto choice = [&](const char* field) { return page.findChild<QWidget*>(QStringLiteral("property_%1").arg(field))->findChild<QComboBox*>(); };
    EXPECT_EQ(choice("output.1.target")->currentText(), "the column price");
    EXPECT_EQ(choice("output.1.loss")->currentText(), "Mean squared error");
    const QString shots = qEnvironmentVariable("LAMINA_SHOTS");
    if (!shots.isEmpty()) page.grab().save(QDir(shots).filePath("train_two_outputs.png"));
    page.findChild<QWidget*>("property_epochs")->findChild<QLineEdit*>()->setText("2");
    page.findChild<QToolButton*>("train_more")->click();
    ASSERT_TRUE(page.findChild<QWidget*>("property_output.0.loss.class_weights")) << "class weights can be reached";
    train();
    const auto plan = must(planFromJson(must(workspace.shared()->runs().find(workspace.run())).settings));
    ASSERT_EQ(plan.phases[0].objectives.size(), 2u);
    EXPECT_EQ(plan.phases[0].objectives[1].target, "price");
    auto* cards = page.findChild<MetricCards*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return cards->card("loss@dense_3") && cards->card("accuracy@softmax_1"); }, patience));
    if (shots.isEmpty()) return;
    applyTheme(ThemeChoice::Dark);
    applyLanguage("zh");
    QTest::qWait(400);
    page.grab().save(QDir(shots).filePath("train_two_outputs_dark_zh.png"));
    applyLanguage("en");
    applyTheme(ThemeChoice::Light);
}

TEST_F(TrainPageTest, AColumnThatTheRecipeMakesCanBeLearned) {
    {
        const auto project = must(Project::create(folder / "photos.lamina"));
        buildOnPhotos(*project, folder.path());
        RecipeStep twice;
        twice.type = "formula";
        twice.settings = {{"formula", "price * 2"}, {"name", "twice"}};
        const auto dataset = must(findDataset(*project, ""));
        must(writeRecipe(*project, must(readRecipe(*project, dataset.id)), {{twice}}, addedStep(twice)));
    }
    open(folder / "photos.lamina");
    page.resize(1180, 1000);
    ASSERT_TRUE(QTest::qWaitFor([&] { return button("train_start")->isEnabled(); }, patience));
    auto* learns = page.findChild<QWidget*>("property_output.1.target")->findChild<QComboBox*>();
    const int place = learns->findText("the column twice");
    ASSERT_GE(place, 0);
    learns->setCurrentIndex(place);
    emit learns->activated(place);
    EXPECT_EQ(page.findChild<QWidget*>("property_output.1.loss")->findChild<QComboBox*>()->currentText(), "Mean squared error");
    page.findChild<QWidget*>("property_epochs")->findChild<QLineEdit*>()->setText("2");
    train();
    EXPECT_EQ(status(), RunStatus::Finished);
    const auto run = must(workspace.shared()->runs().find(workspace.run()));
    EXPECT_EQ(must(planFromJson(run.settings)).phases[0].objectives[1].target, "twice");
}

TEST_F(TrainPageTest, RowsAreCountedAsTheRecipeLeavesThem) {
    const Path file = makeColourProject(folder);
    SplitRecord drawn;
    {
        const auto project = must(Project::open(file, StoreAccess::Write));
        const auto dataset = must(findDataset(*project, ""));
        SplitSettings other;
        other.seed = 9;
        must(splitDataset(*project, dataset, other));
        drawn = must(findSplit(*project, dataset, {}));
        RecipeStep filter;
        filter.type = "filter";
        filter.settings = {{"condition", "a > 1"}};
        must(writeRecipe(*project, must(readRecipe(*project, dataset.id)), {{filter}}, addedStep(filter)));
    }
    open(file);
    auto* splits = page.findChild<QComboBox*>("train_split");
    ASSERT_TRUE(splits);
    ASSERT_TRUE(QTest::qWaitFor([&] { return splits->count() == 2; }, patience));
    const int training = splits->currentText().section(u' ', 0, 0).toInt();
    EXPECT_GT(training, 0);
    EXPECT_LT(training, drawn.counts[0] / 2) << "two of three colours are left out: " << splits->currentText().toStdString();
    EXPECT_TRUE(splits->itemData(splits->currentIndex(), Qt::ToolTipRole).toString().contains("after cleaning"));
    EXPECT_TRUE(splits->itemText(1 - splits->currentIndex()).contains("before cleaning")) << splits->itemText(1 - splits->currentIndex()).toStdString();
}

TEST_F(TrainPageTest, ASplitOfOtherRowsIsSaidAndDrawnAgainByOneButton) {
    const Path file = makeColourProject(folder);
    std::string before;
    {
        const auto project = must(Project::open(file, StoreAccess::Write));
        const auto dataset = must(findDataset(*project, ""));
        before = must(findSplit(*project, dataset, {})).id;
        RecipeStep group;
        group.type = "group";
        group.settings = {{"by", {"a", "b", "c", "kind"}}, {"count", false}};
        must(writeRecipe(*project, must(readRecipe(*project, dataset.id)), {{group}}, addedStep(group)));
    }
    open(file);
    auto* problem = page.findChild<Notice*>("train_problem");
    ASSERT_TRUE(QTest::qWaitFor([&] { return problem->isVisible(); }, patience));
    EXPECT_FALSE(button("train_start")->isEnabled());
    EXPECT_TRUE(problem->text().contains("Divide them again")) << problem->text().toStdString();
    const QString shots = qEnvironmentVariable("LAMINA_SHOTS");
    if (!shots.isEmpty()) page.grab().save(QDir(shots).filePath("train_split_outdated.png"));
    problem->findChild<QPushButton*>("notice_button")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !problem->isVisible() && button("train_start")->isEnabled(); }, patience));
    const auto dataset = must(findDataset(*workspace.shared(), ""));
    const auto after = must(findSplit(*workspace.shared(), dataset, {}));
    EXPECT_NE(after.id, before);
    EXPECT_FALSE(rowsKeyIn(after.method).empty());
    page.findChild<QWidget*>("property_epochs")->findChild<QLineEdit*>()->setText("2");
    train();
    EXPECT_EQ(status(), RunStatus::Finished);
}

TEST_F(TrainPageTest, AFinishedRunIsExtended) {
    openReady();
    train();
    ASSERT_TRUE(QTest::qWaitFor([&] { return sees("train_extend"); }, patience));
    const std::int64_t before = planFromJson(workspace.shared()->runs().find(workspace.run())->settings)->epochs;
    page.findChild<QSpinBox*>("train_more_epochs")->setValue(2);
    QTest::mouseClick(button("train_extend"), Qt::LeftButton);
    ASSERT_TRUE(workspace.training().busy());
    waitIdle();
    EXPECT_EQ(planFromJson(workspace.shared()->runs().find(workspace.run())->settings)->epochs, before + 2);
    EXPECT_EQ(workspace.shared()->runs().all()->size(), 1u);
}

TEST_F(TrainPageTest, PauseGoOnStopAndResume) {
    openReady(3000);
    auto* epochs = qobject_cast<QLineEdit*>(editor("epochs"));
    if (!epochs)
        for (QLineEdit* line : page.findChildren<QLineEdit*>())
            if (line->accessibleName() == "Epochs") epochs = line;
    ASSERT_TRUE(epochs);
    epochs->setFocus();
    epochs->selectAll();
    QTest::keyClicks(epochs, "5000");
    QTest::mouseClick(button("train_start"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return workspace.training().state() == TrainingController::State::Running && workspace.training().snapshot().step > 5; }, patience));
    EXPECT_EQ(workspace.training().plan().epochs, 5000);
    EXPECT_FALSE(button("train_start")->isEnabled());
    QTest::mouseClick(button("train_pause"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.training().state() == TrainingController::State::Paused; }, patience));
    QTest::mouseClick(button("train_go_on"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.training().state() == TrainingController::State::Running; }, patience));
    QTest::mouseClick(button("train_stop_now"), Qt::LeftButton);
    waitIdle();
    EXPECT_EQ(status(), RunStatus::Stopped);
    ASSERT_TRUE(QTest::qWaitFor([&] { return sees("train_resume"); }, patience));
    QTest::mouseClick(button("train_resume"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.training().state() == TrainingController::State::Running; }, patience));
    QTest::mouseClick(button("train_stop_after_epoch"), Qt::LeftButton);
    waitIdle();
    EXPECT_EQ(status(), RunStatus::Stopped);
    EXPECT_EQ(workspace.shared()->runs().attempts(workspace.run())->size(), 2u);
}

TEST_F(TrainPageTest, AnInterruptedRunIsOffered) {
    const Path file = makeColourProject(folder);
    {
        auto project = Project::open(file, StoreAccess::Write);
        ASSERT_TRUE(project);
        auto run = TrainingRun::start(**project, TrainingRequest{});
        ASSERT_TRUE(run) << run.error().debugText();
        (*run)->session().stop();
        (*run)->session().wait();
        ASSERT_TRUE((*run)->finish());
        ASSERT_TRUE((*project)->runs().setStatus((*run)->record().id, RunStatus::Running).get());
    }
    open(file);
    auto* notice = page.findChild<Notice*>("train_notice");
    ASSERT_TRUE(QTest::qWaitFor([&] { return notice->isVisible(); }, patience));
    QTest::mouseClick(notice->findChild<QPushButton*>("notice_button"), Qt::LeftButton);
    ASSERT_TRUE(workspace.training().busy());
    waitIdle();
    EXPECT_EQ(status(), RunStatus::Finished);
}

TEST_F(TrainPageTest, AFullDiskIsSaidInWordsAndTheTrainingGoesOnWhenThereIsRoomAgain) {
    openReady();
    FaultFiles faults;
    auto guard = replaceFiles(faults);
    faults.setRoom(0);
    train();
    auto* notice = page.findChild<Notice*>("train_notice");
    ASSERT_TRUE(QTest::qWaitFor([&] { return notice->isVisible() && sees("train_resume"); }, patience));
    const QString text = notice->text();
    EXPECT_TRUE(text.contains("disk") && text.contains("free", Qt::CaseInsensitive) && text.contains("go on")) << text.toStdString();
    EXPECT_EQ(status(), RunStatus::Failed);
    faults.heal();
    QTest::mouseClick(button("train_resume"), Qt::LeftButton);
    ASSERT_TRUE(workspace.training().busy());
    waitIdle();
    EXPECT_EQ(status(), RunStatus::Finished);
    EXPECT_EQ(workspace.shared()->runs().all()->size(), 1u);
}

TEST_F(TrainPageTest, AReaderWatchesButCannotStart) {
    const Path file = makeColourProject(folder);
    auto writer = Project::open(file, StoreAccess::Write);
    ASSERT_TRUE(writer);
    open(file);
    ASSERT_TRUE(workspace.readOnly());
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.findChild<QComboBox*>("train_network")->count() == 1; }, patience));
    EXPECT_FALSE(button("train_start")->isEnabled());
    auto run = TrainingRun::start(**writer, TrainingRequest{});
    ASSERT_TRUE(run) << run.error().debugText();
    workspace.setRun((*run)->record().id);
    auto* cards = page.findChild<MetricCards*>();
    EXPECT_TRUE(QTest::qWaitFor([&] { return cards->card("loss") && !cards->card("loss")->view().curves().empty(); }, patience))
        << "curves written by another opener of the file are seen";
    (*run)->session().wait();
    ASSERT_TRUE((*run)->finish());
}

TEST(RunHeader, OfATrainingElsewhereItSaysHowFarItHasCome) {
    RunHeader header;
    RunState run;
    run.record.status = RunStatus::Running;
    run.plan.epochs = 7;
    header.showRest(run, true);
    header.showEpoch(3);
    EXPECT_EQ(header.findChild<QLabel*>("train_figure_epoch")->text(), "3 of 7");
    EXPECT_FALSE(header.findChild<QProgressBar*>("train_progress")->isHidden());
    run.record.status = RunStatus::Finished;
    header.showRest(run, true);
    header.showEpoch(7);
    EXPECT_EQ(header.findChild<QLabel*>("train_figure_epoch")->text(), "7 planned");
    EXPECT_TRUE(header.findChild<QProgressBar*>("train_progress")->isHidden());
}

TEST_F(TrainPageTest, ClosingTheProjectForgetsIt) {
    openReady();
    train();
    workspace.close();
    EXPECT_FALSE(sees("train_start"));
    EXPECT_FALSE(page.findChild<QWidget*>("run_header")->isVisible());
}

TEST(PlanRows, EveryRowSetsWhatItShows) {
    TrainingChoice choice;
    const DefaultPlan standard = defaultPlan(1000, *findTask("classification"));
    choice.plan = standard.plan;
    const auto value = [&](const std::string& id) {
        for (const PlanRow& row : planRows(choice, standard))
            if (row.row.id.toStdString() == id) return row.row.value;
        return PropertyValue();
    };
    for (const PlanRow& row : planRows(choice, standard)) {
        EXPECT_FALSE(row.row.title.isEmpty());
        EXPECT_TRUE(!row.basic || !row.reason.isEmpty()) << row.row.id.toStdString();
        const std::string id = row.row.id.toStdString();
        PropertyValue other = row.row.value;
        if (auto* whole = std::get_if<std::int64_t>(&other)) *whole += 1;
        else if (auto* number = std::get_if<double>(&other)) *number = *number * 0.5;
        else if (auto* word = std::get_if<std::string>(&other)) *word = row.row.limits.choices.back();
        if (id == "optimizer" || id == "schedule" || id == "loss") continue;
        setPlanValue(choice, id, other);
        EXPECT_EQ(value(id), other) << id;
    }
    setPlanValue(choice, "optimizer", std::string("sgd"));
    EXPECT_EQ(value("optimizer"), PropertyValue(std::string("sgd")));
    EXPECT_EQ(value("optimizer.momentum"), PropertyValue(0.9));
}

TEST_F(TrainPageTest, PicturesAreSavedForPeople) {
    const QString shots = qEnvironmentVariable("LAMINA_SHOTS");
    if (shots.isEmpty()) GTEST_SKIP() << "LAMINA_SHOTS names no folder";
    openReady(3000);
    page.resize(1200, 680);
    QTest::qWait(200);
    page.grab().save(QDir(shots).filePath("train_ready.png"));
    QTest::mouseClick(button("train_start"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.training().snapshot().epoch > 2 || !workspace.training().busy(); }, patience));
    QTest::qWait(300);
    page.grab().save(QDir(shots).filePath("train_running.png"));
    waitIdle();
    QTest::qWait(500);
    page.grab().save(QDir(shots).filePath("train_done.png"));
    applyTheme(ThemeChoice::Dark);
    applyLanguage("zh");
    page.findChild<QToolButton*>("train_more")->click();
    QTest::qWait(400);
    page.grab().save(QDir(shots).filePath("train_dark_zh.png"));
    applyLanguage("en");
    applyTheme(ThemeChoice::Light);
}

TEST_F(TrainPageTest, AllFoldsAreTrainedWithOneClickAndSummedUp) {
    openReady(60);
    EXPECT_TRUE(button("train_folds")->isHidden());
    SplitSettings settings;
    settings.folds = 2;
    ASSERT_TRUE(splitIntoFolds(*workspace.shared(), *findDataset(*workspace.shared(), {}), settings));
    workspace.noteEdit();
    ASSERT_TRUE(QTest::qWaitFor([&] { return sees("train_folds") && button("train_folds")->isEnabled(); }, patience));
    QTest::mouseClick(button("train_folds"), Qt::LeftButton);
    const auto finished = [&] {
        const auto runs = workspace.shared()->runs().all();
        return runs && runs->size() == 2 && runs->back().status == RunStatus::Finished && !workspace.training().busy();
    };
    ASSERT_TRUE(QTest::qWaitFor(finished, patience));
    const auto runs = *workspace.shared()->runs().all();
    EXPECT_EQ(foldSeriesIn(runs[0]), foldSeriesIn(runs[1]));
    EXPECT_NE(runs[0].splitId, runs[1].splitId);
    auto* summary = page.findChild<QLabel*>("fold_summary");
    ASSERT_TRUE(QTest::qWaitFor([&] { return summary->isVisible(); }, patience));
    EXPECT_TRUE(summary->text().contains("2 of 2 folds")) << summary->text().toStdString();
    if (const char* shots = std::getenv("LAMINA_SHOTS")) page.grab().save(QString::fromUtf8(shots) + "/train_folds.png");
}

}  // namespace
}  // namespace lamina
