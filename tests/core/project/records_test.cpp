#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cmath>

#include "core/project/metric_speed.h"
#include "tests/core/project/project_fixture.h"

namespace lamina {
namespace {

using RecordsTest = ProjectTest;

TEST_F(RecordsTest, ADatasetComesBackAsItWasAdded) {
    auto project = create();
    const auto added = addDataset(*project);
    project.reset();
    project = open();
    const auto found = project->datasets().find("iris");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, added.id);
    EXPECT_EQ(found->rows, 150);
    EXPECT_EQ(found->sourcePath, "/data/iris.csv");
    ASSERT_EQ(found->columns.size(), 2u);
    EXPECT_EQ(found->columns[0].name, "length");
    EXPECT_EQ(found->columns[1].role, "target");
    EXPECT_EQ(found->columns[1].info["minimum"], 1.5);
    EXPECT_EQ(project->datasets().find(added.id)->name, "iris");
    EXPECT_EQ(project->datasets().find("").error().code, "dataset.not_found");

    addDataset(*project);
    EXPECT_EQ(project->datasets().find("iris").error().code, "dataset.ambiguous");
    EXPECT_EQ(project->datasets().find(added.id)->id, added.id);
}

TEST_F(RecordsTest, AddingRenamingAndRemovingAreNamedUndoableEdits) {
    auto project = create();
    project->setAuthor("ann");
    const auto dataset = addDataset(*project);
    ASSERT_TRUE(project->datasets().rename(dataset.id, "flowers").get());
    ASSERT_TRUE(project->datasets().setRole(dataset.columns[0].id, "ignored").get());
    ASSERT_TRUE(project->datasets().remove(dataset.id).get());
    EXPECT_TRUE(project->datasets().all()->empty());
    const auto history = *project->history();
    ASSERT_EQ(history.size(), 4u);
    EXPECT_EQ(history[2].name.code, "edit.rename_dataset");
    EXPECT_EQ(history[2].name.arguments[0].second, "flowers");
    EXPECT_EQ(history[2].author, "ann");

    ASSERT_TRUE(project->undo().get());
    auto back = *project->datasets().find("flowers");
    EXPECT_EQ(back.columns[0].role, "ignored");
    ASSERT_TRUE(project->undo().get());
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->datasets().find(dataset.id)->name, "iris");
    EXPECT_EQ(project->datasets().find(dataset.id)->columns[0].role, "feature");
    EXPECT_EQ(project->datasets().rename("nobody", "x").get().error().code, "dataset.not_found");
    EXPECT_EQ(project->datasets().setRole(dataset.columns[0].id, "boss").get().error().code, "store.constraint");
}

TEST_F(RecordsTest, ADatasetGoesWithItsSplitsInOneEditUnlessSomethingWasMadeWithIt) {
    auto project = create();
    const auto dataset = addDataset(*project);
    std::vector<std::string> added;
    for (int i = 0; i < 4; ++i) added.push_back(addSplit(*project, dataset).id);
    ASSERT_TRUE(project->datasets().remove(dataset.id).get());
    EXPECT_TRUE(project->datasets().all()->empty());
    EXPECT_TRUE(project->splits().ofDataset(dataset.id)->empty());
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->datasets().find(dataset.id)->columns.size(), 2u);
    const auto splits = *project->splits().ofDataset(dataset.id);
    ASSERT_EQ(splits.size(), 4u);
    for (std::size_t i = 0; i < splits.size(); ++i) EXPECT_EQ(splits[i].id, added[i]) << "the order of creation";
    addNetwork(*project, dataset);
    EXPECT_EQ(project->datasets().remove(dataset.id).get().error().code, "store.constraint");
    EXPECT_EQ(project->splits().ofDataset(dataset.id)->size(), 4u);
}

TEST_F(RecordsTest, SplitsAndNetworksComeBackAsTheyWereAdded) {
    auto project = create();
    const auto dataset = addDataset(*project);
    EXPECT_EQ(project->splits().newest(dataset.id).error().code, "split.none");
    const auto split = addSplit(*project, dataset);
    const auto found = *project->splits().newest(dataset.id);
    EXPECT_EQ(found.id, split.id);
    EXPECT_EQ(found.seed, split.seed);
    EXPECT_EQ(found.fractions, split.fractions);
    EXPECT_EQ(found.counts, split.counts);
    EXPECT_EQ(found.stratifyColumn, "species");
    EXPECT_GT(found.created, 0);
    const auto network = addNetwork(*project, dataset);
    ASSERT_TRUE(project->networks().save(network.id, {{"nodes", {4}}}).get());
    EXPECT_EQ(project->networks().find("small")->revision, 2);
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->networks().find("small")->document, network.document);
    EXPECT_EQ(project->networks().find("small")->revision, 1);
}

