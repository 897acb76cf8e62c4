#include "core/project/removed_runs.h"

#include <SQLiteCpp/Database.h>

#include "tests/core/project/project_fixture.h"

namespace lamina {
namespace {

class RemovedRunsTest : public ProjectTest {
protected:
    /// A run as a training leaves it: two attempts with curves, a checkpoint, an evaluation, a final check.
    static RunRecord addTrained(Project& project, const std::string& name, const std::string& split, int points = 100) {
        RunRecord run;
        run.name = name;
        run.splitId = split;
        EXPECT_TRUE(project.runs().add(run).get());
        for (int attempt = 0; attempt < 2; ++attempt) {
            const auto started = *project.runs().startAttempt(run.id, "cpu");
            std::vector<MetricRow> rows;
            for (int i = 0; i < points; ++i) rows.push_back(metric(started, i, i, 0.5));
            EXPECT_TRUE(project.metrics().append(rows).get());
            EXPECT_TRUE(project.runs().endAttempt(started, "finished", RunStatus::Finished).get());
        }
        EXPECT_TRUE(project.checkpoints().add({run.id, 1, 1, points, *project.addBytes("weights of " + name), true}).get());
        for (const char* part : {"validation", "test"}) {
            EvaluationRecord evaluation;
            evaluation.run = run.id;
            evaluation.split = part;
            evaluation.finalCheck = evaluation.split == "test";
            evaluation.document = {{"items", 10}};
            EXPECT_TRUE(project.evaluations().add(evaluation));
        }
        return run;
    }
    static std::int64_t count(Project& project, const char* table) {
        std::int64_t rows = 0;
        EXPECT_TRUE(project.store().read([&](SQLite::Database& database) -> Result<void> {
            rows = database.execAndGet(std::string("SELECT count(*) FROM ") + table).getInt64();
            return {};
        }));
        return rows;
    }
};

TEST_F(RemovedRunsTest, ADeletedRunIsGoneUntilItIsTakenBack) {
    auto project = create();
    const auto run = addTrained(*project, "first", addSplit(*project, addDataset(*project)).id);
    const auto receipt = project->runs().remove({run.id}).get();
    ASSERT_TRUE(receipt) << receipt.error().debugText();
    EXPECT_EQ(receipt->name.code, "edit.remove_run");
    EXPECT_EQ(receipt->name.arguments.at(0).second, "first");
    EXPECT_TRUE(project->runs().all()->empty());
    EXPECT_EQ(project->runs().find("first").error().code, "run.not_found");
    EXPECT_EQ(project->runs().startAttempt(run.id, "cpu").error().code, "run.not_found");
    EXPECT_EQ(project->runs().remove({run.id}).get().error().code, "run.not_found");

    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->runs().find("first")->status, RunStatus::Finished);
    EXPECT_EQ(project->metrics().clean(run.id)->size(), 100u);
    EXPECT_TRUE(project->checkpoints().best(run.id)->has_value());
    ASSERT_TRUE(project->redo().get());
    EXPECT_TRUE(project->runs().all()->empty());
}

TEST_F(RemovedRunsTest, SeveralAreOneEditAndAllOrNone) {
    auto project = create();
    const auto split = addSplit(*project, addDataset(*project)).id;
    const auto one = addTrained(*project, "one", split), two = addTrained(*project, "two", split);
    EXPECT_EQ(project->runs().remove({one.id, "nobody"}).get().error().code, "run.not_found");
    EXPECT_EQ(project->runs().all()->size(), 2u);
    EXPECT_EQ(project->runs().remove({one.id, two.id}).get()->name.code, "edit.remove_runs");
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->runs().all()->size(), 2u);
}

TEST_F(RemovedRunsTest, ARunInTrainingStays) {
    auto project = create();
    const auto run = addRun(*project);
    const auto attempt = *project->runs().startAttempt(run.id, "cpu");
    const auto refused = project->runs().remove({run.id}).get();
    EXPECT_EQ(refused.error().code, "run.in_progress");
    EXPECT_EQ(refused.error().arguments.at(0).second, "first");
    ASSERT_TRUE(project->runs().endAttempt(attempt, "stopped", RunStatus::Stopped).get());
    EXPECT_TRUE(project->runs().remove({run.id}).get());
}

TEST_F(RemovedRunsTest, ARunThatDiedWithItsProcessCanBeDeleted) {
    auto project = create();
    const auto run = addRun(*project);
    ASSERT_TRUE(project->runs().startAttempt(run.id, "cpu"));
    project.reset();
    project = open();
    EXPECT_EQ(project->runs().find(run.id)->status, RunStatus::Running);
    EXPECT_TRUE(project->runs().remove({run.id}).get());
}

