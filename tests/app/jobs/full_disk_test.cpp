// A disk that becomes full while a run is trained: the run ends with its reason at its last checkpoint, and goes on to the same bits.
#include <gtest/gtest.h>

#include "app/jobs/training_run.h"
#include "tests/support/fault_files.h"
#include "tests/support/window_project.h"

namespace lamina {
namespace {

class FullDisk : public testing::Test {
protected:
    void SetUp() override {
        auto opened = Project::open(makeColourProject(folder), StoreAccess::Write);
        ASSERT_TRUE(opened);
        project = std::move(*opened);
    }
    TrainingRequest request() const {
        TrainingRequest request;
        request.plan.epochs = 6;
        request.plan.checkpointSeconds = 0;
        request.threads = 1;
        return request;
    }
    TrainingResult end(Result<std::unique_ptr<TrainingRun>> run) {
        EXPECT_TRUE(run) << run.error().debugText();
        const auto result = (*run)->finish();
        EXPECT_TRUE(result) << result.error().debugText();
        return *result;
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
};

TEST_F(FullDisk, StopsTheRunAtItsLastCheckpointAndItGoesOnToTheSameBits) {
    const TrainingResult whole = end(TrainingRun::start(*project, request()));
    const RunRecord undisturbed = project->runs().all()->back();

    FaultFiles faults;
    auto guard = replaceFiles(faults);
    auto disturbed = request();
    int checkpoints = 0;
    disturbed.onCheckpoint = [&](const CheckpointRecord&) {
        if (++checkpoints == 5) faults.setRoom(0);
    };
    const TrainingResult stopped = end(TrainingRun::start(*project, disturbed));
    EXPECT_EQ(stopped.end, TrainingEnd::Failed);
    ASSERT_TRUE(stopped.error);
    EXPECT_TRUE(stopped.error->code.starts_with("disk.full")) << stopped.error->debugText();
    const RunRecord run = project->runs().all()->back();
    EXPECT_EQ(run.status, RunStatus::Failed);
    EXPECT_TRUE(project->runs().attempts(run.id)->back().reason.starts_with("disk.full"));
    EXPECT_FALSE(project->checkpoints().ofRun(run.id)->empty());
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty()) << "nothing half written is left";
    EXPECT_EQ(project->runs().setNote(run.id, "the disk was full").get().ok(), true) << "edits still find room";

    faults.heal();
    const TrainingResult resumed = end(TrainingRun::resume(*project, run.id, request()));
    guard.reset();
    EXPECT_EQ(resumed.end, whole.end);
    EXPECT_EQ(resumed.state.step, whole.state.step);
    EXPECT_EQ(*project->metrics().clean(run.id), *project->metrics().clean(undisturbed.id));
    EXPECT_EQ((*project->checkpoints().best(run.id))->fileHash, (*project->checkpoints().best(undisturbed.id))->fileHash);
}

TEST_F(FullDisk, ARunThatCannotKeepItsNumbersSaysSo) {
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    faults.setRoom(0);
    const TrainingResult stopped = end(TrainingRun::start(*project, request()));
    EXPECT_EQ(stopped.end, TrainingEnd::Failed);
    ASSERT_TRUE(stopped.error);
    EXPECT_TRUE(stopped.error->code.starts_with("disk.full")) << stopped.error->debugText();
    faults.heal();
    EXPECT_EQ(end(TrainingRun::resume(*project, "", request())).end, TrainingEnd::Finished) << "it begins again";
}

}  // namespace
}  // namespace lamina
