#include "core/training/memory_plan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/memory.h"
#include "core/training/item_metrics.h"
#include "tests/support/blob_data.h"

namespace lamina {
namespace {

class MemoryPlanTest : public testing::Test {
protected:
    void SetUp() override {
        m_job.network.append("input", {{"shape", m_blobs->data->inputShape()}});
        for (const int units : {512, 512, 3}) m_job.network.append("dense", {{"units", units}}, m_job.network.nodes.back().id);
        m_job.network.append("softmax", nlohmann::json::object(), m_job.network.nodes.back().id);
        m_job.task = findTask("classification");
        m_job.data = m_blobs->data.get();
        m_job.trainingRows = m_blobs->rows(Part::Training);
        m_job.validationRows = m_blobs->rows(Part::Validation);
        m_job.device = m_device.get();
        m_job.plan.batchSize = 1024;
        m_job.plan.epochs = 1;
    }

    std::unique_ptr<test::BlobData> m_blobs = test::makeBlobs(2000);
    std::unique_ptr<Device> m_device = makeCpuDevice({.threads = 2, .instructionSet = {}});
    TrainingJob m_job;
};

constexpr std::uint64_t MiB = 1 << 20;

TEST_F(MemoryPlanTest, CountsParametersWithTheirSlotsAndTheWorkingMemory) {
    const auto plan = planMemory(m_job);
    ASSERT_TRUE(plan.ok()) << plan.error().debugText();
    EXPECT_TRUE(plan->whole);
    constexpr std::uint64_t weights = 4 * (4 * 512 + 512 + 512 * 512 + 512 + 512 * 3 + 3);
    EXPECT_GE(plan->parameters, 3 * weights) << "Adam keeps two numbers for each";
    EXPECT_LT(plan->parameters, 3 * weights + 16 * MiB);
    EXPECT_GE(plan->programs, 1024ull * 512 * 4) << "at least one activation";
    EXPECT_GE(plan->checkpoints, 2 * 3 * weights);
    EXPECT_GE(plan->batches, 3 * 1024ull * 4 * 4);
}

TEST_F(MemoryPlanTest, TakesNoneOfTheWorkingMemoryItCounts) {
    m_job.plan.batchSize = 1600;
    for (auto& node : m_job.network.nodes)
        if (node.name == "dense_1") node.settings["units"] = 32768;
    const auto before = residentMemory();
    const auto plan = planMemory(m_job);
    ASSERT_TRUE(plan.ok());
    EXPECT_GT(plan->programs, 200 * MiB);
    EXPECT_LT(residentMemory(), before + plan->parameters + 150 * MiB);
}

TEST_F(MemoryPlanTest, SmallerBatchesTakeLess) {
    const auto large = planMemory(m_job);
    m_job.plan.batchSize = 64;
    const auto small = planMemory(m_job);
    ASSERT_TRUE(large.ok() && small.ok());
    EXPECT_LT(small->programs, large->programs / 3);
    EXPECT_EQ(small->parameters, large->parameters);
}

TEST_F(MemoryPlanTest, WhatDoesNotFitIsRefusedWithABatchThatDoes) {
    Network& network = m_job.network = {};  // most of what it needs goes with the batch
    auto last = network.append("dense", {{"units", 512}}, network.append("input", {{"shape", m_blobs->data->inputShape()}}));
    for (int i = 0; i < 12; ++i) last = network.append("gelu", nlohmann::json::object(), last);
    network.append("softmax", nlohmann::json::object(), network.append("dense", {{"units", 3}}, last));
    const auto plan = planMemory(m_job);
    m_job.plan.batchSize = 128;
    const std::uint64_t available = (planMemory(m_job)->bytes() + 49 * MiB) * 10 / 9;  // what is proposed leaves a tenth
    m_job.plan.batchSize = 1024;
    EXPECT_TRUE(checkMemory(m_job, *plan, plan->bytes() + 64 * MiB).ok());
    const auto refused = checkMemory(m_job, *plan, available);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "training.memory");
    const int fits = std::stoi(refused.error().argument("fits"));
    EXPECT_GE(fits, 128);
    EXPECT_LT(fits, 1024);
    m_job.plan.batchSize = fits;
    EXPECT_LE(planMemory(m_job)->bytes(), available);
    m_job.plan.batchSize = 1024;
    EXPECT_EQ(refused.error().argument("batch"), "1024");
    EXPECT_EQ(checkMemory(m_job, *plan, 10 * MiB).error().code, "training.memory_any_batch");
}

TEST_F(MemoryPlanTest, WhereTheParametersAloneAreTooLargeNothingIsMade) {
    for (auto& node : m_job.network.nodes)
        if (node.type == "dense" && node.name != "dense_3") node.settings["units"] = 200000;  // 160 GB of weights
    const auto before = residentMemory();
    const auto plan = planMemory(m_job, 8192 * MiB);
    ASSERT_TRUE(plan.ok()) << plan.error().debugText();
    EXPECT_FALSE(plan->whole);
    EXPECT_EQ(plan->programs, 0u);
    EXPECT_LT(residentMemory(), before + 50 * MiB);
    EXPECT_EQ(checkMemory(m_job, *plan, 8192 * MiB).error().code, "training.memory_any_batch");
}

TEST_F(MemoryPlanTest, ATrainingThatCannotBeginSaysWhy) {
    m_job.network.nodes[3].settings["units"] = 7;
    const auto plan = planMemory(m_job);
    ASSERT_FALSE(plan.ok());
    EXPECT_EQ(plan.error().code, "training.output_shape");
}

struct Collected : TrainingSink {
    Result<void> metrics(std::vector<MetricPoint> points) override {
        all.insert(all.end(), points.begin(), points.end());
        return {};
    }
    Result<void> checkpoint(std::vector<std::byte>, const TrainingState&, bool) override { return {}; }
    int count(const std::string& split, const std::string& name) const {
        return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const auto& p) { return p.split == split && p.name == name; }));
    }
    std::vector<MetricPoint> all;
};

