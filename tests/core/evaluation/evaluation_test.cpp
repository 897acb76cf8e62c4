#include "core/evaluation/evaluation.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/evaluation/prediction.h"
#include "core/training/session.h"
#include "tests/core/data/made_table.h"
#include "tests/support/blob_data.h"

namespace lamina {
namespace {

struct TrainedNetwork {
    std::unique_ptr<test::BlobData> blobs;
    std::unique_ptr<Device> device = makeCpuDevice();
    Network network;
    const TaskType* task = nullptr;
    std::unique_ptr<ParameterStore> store;
    TrainingObjective objective;

    explicit TrainedNetwork(bool regression) : blobs(test::makeBlobs(600, regression)) {
        task = findTask(regression ? "regression" : "classification");
        objective = {findLoss(task->defaultLoss), findLoss(task->defaultLoss)->defaults};
        TrainingJob job;
        job.network = network = test::networkFor(*blobs->data, "table");
        job.task = task;
        job.data = blobs->data.get();
        job.trainingRows = blobs->rows(Part::Training);
        job.validationRows = blobs->rows(Part::Validation);
        job.device = device.get();
        job.plan.phases[0].objectives[0].loss = task->defaultLoss;
        job.plan.epochs = 20;
        TrainingSession session(std::move(job));
        const auto& result = session.wait();
        EXPECT_FALSE(result.error);
        store = std::make_unique<ParameterStore>(*device);
        EXPECT_TRUE(restoreParameters(*checkpointFromBytes(result.best), *store).ok());
    }
};

/// A series of which the window holds two values, in columns or as a sequence.
std::vector<std::pair<std::string, Scores>> baselinesOfSeries(bool sequence, Device& device) {
    const std::vector<double> series{3, 5, 4, 8, 7, 9, 12, 10, 11, 15, 13, 14};
    std::vector<double> before, now, later;
    std::vector<float> windows;
    for (std::size_t i = 1; i + 1 < series.size(); ++i) {
        before.push_back(series[i - 1]);
        now.push_back(series[i]);
        later.push_back(series[i + 1]);
        windows.insert(windows.end(), {static_cast<float>(series[i - 1]), static_cast<float>(series[i])});
    }
    MadeTable files;
    if (sequence) files.tensor<float>("x_t-1..t", {2, 1}, windows);
    else files.number("x_t-1", before).number("x_t", now);
    const Table table = files.number("x_t+1", later).open();
    Split split;
    split.parts.assign(now.size(), 0);
    for (std::size_t i = 6; i < split.parts.size(); ++i) split.parts[i] = static_cast<std::uint8_t>(Part::Test);
    PreparationSettings settings;
    settings.target = "x_t+1";
    settings.task = "regression";
    const auto preparation = fitPreparation(table, split, settings);
    EXPECT_TRUE(preparation.ok()) << preparation.error().debugText();
    const auto data = PreparedData::create(table, *preparation, split);
    auto baselines = computeBaselines(*findTask("regression"), *data, {0, 1, 2, 3, 4, 5}, {6, 7, 8, 9}, device);
    EXPECT_TRUE(baselines.ok()) << baselines.error().debugText();
    return baselines ? *baselines : std::vector<std::pair<std::string, Scores>>{};
}

TEST(Evaluation, AForecastIsComparedWithTheNewestKnownValue) {
    const auto device = makeCpuDevice();
    for (const bool sequence : {false, true}) {
        const auto baselines = baselinesOfSeries(sequence, *device);
        ASSERT_EQ(baselines.size(), 3u);
        EXPECT_EQ(baselines[1].first, "last_value");
        ASSERT_EQ(baselines[1].second[0].first, "mae");
        EXPECT_NEAR(baselines[1].second[0].second, (1 + 4 + 2 + 1) / 4.0, 1e-5) << "10 to 11, 11 to 15, 15 to 13, 13 to 14";
    }
}

TEST(Evaluation, ScoresAgreeWithTheConfusionMatrixAndBeatTheBaseline) {
    TrainedNetwork trained(false);
    auto result = evaluate(trained.network, *trained.store, *trained.task, trained.objective, *trained.blobs->data, trained.blobs->rows(Part::Test));
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->items, static_cast<std::int64_t>(trained.blobs->rows(Part::Test).size()));
    EXPECT_EQ(result->confusion.total(), result->items);
    EXPECT_GT(result->score("accuracy"), 0.85);
    EXPECT_EQ(result->classes[0].name, "red");
    auto baselines = computeBaselines(*trained.task, *trained.blobs->data, trained.blobs->rows(Part::Training), trained.blobs->rows(Part::Test), *trained.device);
    ASSERT_TRUE(baselines.ok()) << baselines.error().debugText();
    ASSERT_EQ(baselines->size(), 2u);
    EXPECT_NEAR((*baselines)[0].second[0].second, 1.0 / 3, 0.02);
    EXPECT_GT((*baselines)[1].second[0].second, 0.8);
    result->baselines = *baselines;
    const auto json = evaluationToJson(*result);
    EXPECT_EQ(json.at("confusion").size(), 3u);
    EXPECT_EQ(json.at("baselines").at("most_frequent").at("accuracy"), (*baselines)[0].second[0].second);
}

TEST(Evaluation, TheMeanHasAnR2OfAboutZeroAndTheLinearModelNearlyOne) {
    TrainedNetwork trained(true);
    auto baselines = computeBaselines(*trained.task, *trained.blobs->data, trained.blobs->rows(Part::Training), trained.blobs->rows(Part::Test), *trained.device);
    ASSERT_TRUE(baselines.ok());
    EXPECT_EQ((*baselines)[0].first, "mean");
    EXPECT_NEAR((*baselines)[0].second[2].second, 0, 0.1);
    EXPECT_GT((*baselines)[1].second[2].second, 0.99);
}

TEST(Evaluation, PredictionsAreThoseThatWereScored) {
    TrainedNetwork trained(false);
    const auto rows = trained.blobs->rows(Part::Test);
    auto predictions = predictRows(trained.network, *trained.store, *trained.blobs->data, rows);
    ASSERT_TRUE(predictions.ok());
    ASSERT_EQ(predictions->size(), rows.size());
    std::int64_t right = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& p = (*predictions)[i];
        EXPECT_EQ(p.row, rows[i]);
        float sum = 0;
        for (float x : p.probabilities) sum += x;
        EXPECT_NEAR(sum, 1, 1e-5);
        right += p.label == trained.blobs->data->label(rows[i]);
    }
    const auto result = evaluate(trained.network, *trained.store, *trained.task, trained.objective, *trained.blobs->data, rows);
    EXPECT_EQ(static_cast<double>(right) / static_cast<double>(rows.size()), result->score("accuracy"));
}

TEST(Evaluation, CancellingGivesNothing) {
    TrainedNetwork trained(false);
    CancelToken cancel;
    cancel.cancel();
    const auto result = evaluate(trained.network, *trained.store, *trained.task, trained.objective, *trained.blobs->data, trained.blobs->rows(Part::Test), cancel);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, "job.cancelled");
}

}  // namespace
}  // namespace lamina