TEST_F(RecordsTest, RunsKeepTheirStoryAndAreNotUndone) {
    auto project = create();
    const auto run = addRun(*project);
    EXPECT_EQ(project->runs().find("first")->status, RunStatus::Created);
    const auto first = *project->runs().startAttempt(run.id, "cpu");
    EXPECT_EQ(project->runs().find(run.id)->status, RunStatus::Running);
    ASSERT_TRUE(project->runs().endAttempt(first, "stopped", RunStatus::Stopped).get());
    const auto second = *project->runs().startAttempt(run.id, "cpu");
    EXPECT_EQ(second.number, 2);
    ASSERT_TRUE(project->runs().setBest(run.id, {{"value", 0.9}}).get());
    ASSERT_TRUE(project->runs().endAttempt(second, "finished", RunStatus::Finished).get());

    const auto attempts = *project->runs().attempts(run.id);
    ASSERT_EQ(attempts.size(), 2u);
    EXPECT_EQ(attempts[0].reason, "stopped");
    EXPECT_GT(attempts[1].ended, 0);
    const auto found = *project->runs().find(run.id);
    EXPECT_EQ(found.status, RunStatus::Finished);
    EXPECT_EQ(found.best["value"], 0.9);
    EXPECT_EQ(found.settings["epochs"], 5);

    EXPECT_EQ(project->undo().get().error().code, "store.nothing_to_undo");
    ASSERT_TRUE(project->runs().rename(run.id, "second").get());
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->runs().find(run.id)->name, "first");
    EXPECT_EQ(project->runs().startAttempt("nobody", "cpu").error().code, "run.not_found");
}

TEST_F(RecordsTest, ARunProtectsWhatItWasTrainedOnFromUndo) {
    auto project = create();
    const auto split = addSplit(*project, addDataset(*project));
    addRun(*project, split.id);
    EXPECT_EQ(project->undo().get().error().code, "store.undo_conflict");
    EXPECT_TRUE(project->splits().find(split.id));
}

TEST_F(RecordsTest, LiveMetricsAreSeenByAReader) {
    auto project = create();
    const auto run = addRun(*project);
    const auto attempt = *project->runs().startAttempt(run.id, "cpu");
    auto reader = open(StoreAccess::ReadOnly);
    ASSERT_TRUE(project->metrics().append({metric(attempt, 0, 0, 2.0), metric(attempt, 1, 1, std::nan(""))}).get());
    auto rows = *reader->metrics().rows(run.id, attempt.number, 0, 100);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].value, 2.0);
    EXPECT_EQ(rows[0].split, "training");
    EXPECT_EQ(rows[0].wallTime, 1000);
    EXPECT_TRUE(std::isnan(rows[1].value));
    ASSERT_TRUE(project->metrics().append({metric(attempt, 2, 2, 0.5, "accuracy")}).get());
    rows = *reader->metrics().rows(run.id, attempt.number, 2, 100);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].name, "accuracy");
    EXPECT_EQ(rows[0].sequence, 2);
}

TEST_F(RecordsTest, ABatchOfMetricsIsAllOrNothing) {
    auto project = create();
    const auto attempt = *project->runs().startAttempt(addRun(*project).id, "cpu");
    EXPECT_EQ(project->metrics().append({metric(attempt, 0, 0, 1), metric({attempt.run, 9, 0, 0, {}, {}}, 1, 1, 1)}).get().error().code,
              "run.attempt_not_found");
    EXPECT_EQ(project->metrics().append({metric(attempt, 0, 0, 1), metric(attempt, 0, 1, 1)}).get().error().code, "run.metrics_not_in_order");
    EXPECT_TRUE(project->metrics().rows(attempt.run, attempt.number, 0, 100)->empty());
}

