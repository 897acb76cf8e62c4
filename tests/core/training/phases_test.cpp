// Plans of several phases and objectives, running averages, clipping, penalties: what they do to a training, and that it goes on from every checkpoint.
#include <gtest/gtest.h>

#include <cmath>

#include "core/tensor/bfloat16.h"
#include "core/training/forward_pass.h"
#include "core/training/session.h"
#include "core/training/training_loop.h"
#include "tests/support/blob_data.h"

namespace lamina {
namespace {

class Keeper : public TrainingSink {
public:
    Result<void> metrics(std::vector<MetricPoint> added) override {
        points.insert(points.end(), added.begin(), added.end());
        return {};
    }
    Result<void> checkpoint(std::vector<std::byte> bytes, const TrainingState& state, bool isBest) override {
        if (isBest) best = bytes;
        kept.emplace_back(state.step, std::move(bytes));
        return {};
    }
    const std::vector<std::byte>& last() const { return kept.back().second; }

    std::vector<MetricPoint> points;
    std::vector<std::pair<std::int64_t, std::vector<std::byte>>> kept;
    std::vector<std::byte> best;
};

class Phases : public ::testing::Test {
protected:
    TrainingJob job(Device& device, TrainingSink* sink) {
        if (!blobs) blobs = test::makeBlobs(300);
        TrainingJob job;
        job.network = test::networkFor(*blobs->data, "table");
        job.task = findTask("classification");
        job.data = blobs->data.get();
        job.trainingRows = blobs->rows(Part::Training);
        job.validationRows = blobs->rows(Part::Validation);
        job.device = &device;
        job.sink = sink;
        job.plan.epochs = 4;
        job.plan.batchSize = 32;
        job.plan.metricsEvery = 3;
        return job;
    }

    /// Trains with the plan that `change` makes; the checkpoint at the end.
    Checkpoint train(const std::function<void(TrainingJob&)>& change, Keeper* keeper = nullptr, int threads = 2) {
        auto device = makeCpuDevice({threads, ""});
        Keeper own;
        auto j = job(*device, keeper ? keeper : &own);
        change(j);
        TrainingSession session(std::move(j));
        const auto& result = session.wait();
        EXPECT_FALSE(result.error) << result.error->debugText();
        const auto& kept = (keeper ? *keeper : own).kept;
        if (kept.empty()) return {};
        return *checkpointFromBytes(kept.back().second);
    }

    std::string problem(const std::function<void(TrainingJob&)>& change) {
        auto device = makeCpuDevice();
        auto j = job(*device, nullptr);
        change(j);
        TrainingSession session(std::move(j));
        const auto& result = session.wait();
        return result.error ? result.error->code + " " + result.error->argument("layer") : "";
    }

    /// The same plan trained whole, by three threads, and from a checkpoint in the middle: the same numbers.
    void goesOn(const std::function<void(TrainingJob&)>& change) {
        Keeper whole, rest;
        const auto expected = train([&](TrainingJob& j) { change(j), j.plan.checkpointSeconds = 0; }, &whole);
        ASSERT_GT(whole.kept.size(), 10u);
        for (std::size_t at : {whole.kept.size() / 3, whole.kept.size() / 2, whole.kept.size() - 3}) {
            const auto resumed = train([&](TrainingJob& j) { change(j), j.resumeFrom = *checkpointFromBytes(whole.kept[at].second); }, &rest);
            sameNumbers(resumed, expected);
            EXPECT_EQ(resumed.state.schedules, expected.state.schedules);
            EXPECT_EQ(resumed.state.updates, expected.state.updates);
            EXPECT_EQ(resumed.state.best, expected.state.best);
        }
        for (int threads : {1, 3}) sameNumbers(train(change, nullptr, threads), expected);
    }

    static void sameNumbers(const Checkpoint& found, const Checkpoint& expected) {
        ASSERT_EQ(found.tensors.size(), expected.tensors.size());
        for (const auto& [name, tensor] : expected.tensors) EXPECT_EQ(found.tensors.at(name).numbers, tensor.numbers) << name;
    }

    static std::vector<PlanPhase> headThenAll(std::int64_t epochs) {
        std::vector<PlanPhase> phases(2);
        phases[0].name = "head";
        phases[0].trainable = "head";
        phases[0].until = epochs;
        phases[1].name = "all";
        phases[1].from = epochs;
        return phases;
    }

