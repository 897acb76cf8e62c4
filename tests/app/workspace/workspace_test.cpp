// The open project as the window sees it: opening, changes from anywhere, undo, a second reader, trainings that go on and stop.
#include "app/workspace/workspace.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "app/workspace/training_controller.h"
#include "tests/support/window_project.h"
#include "tests/support/window_test.h"

namespace lamina {
namespace {

class OpenWorkspace : public testing::Test {
protected:
    void open(Workspace& workspace) {
        QSignalSpy changed(&workspace, &Workspace::changed);
        workspace.open(QString::fromStdString(m_file.string()));
        ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.isOpen() && changed.count() > 0; }, patience));
    }
    void rename(Workspace& workspace, const std::string& name) {
        const auto datasets = workspace.shared()->datasets().all();
        ASSERT_TRUE(workspace.shared()->datasets().rename(datasets->front().id, name).get());
    }

    TemporaryFolder m_folder;
    Path m_file = makeColourProject(m_folder);
};

using Workspaces = OpenWorkspace;

TEST_F(Workspaces, AnEditMadeAnywhereIsNoticedAndCanBeUndoneByName) {
    Workspace workspace;
    open(workspace);
    QSignalSpy changed(&workspace, &Workspace::changed);
    rename(workspace, "flowers");
    ASSERT_TRUE(changed.wait(patience)) << "nobody called noteEdit()";
    EXPECT_TRUE(workspace.undoText().contains("flowers")) << workspace.undoText().toStdString();
    EXPECT_TRUE(workspace.redoText().isEmpty());
    workspace.undo();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !workspace.redoText().isEmpty(); }, patience));
    EXPECT_NE(workspace.shared()->datasets().all()->front().name, "flowers");
    EXPECT_TRUE(workspace.redoText().contains("flowers"));
}

TEST_F(Workspaces, ASecondOneReadsAlongAndSeesChangesLive) {
    Workspace writer, reader;
    open(writer);
    QSignalSpy notices(&reader, &Workspace::notice);
    open(reader);
    EXPECT_TRUE(reader.readOnly());
    EXPECT_EQ(notices.count(), 1);
    QSignalSpy changed(&reader, &Workspace::changed);
    rename(writer, "seen");
    ASSERT_TRUE(changed.wait(patience));
    EXPECT_EQ(reader.shared()->datasets().all()->front().name, "seen");
    EXPECT_TRUE(reader.undoText().isEmpty()) << "a reader cannot undo";
}

TEST_F(Workspaces, AProjectThatWasJustClosedOpensForWritingAgain) {
    Workspace workspace;
    open(workspace);
    workspace.close();
    EXPECT_FALSE(workspace.isOpen());
    open(workspace);
    EXPECT_FALSE(workspace.readOnly());
}

TEST_F(Workspaces, WhatIsNoProjectIsSaidInWords) {
    Workspace workspace;
    QSignalSpy problems(&workspace, &Workspace::problem);
    workspace.open(QString::fromStdString((m_folder / "colours.csv").string()));
    ASSERT_TRUE(problems.wait(patience));
    EXPECT_TRUE(problems.front().front().toString().contains("colours.csv"));
    EXPECT_FALSE(workspace.isOpen());
}

TEST_F(Workspaces, AProjectThatIsMovedAwayWhileOpenIsSaidOnceAndGoesOnWhenItIsBack) {
    Workspace workspace;
    open(workspace);
    QSignalSpy problems(&workspace, &Workspace::problem);
    std::filesystem::rename(m_file, m_folder / "elsewhere");
    ASSERT_TRUE(problems.wait(patience));
    QTest::qWait(300);
    EXPECT_EQ(problems.count(), 1);
    EXPECT_TRUE(problems.front().front().toString().contains("colours.lamina"));
    std::filesystem::rename(m_folder / "elsewhere", m_file);
    QSignalSpy changed(&workspace, &Workspace::changed);
    rename(workspace, "still here");
    EXPECT_TRUE(changed.wait(patience));
}

TEST_F(Workspaces, TheChosenRunIsFoundAgainNextTime) {
    Workspace workspace;
    open(workspace);
    workspace.setNetwork("some-network");
    workspace.close();
    open(workspace);
    EXPECT_EQ(workspace.network(), "some-network");
}

