// A run and its device: who computes where the GPU refuses, and what is left where it fails.
#include "app/jobs/training_run.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "core/training/checkpoint.h"
#include "tests/support/fake_gpu.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

/// 1000 rows of two classes, a network of 64 and 32 units. A "GPU" that takes values of up to 4000 numbers has room for batches of 62 rows.
class RunOnAGpu : public testing::Test {
protected:
    void SetUp() override {
        std::ofstream csv(folder / "points.csv");
        csv << "x,y,side\n";
        for (int i = 0; i < 1000; ++i) csv << (i % 2 ? 1 : -1) + 0.1 * (i % 9) << ',' << 0.1 * (i % 13) << ',' << (i % 2 ? "right" : "left") << '\n';
        csv.close();
        project = std::move(*Project::create(folder / "points.lamina"));
        ImportRequest import;
        import.source = folder / "points.csv";
        import.target = "side";
        ASSERT_TRUE(importDataset(*project, import));
        ASSERT_TRUE(splitDataset(*project, *findDataset(*project, ""), SplitSettings{}));
        BuildRequest build;
        build.templateId = "table";
        ASSERT_TRUE(buildNetwork(*project, build));
    }

    TrainingRequest request(std::int64_t batch, const std::string& device = "auto") const {
        TrainingRequest request;
        request.plan.epochs = 3;
        request.plan.batchSize = batch;
        request.plan.checkpointSeconds = 0;
        request.threads = 1;
        request.device = device;
        return request;
    }
    std::unique_ptr<TrainingRun> start(const TrainingRequest& request) const {
        auto run = TrainingRun::start(*project, request);
        EXPECT_TRUE(run) << run.error().debugText();
        return run ? std::move(*run) : nullptr;
    }
    /// The remark that the CPU computes instead, if there is just one.
    static std::optional<Error> remark(const TrainingRun& run) {
        std::optional<Error> found;
        for (const Issue& issue : run.issues()) {
            if (issue.what.code != "jobs.cpu_instead") continue;
            EXPECT_FALSE(found) << "said twice";
            found = issue.what;
        }
        return found;
    }
    AttemptRecord lastAttempt(const TrainingRun& run) const { return project->runs().attempts(run.record().id)->back(); }
    RunStatus status(const TrainingRun& run) const { return project->runs().find(run.record().id)->status; }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    FakeGpu fake;
};

TEST_F(RunOnAGpu, AutoTakesTheGpuThatTakesTheTraining) {
    fake.refuseAbove(7000);
    const auto run = start(request(16));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->device(), "Fake GPU");
    EXPECT_TRUE(run->issues().empty());
    EXPECT_EQ(run->finish()->end, TrainingEnd::Finished);
}

TEST_F(RunOnAGpu, AutoGoesOnWithTheCpuWhereTheGpuRefusesTheTraining) {
    fake.refuseAbove(4000);
    const auto run = start(request(128));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->device().rfind("CPU", 0), 0u) << run->device();
    const auto said = remark(*run);
    ASSERT_TRUE(said);
    EXPECT_EQ(said->argument("why"), "cuda.too_large");
    EXPECT_FALSE(said->argument("shape").empty());
    const auto result = run->finish();
    ASSERT_TRUE(result.ok());
    EXPECT_FALSE(result->error);
    EXPECT_EQ(result->end, TrainingEnd::Finished);
    EXPECT_EQ(lastAttempt(*run).device, run->device());
}

TEST_F(RunOnAGpu, ARefusalOfTheValidationIsFoundBeforeTheFirstStep) {
    fake.refuseAbove(4000);
    const auto run = start(request(16));  // the rows of the validation are one batch of 100
    ASSERT_TRUE(run);
    EXPECT_TRUE(remark(*run));
    EXPECT_EQ(run->finish()->end, TrainingEnd::Finished);
    EXPECT_EQ(project->runs().attempts(run->record().id)->size(), 1u);
}