    static double lengthOf(const Checkpoint& checkpoint) {
        double sum = 0;
        for (const auto& [name, tensor] : checkpoint.tensors)
            if (tensor.role == ValueRole::Parameter && tensor.shape.size() > 1)
                for (float x : tensor.numbers) sum += static_cast<double>(x) * static_cast<double>(x);
        return std::sqrt(sum);
    }

    std::unique_ptr<test::BlobData> blobs;
};

TEST_F(Phases, TrainingInBfloat16GoesOnFromEveryCheckpointWithTheSameBits) {
    goesOn([](TrainingJob& j) { j.plan.precision = "bfloat16"; });
}

TEST_F(Phases, TrainingInBfloat16LearnsAboutAsMuchAndKeepsFloat32Weights) {
    const auto withPrecision = [this](const char* precision) {
        return train([&](TrainingJob& j) { j.plan.precision = precision, j.plan.epochs = 12; });
    };
    const auto exact = withPrecision("float32"), rounds = withPrecision("bfloat16");
    EXPECT_NEAR(rounds.state.best, exact.state.best, 0.05 * (1 + exact.state.best)) << "the best validation loss";
    int changed = 0, fine = 0, weights = 0;
    for (const auto& [name, tensor] : rounds.tensors) {
        if (tensor.role != ValueRole::Parameter || tensor.shape.size() < 2) continue;
        ++weights;
        changed += tensor.numbers != exact.tensors.at(name).numbers;
        fine += std::any_of(tensor.numbers.begin(), tensor.numbers.end(), [](float x) { return x != roundToBfloat16(x); });
    }
    EXPECT_EQ(changed, weights) << "it did not multiply in bfloat16";
    EXPECT_EQ(fine, weights) << "weights were rounded themselves";
}

TEST_F(Phases, TheHeadIsTrainedFirstThenEverything) {
    Keeper keeper;
    const auto end = train([](TrainingJob& j) { j.plan.phases = headThenAll(2), j.plan.checkpointSeconds = 0; }, &keeper);
    const auto first = *checkpointFromBytes(keeper.kept.front().second), middle = *checkpointFromBytes(keeper.kept[keeper.kept.size() / 2 - 1].second);
    std::string head;
    for (const auto& [name, tensor] : end.tensors)
        if (tensor.shape == Shape{3} && tensor.role == ValueRole::Parameter && name.find('#') == std::string::npos) head = name.substr(0, name.find('/'));
    ASSERT_FALSE(head.empty());
    int body = 0;
    for (const auto& [name, tensor] : end.tensors) {
        if (tensor.role != ValueRole::Parameter) continue;
        const bool ofHead = name.starts_with(head + "/");
        body += !ofHead;
        EXPECT_EQ(middle.tensors.at(name).numbers != first.tensors.at(name).numbers, ofHead) << name;
        EXPECT_NE(tensor.numbers, middle.tensors.at(name).numbers) << name;
    }
    EXPECT_GT(body, 0);
    EXPECT_EQ(end.state.updates[0] + end.state.updates[1], end.state.step);
    EXPECT_EQ(end.state.updates[0], end.state.updates[1]);
}

TEST_F(Phases, GoOnFromEveryCheckpointToTheSameBits) {
    goesOn([](TrainingJob& j) {
        j.plan.phases = headThenAll(2);
        j.plan.phases[1].optimizer = "rmsprop";
        j.plan.ema = 0.9;
    });
}

TEST_F(Phases, ASchedulesStateIsPartOfTheCheckpoint) {
    goesOn([](TrainingJob& j) {
        j.plan.epochs = 8;
        j.plan.phases[0].schedule = "on_plateau";
        j.plan.phases[0].scheduleSettings = {{"patience", 0}, {"threshold", 0.9}};
        j.plan.phases[0].optimizer = "nadam";
        j.plan.clipNorm = 0.5;
        j.plan.l2 = 1e-4;
    });
}

TEST_F(Phases, OnPlateauLowersTheLearningRate) {
    const auto end = train([](TrainingJob& j) {
        j.plan.phases[0].schedule = "on_plateau";
        j.plan.phases[0].scheduleSettings = {{"patience", 0}, {"threshold", 1}, {"drop", 0.5}};
    });
    EXPECT_DOUBLE_EQ(end.state.schedules.at(0).factor, 0.125);  // every epoch but the first of four counts as no better
}

TEST_F(Phases, TakingTurnsEveryHasItsOwnNumberOfUpdates) {
    const auto end = train([](TrainingJob& j) {
        j.plan.phases.resize(2);
        j.plan.phases[1].name = "all";
        j.plan.phases[0].trainable = "head";
        j.plan.phases[0].every = 3;
    });
    EXPECT_EQ(end.state.updates[1], end.state.step);
    EXPECT_EQ(end.state.updates[0], (end.state.step + 2) / 3);
}

TEST_F(Phases, PlansThatCannotBeAreRefusedInWords) {
    EXPECT_EQ(problem([](TrainingJob& j) { j.plan.phases = headThenAll(2), j.plan.phases[1].from = 3; }), "plan.idle_epoch ");
    EXPECT_EQ(problem([](TrainingJob& j) { j.plan.phases.resize(2); }), "plan.same_phase_twice ");
    EXPECT_EQ(problem([](TrainingJob& j) { j.plan.phases[0].trainable = "nobody*"; }), "plan.nothing_trainable ");
    EXPECT_EQ(problem([](TrainingJob& j) { j.plan.phases[0].objectives.clear(); }), "plan.no_objective ");
    EXPECT_EQ(problem([](TrainingJob& j) { j.plan.phases[0].objectives.resize(2); }), "plan.same_loss_twice ");
    EXPECT_EQ(problem([](TrainingJob& j) { j.plan.phases[0].objectives[0].output = "attic"; }), "plan.unknown_node ");
    EXPECT_EQ(problem([](TrainingJob& j) { j.plan.phases[0].objectives[0].loss = "binary_cross_entropy"; }), "loss.needs_sigmoid softmax_1");
    EXPECT_EQ(problem([](TrainingJob& j) { j.plan.phases[0].objectives[0].settings = {{"class_weights", "by_hand"}, {"weights", "1, 2"}}; }),
              "loss.class_weights softmax_1");
    EXPECT_EQ(problem([](TrainingJob& j) { j.plan.ema = 2; }), "plan.out_of_range ");
}

TEST_F(Phases, SeveralLossesOnOneOutputAreAddedWithTheirWeights) {
    const auto firstLoss = [&](const std::vector<PlanObjective>& objectives) {
        Keeper keeper;
        train([&](TrainingJob& j) { j.plan.phases[0].objectives = objectives, j.plan.metricsEvery = 1; }, &keeper);
        for (const auto& point : keeper.points)
            if (point.name == "batch_loss") return point.value;
        return std::nan("");
    };
    PlanObjective entropy, dice;
    entropy.loss = "cross_entropy";
    dice.loss = "dice";
    dice.weight = 0.25;
    const double both = firstLoss({entropy, dice}), first = firstLoss({entropy}), second = firstLoss({dice});
    EXPECT_NEAR(both, first + second, 1e-5);
    EXPECT_GT(second, 0.01);
}

/// Two branches from the input, each with its own dense layer and softmax; the first is what the model gives.
TEST_F(Phases, OutputsHaveTheirOwnLossesAndTheFirstIsTheModels) {
    const auto end = train([](TrainingJob& j) {
        Network network;
        const auto input = network.append("input", {{"shape", j.data->inputShape()}});
        for (int branch = 0; branch < 2; ++branch)
            network.append("softmax", nlohmann::json::object(), network.append("dense", {{"units", 3}}, input));
        j.network = network;
        j.plan.epochs = 20;
        j.plan.phases[0].objectives.resize(2);
        j.plan.phases[0].objectives[0].output = "softmax_1";
        j.plan.phases[0].objectives[1].output = "softmax_2";
        j.plan.phases[0].objectives[1].weight = 0.3;
    });
    EXPECT_TRUE(end.tensors.count("dense_1/weight") && end.tensors.count("dense_2/weight#adam_m"));
    EXPECT_EQ(problem([](TrainingJob& j) {
                  j.network.append("softmax", nlohmann::json::object(), j.network.nodes[j.network.nodes.size() - 2].id);
              }),
              "network.several_outputs ");
}

TEST_F(Phases, AveragedWeightsAreWhatValidationAndTheBestModelUse) {
    Keeper keeper;
    const auto plan = [](TrainingJob& j) {
        j.plan.ema = 0.98;
        j.plan.epochs = 3;
        j.plan.phases[0].optimizerSettings = {{"learning_rate", 0.05}};
    };
    const auto end = train(plan, &keeper);
    auto device = makeCpuDevice();
    ParameterStore used(*device), trained(*device);
    ASSERT_TRUE(restoreForUse(end, used).ok());
    ASSERT_TRUE(restoreParameters(end, trained).ok());
    EXPECT_NE(used.readFloats("dense_1/weight"), trained.readFloats("dense_1/weight"));
    EXPECT_EQ(used.readFloats("dense_1/weight"), trained.readFloats("dense_1/weight#ema"));
    for (const auto& [name, entry] : used.entries()) EXPECT_EQ(name.find('#'), std::string::npos) << name;

    const auto j = job(*device, nullptr);
    const TrainingObjective objective{findLoss("cross_entropy"), findLoss("cross_entropy")->defaults};
    const auto lossOf = [&](ParameterStore& store) {
        ForwardPass pass(j.network, store, &objective);
        return *pass.run(*j.data, j.validationRows, 256, [](const Batch&, std::span<const float>) {}) / static_cast<double>(j.validationRows.size());
    };
    double told = 0;
    for (const auto& point : keeper.points)
        if (point.split == "validation" && point.name == "loss") told = point.value;
    EXPECT_NEAR(lossOf(used), told, 1e-12);
    EXPECT_NE(lossOf(trained), told);
}

TEST_F(Phases, PenaltiesPullWeightsTowardsNothingButNotBiases) {
    const auto length = [&](double l1, double l2) {
        return lengthOf(train([&](TrainingJob& j) {
            j.plan.epochs = 20;
            j.plan.phases[0].optimizer = "sgd";
            j.plan.l1 = l1;
            j.plan.l2 = l2;
        }));
    };
    const double plain = length(0, 0);
    EXPECT_LT(length(0, 0.01), 0.8 * plain);
    EXPECT_LT(length(0.002, 0), 0.8 * plain);
}

/// One step of bare SGD with learning rate 1 moves the parameters by the gradient: its length is what was asked for.
TEST_F(Phases, GradientsAreCutToTheGivenLength) {
    const auto moved = [&](double clipNorm, double clipValue) {
        Keeper keeper;
        train(
            [&](TrainingJob& j) {
                j.plan.checkpointSeconds = 0;
                j.plan.epochs = 1;
                j.plan.phases[0].optimizer = "sgd";
                j.plan.phases[0].schedule = "constant";
                j.plan.phases[0].optimizerSettings = {{"learning_rate", 1}, {"momentum", 0}};
                j.plan.clipNorm = clipNorm;
                j.plan.clipValue = clipValue;
            },
            &keeper);
        const auto before = *checkpointFromBytes(keeper.kept[0].second), after = *checkpointFromBytes(keeper.kept[1].second);
        EXPECT_EQ(after.state.step, before.state.step + 1);
        double sum = 0, largest = 0;
        for (const auto& [name, tensor] : before.tensors)
            for (std::size_t i = 0; tensor.role == ValueRole::Parameter && i < tensor.numbers.size(); ++i) {
                const double d = static_cast<double>(tensor.numbers[i]) - static_cast<double>(after.tensors.at(name).numbers[i]);
                sum += d * d;
                largest = std::max(largest, std::abs(d));
            }
        return std::pair(std::sqrt(sum), largest);
    };
    EXPECT_GT(moved(0, 0).first, 0.02);
    EXPECT_NEAR(moved(0.01, 0).first, 0.01, 1e-5);
    EXPECT_NEAR(moved(0, 0.001).second, 0.001, 1e-6);
    EXPECT_NEAR(moved(1e9, 0).first, moved(0, 0).first, 1e-5);
}

TEST_F(Phases, BalancedClassWeightsAreFilledIntoThePlanOnce) {
    auto device = makeCpuDevice();
    auto j = job(*device, nullptr);
    j.plan.phases[0].objectives[0].settings = {{"class_weights", "balanced"}};
    TrainingControl control;
    ASSERT_FALSE(runTraining(j, control).error);
    const std::string weights = j.plan.phases[0].objectives[0].settings["weights"];
    EXPECT_EQ(std::count(weights.begin(), weights.end(), ','), 2) << weights;
}

TEST_F(Phases, ExplodingNumbersAreToldWithTheirLayer) {
    EXPECT_EQ(problem([](TrainingJob& j) {
                  j.plan.phases[0].optimizer = "sgd";
                  j.plan.phases[0].schedule = "constant";
                  j.plan.phases[0].optimizerSettings = {{"learning_rate", 1e6}, {"momentum", 0.9}};
                  j.plan.epochs = 100;
              }).substr(0, 19),
              "training.not_finite");
}

}  // namespace
}  // namespace lamina