TEST_F(RemovedRunsTest, FreedSpaceIsGoneForGoodAndTheHistoryStaysUsable) {
    auto project = create();
    const auto dataset = addDataset(*project);
    const auto split = addSplit(*project, dataset).id;
    const auto kept = addTrained(*project, "kept", split), dropped = addTrained(*project, "dropped", split, 12000);
    ASSERT_TRUE(project->networks().rename(addNetwork(*project, dataset).id, "other").get());
    ASSERT_TRUE(project->runs().rename(dropped.id, "bad").get());
    ASSERT_TRUE(project->runs().remove({dropped.id}).get());
    const Path weights = project->filePath((*project->checkpoints().best(dropped.id))->fileHash);
    EXPECT_TRUE(std::filesystem::exists(weights));
    EXPECT_EQ(removedRuns(*project)->runs, 1);

    const auto freed = freeRemovedRuns(*project);
    ASSERT_TRUE(freed) << freed.error().debugText();
    EXPECT_EQ(freed->runs, 1);
    EXPECT_GE(freed->bytes, 24000u * 20);
    EXPECT_FALSE(std::filesystem::exists(weights));
    EXPECT_EQ(count(*project, "metric_point"), 200);
    EXPECT_EQ(count(*project, "attempt"), 2);
    EXPECT_EQ(count(*project, "checkpoint"), 1);
    EXPECT_EQ(*project->evaluations().finalChecks(split), 2) << "what was looked at stays looked at";
    EXPECT_EQ(project->metrics().clean(kept.id)->size(), 100u);
    EXPECT_EQ(removedRuns(*project)->runs, 0);
    EXPECT_EQ(freeRemovedRuns(*project)->runs, 0);

    const auto undone = project->undo().get();
    ASSERT_TRUE(undone) << undone.error().debugText();
    EXPECT_EQ(undone->name.code, "edit.rename_network") << "what concerns the run is no longer undone";
    EXPECT_EQ(project->runs().all()->size(), 1u);
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
}

TEST_F(RemovedRunsTest, WhatARunWasTrainedOnCanBeTakenBackWhenTheRunIsGoneForGood) {
    auto project = create();
    const auto split = addSplit(*project, addDataset(*project));
    const auto run = addRun(*project, split.id);
    ASSERT_TRUE(project->runs().remove({run.id}).get());
    ASSERT_TRUE(freeRemovedRuns(*project));
    const auto undone = project->undo().get();
    ASSERT_TRUE(undone) << undone.error().debugText();
    EXPECT_EQ(undone->name.code, "edit.add_split");
}

TEST_F(RemovedRunsTest, WhatWasInterruptedGoesOn) {
    auto project = create();
    const auto run = addTrained(*project, "first", addSplit(*project, addDataset(*project)).id, 15000);
    ASSERT_TRUE(project->runs().remove({run.id}).get());
    const CancelToken cancel;
    EXPECT_EQ(freeRemovedRuns(*project, cancel, [&](const Progress&) { cancel.cancel(); }).error().code, "job.cancelled");
    EXPECT_EQ(count(*project, "metric_point"), 20000);
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty()) << "half a curve of a deleted run is nothing to worry about";
    EXPECT_GT(removedRuns(*project)->bytes, 0u);
    EXPECT_EQ(freeRemovedRuns(*project)->runs, 1);
    EXPECT_EQ(count(*project, "metric_point"), 0);
    EXPECT_EQ(count(*project, "metric_level"), 0);
}

TEST_F(RemovedRunsTest, ANetworkThatWasTrainedCanBeDeletedAndBroughtBack) {
    auto project = create();
    const auto network = addNetwork(*project, addDataset(*project));
    RunRecord run;
    run.name = "first";
    run.networkId = network.id;
    run.networkDocument = {{"nodes", nlohmann::json::array()}};
    ASSERT_TRUE(project->runs().add(run).get());
    const auto removed = project->networks().remove(network.id).get();
    ASSERT_TRUE(removed) << removed.error().debugText();
    EXPECT_EQ(project->runs().find(run.id)->networkId, "");
    EXPECT_EQ(project->runs().find(run.id)->networkDocument, run.networkDocument);
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->runs().find(run.id)->networkId, network.id);
    EXPECT_TRUE(project->networks().find(network.id));
}

TEST_F(RemovedRunsTest, ARenameFromBeforeRunsCouldBeDeletedCanStillBeTakenBack) {
    const auto run = addRun(*create());
    takeBackToVersion(file(), 5);
    StoreOptions options;
    options.lockFile = folder / "p.lamina.d" / "lock";
    options.schema.migrations.resize(5);
    {
        auto store = Store::open(file(), options);
        ASSERT_TRUE(store) << store.error().debugText();
        ASSERT_TRUE((*store)->edit(editName("edit.rename_run", {{"to", "second"}}), "me", [](SQLite::Database& database) -> Result<void> {
            database.exec("UPDATE run SET name = 'second'");
            return {};
        }).get());
    }
    auto project = open();
    EXPECT_EQ(project->runs().find(run.id)->name, "second");
    const auto undone = project->undo().get();
    ASSERT_TRUE(undone) << undone.error().debugText();
    EXPECT_EQ(project->runs().find(run.id)->name, "first");
}

}  // namespace
}  // namespace lamina