TEST_F(RunOnAGpu, TheRefusalIsTheErrorWhereTheGpuWasAskedFor) {
    fake.refuseAbove(4000);
    const auto run = start(request(128, "cuda"));
    ASSERT_TRUE(run);
    EXPECT_FALSE(remark(*run));
    const auto result = run->finish();
    ASSERT_TRUE(result.ok());
    ASSERT_TRUE(result->error);
    EXPECT_EQ(result->error->code, "cuda.too_large");
    EXPECT_EQ(status(*run), RunStatus::Failed);
    EXPECT_EQ(lastAttempt(*run).reason, "cuda.too_large");
}

TEST_F(RunOnAGpu, OneThatDoesNotProveItselfLeavesNoRunBehindWhereItWasAskedFor) {
    fake.failAt(1);
    const auto run = TrainingRun::start(*project, request(16, "cuda"));
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, "cuda.failed");
    EXPECT_TRUE(project->runs().all()->empty());
}

TEST_F(RunOnAGpu, AMistakeOfThePlanIsNotBlamedOnTheGpu) {
    auto wrong = request(16);
    wrong.plan.phases[0].optimizer = "no_such_optimizer";
    const auto run = TrainingRun::start(*project, wrong);
    ASSERT_TRUE(run) << run.error().debugText();
    EXPECT_FALSE(remark(**run));
    EXPECT_EQ((*run)->finish()->error->code, "plan.unknown_optimizer");
}

TEST_F(RunOnAGpu, OneThatIsLostStopsTheRunWithItsReasonAndTheCpuGoesOn) {
    fake.failAt(40);
    const auto run = start(request(16, "cuda"));
    ASSERT_TRUE(run);
    const auto result = run->finish();
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->end, TrainingEnd::Stopped);
    ASSERT_TRUE(result->error);
    EXPECT_EQ(result->error->code, "training.device_failed");
    EXPECT_EQ(result->error->argument("step"), "41");
    EXPECT_EQ(status(*run), RunStatus::Stopped);
    EXPECT_EQ(lastAttempt(*run).reason, "training.device_failed");
    const auto checkpoints = *project->checkpoints().ofRun(run->record().id);
    ASSERT_FALSE(checkpoints.empty());
    EXPECT_EQ(checkpoints.front().step, 40) << "the newest checkpoint is the one before the loss";

    auto resumed = TrainingRun::resume(*project, run->record().id, request(16, "cpu"));
    ASSERT_TRUE(resumed) << resumed.error().debugText();
    EXPECT_EQ((*resumed)->from().step, 40);
    const auto rest = (*resumed)->finish();
    ASSERT_TRUE(rest.ok());
    EXPECT_FALSE(rest->error);
    EXPECT_EQ(rest->end, TrainingEnd::Finished);
    EXPECT_EQ(status(*run), RunStatus::Finished);
}

TEST_F(RunOnAGpu, AResumedRunGivesWayToTheCpuToo) {
    {
        fake.refuseAbove(7000);
        auto first = request(16);
        first.plan.epochs = 100000;
        const auto run = start(first);
        ASSERT_TRUE(run);
        EXPECT_EQ(run->device(), "Fake GPU");
        while (!run->session().snapshots().take()) {}
        run->session().stop();
        EXPECT_EQ(run->finish()->end, TrainingEnd::Stopped);
    }
    fake.refuseAbove(4000);
    auto resumed = TrainingRun::resume(*project, "", request(16));
    ASSERT_TRUE(resumed) << resumed.error().debugText();
    ASSERT_TRUE(remark(**resumed));
    EXPECT_EQ((*resumed)->device().rfind("CPU", 0), 0u);
    EXPECT_GT((*resumed)->from().step, 0);
    (*resumed)->session().stop();
    EXPECT_EQ((*resumed)->finish()->end, TrainingEnd::Stopped);
}

}  // namespace
}  // namespace lamina
