// A training goes on while every page is used: what the thread sanitizer is to see, and that neither disturbs the other.
#include <gtest/gtest.h>

#include <QTest>

#include "app/settings/settings.h"
#include "app/studio/main_window.h"
#include "app/workspace/language.h"
#include "app/workspace/training_controller.h"
#include "core/project/run_record.h"
#include "tests/support/window_project.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int browsingPatience = 60000;  // a sanitizer makes everything slow
const QStringList browsedStages{"data", "model", "train", "review", "use", "clean", "label"};

TEST(TrainWhileBrowsing, EveryPageIsUsedWhileTheCurvesStreamAndTheRunCanGoOnAfterwards) {
    applyLanguage("en");
    const TemporaryFolder folder;
    const Path file = makeColourProject(folder);
    settings::setValue("projects_folder", QString::fromStdString(folder.path().string()));
    std::string run;
    {
        MainWindow window;
        window.resize(1366, 768);
        window.show();
        window.take({QString::fromStdString(file.string())});
        Workspace& workspace = window.workspace();
        ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.isOpen(); }, browsingPatience));
        TrainingController& training = workspace.training();
        window.showPage("train");
        TrainingRequest request;
        request.plan.epochs = 100000;
        training.start(request);
        ASSERT_TRUE(QTest::qWaitFor([&] { return training.snapshot().epoch > 1; }, browsingPatience));
        run = training.run();
        for (int round = 0; round < 3; ++round) {
            for (const QString& stage : browsedStages) {
                const auto step = training.snapshot().step;
                window.showPage(stage);
                QTest::qWait(80);
                ASSERT_TRUE(QTest::qWaitFor([&] { return training.snapshot().step > step; }, browsingPatience)) << "the training stands still on " << stage.toStdString();
            }
            // An edit of the project, undone again, beside the rows that the training writes.
            const auto datasets = workspace.shared()->datasets().all();
            ASSERT_TRUE(workspace.shared()->datasets().rename(datasets->front().id, "round " + std::to_string(round)).get());
            workspace.noteEdit();
            ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.undoText().contains(QString::number(round)); }, browsingPatience));
            workspace.undo();
            applyLanguage(round % 2 ? "en" : "zh");
            applyTheme(round % 2 ? ThemeChoice::Light : ThemeChoice::Dark);
        }
        EXPECT_TRUE(training.busy());
        training.stopNow();
        ASSERT_TRUE(QTest::qWaitFor([&] { return !training.busy(); }, browsingPatience));
    }
    applyLanguage("en");
    applyTheme(ThemeChoice::Light);
    auto project = Project::open(file, StoreAccess::ReadOnly);
    ASSERT_TRUE(project);
    const auto wrong = (*project)->verify(VerifyLevel::Full);
    ASSERT_TRUE(wrong);
    EXPECT_TRUE(wrong->empty()) << wrong->front().what.debugText();
    const auto record = (*project)->runs().find(run);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->status, RunStatus::Stopped);
}

}  // namespace
}  // namespace lamina