TEST_F(MemoryPlanTest, AnyMetricOfTheTaskMayDecideWhatIsBest) {
    Collected sink;
    m_job.sink = &sink;
    m_job.plan.epochs = 3;
    m_job.plan.monitor = "roc_auc";
    m_job.plan.monitorHigherIsBetter = true;
    EXPECT_GT(planMemory(m_job)->scores, 0u);
    TrainingSession session(m_job);
    const auto& result = session.wait();
    ASSERT_FALSE(result.error) << result.error->debugText();
    EXPECT_GT(result.state.best, 0.8);
    EXPECT_LE(result.state.best, 1.0);
    EXPECT_EQ(sink.count("validation", "roc_auc"), 3);
    EXPECT_EQ(sink.count("training", "roc_auc"), 0) << "training steps keep no scores";
    EXPECT_EQ(sink.count("validation", "matthews"), 0) << "the short list and the monitor, no more";
    EXPECT_EQ(sink.count("training", "accuracy"), 3);
}

TEST_F(MemoryPlanTest, AMonitorOfScoresNeedsValidationRows) {
    m_job.validationRows.clear();
    m_job.plan.monitor = "roc_auc";
    TrainingSession session(m_job);
    ASSERT_TRUE(session.wait().error);
    EXPECT_EQ(session.wait().error->code, "plan.monitor_needs_validation");
}

TEST(ItemMetrics, MetricsThatSayNothingAboutSoFewClassesAreLeftOut) {
    const auto two = allMetrics(*findTask("classification"), 2), ten = allMetrics(*findTask("classification"), 10);
    EXPECT_EQ(std::count(two.begin(), two.end(), "top_3"), 0);
    EXPECT_EQ(std::count(ten.begin(), ten.end(), "top_5"), 1);
    EXPECT_EQ(ten.front(), "accuracy");
    ItemSums none;
    EXPECT_TRUE(std::isnan(metricOf("roc_auc", none)));
}

}  // namespace
}  // namespace lamina
