#include "core/training/learning_rate_finder.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/blob_data.h"

namespace lamina {
namespace {

/// A smoothed loss that is level, falls around 1e-3 and explodes at 1.
std::vector<LearningRatePoint> curve() {
    std::vector<LearningRatePoint> points;
    for (int i = 0; i < 70; ++i) {
        const double power = -6 + 0.1 * i, loss = 1 - 0.8 / (1 + std::exp(-4 * (power + 3))) + (power > 0 ? std::exp(3 * power) - 1 : 0);
        points.push_back({std::pow(10, power), loss, loss});
    }
    return points;
}

TEST(LearningRateFinder, SuggestsWhereTheLossFallsMostSteeply) { EXPECT_NEAR(std::log10(steepestRate(curve())), -3, 0.06); }

TEST(LearningRateFinder, SuggestsNothingWhereTheLossNeverFalls) {
    auto rising = curve();
    for (std::size_t i = 0; i < rising.size(); ++i) rising[i].smoothed = static_cast<double>(i);
    EXPECT_EQ(steepestRate(rising), 0);
    EXPECT_EQ(steepestRate({}), 0);
}

class LearningRates : public ::testing::Test {
protected:
    TrainingJob job(Device& device) {
        TrainingJob job;
        job.network = test::networkFor(*blobs->data, "table");
        job.task = findTask("classification");
        job.data = blobs->data.get();
        job.trainingRows = blobs->rows(Part::Training);
        job.validationRows = blobs->rows(Part::Validation);
        job.device = &device;
        job.plan.epochs = 8;
        job.plan.batchSize = 32;
        return job;
    }
    std::unique_ptr<test::BlobData> blobs = test::makeBlobs();
};

TEST_F(LearningRates, WhatIsSuggestedTrainsWell) {
    auto device = makeCpuDevice();
    auto j = job(*device);
    j.plan.phases[0].optimizer = "sgd";
    const auto search = findLearningRate(j, {});
    ASSERT_TRUE(search.ok()) << search.error().debugText();
    EXPECT_TRUE(search->exploded);
    EXPECT_LT(search->points.size(), 101u);
    EXPECT_GT(search->suggestion, 1e-4);
    EXPECT_LT(search->suggestion, 1);
    j.plan.phases[0].optimizerSettings = {{"learning_rate", search->suggestion}};
    const auto network = j.network;
    TrainingSession session(std::move(j));
    const auto& result = session.wait();
    ASSERT_FALSE(result.error);
    EXPECT_LT(result.state.best, 0.5);  // mean loss of guessing: log 3 = 1.1
}

TEST_F(LearningRates, TheSameForAnyNumberOfThreads) {
    const auto search = [&](int threads) {
        auto device = makeCpuDevice({threads, ""});
        return learningRateSearchToJson(*findLearningRate(job(*device), {.steps = 40})).dump();
    };
    EXPECT_EQ(search(1), search(2));
    EXPECT_EQ(search(1), search(3));
}

TEST_F(LearningRates, ARangeThatCannotBeIsRefused) {
    auto device = makeCpuDevice();
    EXPECT_EQ(findLearningRate(job(*device), {.lowest = 1, .highest = 0.1}).error().code, "plan.out_of_range");
    EXPECT_EQ(findLearningRate(job(*device), {.steps = 3}).error().argument("entry"), "steps");
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(findLearningRate(job(*device), {}, cancel).error().code, "job.cancelled");
}

}  // namespace
}  // namespace lamina
