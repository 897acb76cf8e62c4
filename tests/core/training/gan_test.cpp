// A generator and its judge as a plan of two phases that take turns: rows stand in for what the generator gives, noise feeds the generator.
#include <gtest/gtest.h>

#include <cmath>

#include "core/compiler/compiler.h"
#include "core/tensor/random.h"
#include "core/training/session.h"
#include "core/training/training_loop.h"
#include "tests/support/blob_data.h"

namespace lamina {
namespace {

/// input → generator_a → relu → generator_b → judge_a → relu → judge_b → sigmoid.
Network generatorAndJudge(std::int64_t features) {
    Network network;
    const auto dense = [&](const char* name, std::int64_t units, const std::string& after) {
        const auto id = network.append("dense", {{"units", units}}, after);
        network.nodes.back().name = name;
        return id;
    };
    const auto input = network.append("input", {{"shape", {features}}});
    const auto hidden = network.append("relu", nlohmann::json::object(), dense("generator_a", 16, input));
    const auto made = dense("generator_b", features, hidden);
    const auto seen = network.append("relu", nlohmann::json::object(), dense("judge_a", 16, made));
    network.append("sigmoid", nlohmann::json::object(), dense("judge_b", 1, seen));
    return network;
}

PlanPhase phase(const char* name, const char* trainable, std::vector<PlanObjective> objectives) {
    PlanPhase phase;
    phase.name = name;
    phase.trainable = trainable;
    phase.objectives = std::move(objectives);
    phase.optimizer = "adam";
    phase.optimizerSettings = {{"learning_rate", 0.002}, {"beta1", 0.5}};
    phase.schedule = "constant";
    return phase;
}

PlanObjective judged(const char* feed, const char* target) {
    PlanObjective objective;
    objective.loss = "binary_cross_entropy";
    objective.feed = feed;
    objective.target = target;
    return objective;
}

class Gan : public ::testing::Test {
protected:
    TrainingJob job(Device& device, std::int64_t epochs) {
        TrainingJob job;
        job.network = generatorAndJudge(blobs->data->inputCount());
        job.task = findTask("regression");
        job.data = blobs->data.get();
        // The rows of the first blob alone: their first feature lies well above the mean of all.
        for (const auto row : blobs->rows(Part::Training))
            if (row % 3 == 0) job.trainingRows.push_back(row);
        job.validationRows = {job.trainingRows.begin(), job.trainingRows.begin() + 40};
        job.device = &device;
        job.plan.epochs = epochs;
        job.plan.batchSize = 32;
        job.plan.phases = {phase("judge", "judge_*", {judged("generator_b", "1"), judged("noise", "0")}), phase("generator", "generator_*", {judged("noise", "1")})};
        return job;
    }

    std::vector<double> meanOfRows(const std::vector<std::int64_t>& rows) const {
        std::vector<double> mean(static_cast<std::size_t>(blobs->data->inputCount()), 0);
        std::vector<float> numbers(mean.size());
        for (const auto row : rows) {
            blobs->data->writeInput(row, numbers.data());
            for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += static_cast<double>(numbers[i]) / static_cast<double>(rows.size());
        }
        return mean;
    }

    /// Mean of what the generator gives for a thousand draws.
    std::vector<double> meanMade(const Network& network, const std::vector<std::byte>& bytes, Device& device) const {
        ParameterStore store(device);
        EXPECT_TRUE(restoreForUse(*checkpointFromBytes(bytes), store).ok());
        constexpr std::int64_t draws = 1000;
        auto compiled = compileForInference(*networkUpTo(network, "generator_b"), draws);
        EXPECT_TRUE(compiled.ok());
        auto program = *Program::create(compiled->graph, device, store, compiled->kept(), 1);
        const RandomStream random(3, streamOf("draws"));
        auto noise = program->span<float>(compiled->input);
        for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = random.normal(i);
        program->run({});
        const auto numbers = program->read(compiled->output);
        std::vector<double> mean(numbers.size() / draws, 0);
        for (std::size_t i = 0; i < numbers.size(); ++i) mean[i % mean.size()] += numbers[i] / draws;
        return mean;
    }

    std::unique_ptr<test::BlobData> blobs = test::makeBlobs(600, true);
};

class LastCheckpoint : public TrainingSink {
public:
    Result<void> metrics(std::vector<MetricPoint> added) override {
        points.insert(points.end(), added.begin(), added.end());
        return {};
    }
    Result<void> checkpoint(std::vector<std::byte> given, const TrainingState&, bool) override {
        bytes = std::move(given);
        return {};
    }
    std::vector<std::byte> bytes;
    std::vector<MetricPoint> points;
};

TEST_F(Gan, TheGeneratorsMeanReachesThatOfTheData) {
    auto device = makeCpuDevice();
    LastCheckpoint sink;
    auto j = job(*device, 400);
    j.sink = &sink;
    TrainingControl control;
    const auto wanted = meanOfRows(j.trainingRows);
    const auto result = runTraining(j, control);
    ASSERT_FALSE(result.error) << result.error->debugText();
    EXPECT_EQ(result.state.updates, (std::vector<std::int64_t>{result.state.step, result.state.step}));
    const auto made = meanMade(j.network, sink.bytes, *device);
    ASSERT_GT(std::abs(wanted[0]), 0.7);
    for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(made[i], wanted[i], 0.35) << "feature " << i;
    for (const auto& point : sink.points) EXPECT_TRUE(point.name == "loss" || point.name == "batch_loss") << point.name;
}

TEST_F(Gan, GoesOnToTheSameBitsAndForAnyNumberOfThreads) {
    const auto train = [&](std::int64_t epochs, int threads, const std::vector<std::byte>& from) {
        auto device = makeCpuDevice({threads, ""});
        LastCheckpoint sink;
        auto j = job(*device, epochs);
        j.sink = &sink;
        if (!from.empty()) j.resumeFrom = *checkpointFromBytes(from);
        TrainingControl control;
        EXPECT_FALSE(runTraining(j, control).error);
        return sink.bytes;
    };
    const auto numbers = [](const std::vector<std::byte>& bytes) {
        std::map<std::string, std::vector<float>> all;
        const auto checkpoint = *checkpointFromBytes(bytes);
        for (const auto& [name, tensor] : checkpoint.tensors) all[name] = tensor.numbers;
        return all;
    };
    const auto whole = numbers(train(4, 2, {}));
    EXPECT_EQ(numbers(train(4, 2, train(2, 2, {}))), whole);
    EXPECT_EQ(numbers(train(4, 1, {})), whole);
    EXPECT_EQ(numbers(train(4, 3, {})), whole);
}

}  // namespace
}  // namespace lamina