TEST_F(Workspaces, ATrainingRunsToItsEndWhileTheWindowGoesOn) {
    Workspace workspace;
    open(workspace);
    TrainingController& training = workspace.training();
    QSignalSpy finished(&training, &TrainingController::finished);
    TrainingRequest request;
    request.plan.epochs = 3;
    training.start(request);
    EXPECT_EQ(training.state(), TrainingController::State::Preparing);
    ASSERT_TRUE(finished.wait(patience));
    EXPECT_EQ(training.state(), TrainingController::State::Idle);
    EXPECT_EQ(workspace.run(), training.run());
    EXPECT_EQ(workspace.shared()->runs().find(training.run())->status, RunStatus::Finished);
}

TEST_F(Workspaces, AStoppedTrainingCanBeResumed) {
    Workspace workspace;
    open(workspace);
    TrainingController& training = workspace.training();
    TrainingRequest request;
    request.plan.epochs = 100000;
    training.start(request);
    ASSERT_TRUE(QTest::qWaitFor([&] { return training.snapshot().step > 20; }, patience));
    training.pause();
    ASSERT_TRUE(QTest::qWaitFor([&] { return training.state() == TrainingController::State::Paused; }, patience));
    training.goOn();
    QSignalSpy finished(&training, &TrainingController::finished);
    training.stopNow();
    ASSERT_TRUE(finished.wait(patience));
    const auto run = workspace.shared()->runs().find(training.run());
    EXPECT_EQ(run->status, RunStatus::Stopped);
    training.resume(training.run(), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return training.snapshot().step > 40; }, patience));
    workspace.close();
    EXPECT_EQ(training.state(), TrainingController::State::Idle) << "closing stops at a checkpoint";
}

/// What the pages read while a training streams: the names of its curves, each of them from the beginning or what came since, and the journal.
Result<std::int64_t> readLikeAPage(Project& project, const std::string& run) {
    std::int64_t points = 0;
    LAMINA_TRY(const auto names, project.metrics().names(run));
    for (const SeriesName& name : names) {
        LAMINA_TRY(const auto whole, project.metrics().series(run, name.name, name.split));
        LAMINA_TRY(const auto rest, project.metrics().pointsAfter(run, name.name, name.split, whole.last));
        points += static_cast<std::int64_t>(whole.points.size() + rest.points.size());
    }
    LAMINA_TRY(const auto runs, project.runs().all());
    LAMINA_TRY(const auto entries, project.history(20));
    return points;
}

TEST_F(Workspaces, CurvesStreamAndEditsAreMadeWhileATrainingRuns) {
    Workspace workspace;
    open(workspace);
    TrainingController& training = workspace.training();
    TrainingRequest request;
    request.plan.epochs = 100000;
    training.start(request);
    ASSERT_TRUE(QTest::qWaitFor([&] { return training.snapshot().epoch > 1; }, 6 * patience));
    std::int64_t points = 0;
    for (int round = 0; round < 10; ++round) {
        int answers = 0;
        for (int reader = 0; reader < 4; ++reader)
            workspace.tasks().quietly(
                &workspace, [project = workspace.shared(), run = training.run()](TaskContext&) { return readLikeAPage(*project, run); },
                [&](Result<std::int64_t> read) {
                    ++answers;
                    ASSERT_TRUE(read) << read.error().debugText();
                    points = std::max(points, *read);
                });
        rename(workspace, "round " + std::to_string(round));
        workspace.noteEdit();
        const auto step = training.snapshot().step;
        ASSERT_TRUE(QTest::qWaitFor([&] { return answers == 4 && training.snapshot().step > step; }, 6 * patience)) << "one waits for the other";
        workspace.undo();
    }
    EXPECT_GT(points, 0);
    EXPECT_TRUE(training.busy());
    training.stopNow();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !training.busy(); }, 6 * patience));
    EXPECT_EQ(workspace.shared()->runs().find(training.run())->status, RunStatus::Stopped);
}

TEST_F(Workspaces, ClosingWhileATrainingIsPreparedLeavesNothingRunning) {
    Workspace workspace;
    open(workspace);
    workspace.training().start({});
    workspace.close();
    EXPECT_FALSE(workspace.training().busy());
    open(workspace);
    EXPECT_FALSE(workspace.readOnly());
}

TEST_F(Workspaces, ATrainingThatCannotStartSaysWhy) {
    Workspace workspace;
    open(workspace);
    QSignalSpy failed(&workspace.training(), &TrainingController::failed);
    TrainingRequest request;
    request.network = "no such network";
    workspace.training().start(request);
    ASSERT_TRUE(failed.wait(patience));
    EXPECT_TRUE(failed.front().front().toString().contains("no such network"));
}

}  // namespace
}  // namespace lamina