TEST_F(RecordsTest, TheCleanViewIsThatOfAnUninterruptedRun) {
    auto project = create();
    const auto whole = *project->runs().startAttempt(addRun(*project).id, "cpu");
    std::vector<MetricRow> rows;
    for (int step = 0; step < 10; ++step) rows.push_back(metric(whole, step, step, step * 0.1));
    ASSERT_TRUE(project->metrics().append(rows).get());

    // The same run, killed after step 6 and resumed from the checkpoint of step 4.
    const auto run = addRun(*project);
    const auto first = *project->runs().startAttempt(run.id, "cpu");
    rows.clear();
    for (int step = 0; step < 7; ++step) rows.push_back(metric(first, step, step, step < 5 ? step * 0.1 : -1));
    ASSERT_TRUE(project->metrics().append(rows).get());
    const auto second = *project->runs().startAttempt(run.id, "cpu");
    rows.clear();
    for (int step = 5; step < 10; ++step) rows.push_back(metric(second, step - 5, step, step * 0.1));
    ASSERT_TRUE(project->metrics().append(rows).get());

    const auto expected = *project->metrics().clean(whole.run);
    EXPECT_EQ(expected.size(), 10u);
    EXPECT_EQ(*project->metrics().clean(run.id), expected);
    EXPECT_TRUE(project->metrics().clean(run.id, "accuracy")->empty());
}

TEST_F(RecordsTest, CheckpointsKeepTheNewestAndTheBest) {
    auto project = create();
    const auto run = addRun(*project);
    for (int generation = 1; generation <= 4; ++generation)
        ASSERT_TRUE(project->checkpoints().add({run.id, generation, generation, generation * 10, std::string(64, static_cast<char>('a' + generation)),
                                                generation == 1 || generation == 2}).get());
    EXPECT_EQ((*project->checkpoints().best(run.id))->generation, 2);
    const auto unnamed = *project->checkpoints().keepOnly(run.id, 1);
    EXPECT_EQ(unnamed, (std::vector<std::string>{std::string(64, 'd'), std::string(64, 'b')}));
    const auto kept = *project->checkpoints().ofRun(run.id);
    ASSERT_EQ(kept.size(), 2u);
    EXPECT_EQ(kept[0].generation, 4);
    EXPECT_TRUE(kept[1].isBest);
    EXPECT_FALSE(project->checkpoints().best("nobody")->has_value());
}

TEST_F(RecordsTest, FinalChecksAreCountedForEachSplitOverAllRuns) {
    auto project = create();
    const auto split = addSplit(*project, addDataset(*project));
    for (int i = 1; i <= 3; ++i) {
        EvaluationRecord evaluation;
        evaluation.run = addRun(*project, split.id).id;
        evaluation.split = "test";
        evaluation.finalCheck = true;
        evaluation.document = {{"accuracy", 0.5}};
        EXPECT_EQ(project->evaluations().add(evaluation)->count, i);
        EXPECT_EQ(project->evaluations().ofRun(evaluation.run)->at(0).document["accuracy"], 0.5);
    }
    EvaluationRecord other;
    other.run = addRun(*project).id;
    other.split = "validation";
    EXPECT_EQ(project->evaluations().add(other)->count, 0);
    EXPECT_EQ(*project->evaluations().finalChecks(split.id), 3);
    EXPECT_EQ(project->undo().get().error().code, "store.undo_conflict");
}

TEST_F(RecordsTest, HostileDocumentsAreAnErrorNotACrash) {
    auto project = create();
    const auto network = addNetwork(*project, addDataset(*project));
    for (const std::string& text : {std::string("{"), std::string("not json"), std::string(100000, '['), std::string()}) {
        ASSERT_TRUE(project->store().write(Store::Durability::Full, [&](SQLite::Database& database) -> Result<void> {
            SQLite::Statement update(database, "UPDATE network SET document = ?");
            update.bind(1, text);
            update.exec();
            return {};
        }).get());
        EXPECT_EQ(project->networks().find(network.id).error().code, "project.damaged");
    }
}

TEST_F(RecordsTest, TextThatIsNotUtf8IsKeptReadable) {
    auto project = create();
    NetworkRecord network;
    network.name = "n";
    network.document = {{"title", "caf\xe9"}};
    ASSERT_TRUE(project->networks().add(network).get());
    EXPECT_EQ(project->networks().find("n")->document["title"], "caf\xef\xbf\xbd");
}

TEST_F(RecordsTest, MetricSpeedCountsRealRows) {
    auto project = create();
    const auto speed = metricRowsPerSecond(*project, 3);
    ASSERT_TRUE(speed) << speed.error().debugText();
    EXPECT_GT(*speed, 1000);
    const auto run = project->runs().all()->back();
    EXPECT_EQ(project->metrics().rows(run.id, 1, 0, 10000)->size(), 3000u);
}

}  // namespace
}  // namespace lamina
