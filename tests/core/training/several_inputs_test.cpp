// Networks with several inputs and outputs: columns divided between the inputs, each output with a column of its own.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/data/augmentations/augmenter.h"
#include "core/engine/device.h"
#include "core/training/resolved_phase.h"
#include "core/training/session.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

class DividedKeeper : public TrainingSink {
public:
    Result<void> metrics(std::vector<MetricPoint> added) override {
        points.insert(points.end(), added.begin(), added.end());
        return {};
    }
    Result<void> checkpoint(std::vector<std::byte> bytes, const TrainingState&, bool) override {
        kept.push_back(std::move(bytes));
        return {};
    }
    std::vector<MetricPoint> points;
    std::vector<std::vector<std::byte>> kept;
};

class SeveralInputs : public ::testing::Test {
protected:
    static constexpr std::int64_t rows = 90;

    SeveralInputs() {
        std::vector<double> a, b, c, price;
        std::vector<std::int32_t> kind;
        for (std::int64_t i = 0; i < rows; ++i) {
            const auto x = static_cast<double>(i);
            a.push_back(std::sin(x));
            b.push_back(std::cos(2 * x) * 3);
            c.push_back(std::sin(5 * x + 1));
            kind.push_back(a.back() + c.back() > 0 ? 1 : 0);
            price.push_back(2 * b.back() - a.back());
        }
        made.number("a", a).number("b", b).number("c", c).category("kind", {"low", "high"}, kind).number("price", price);
        split.parts.resize(rows);
        for (std::size_t i = 0; i < rows; ++i) split.parts[i] = static_cast<std::uint8_t>(i % 5 == 0 ? Part::Validation : Part::Training);
    }

    static std::string codeOf(const Result<Preparation>& made) { return made.ok() ? "" : made.error().code; }

    Result<Preparation> prepare(std::vector<InputWish> inputs, std::vector<TargetWish> more = {}) {
        PreparationSettings settings;
        settings.target = "kind";
        settings.inputs = std::move(inputs);
        settings.moreTargets = std::move(more);
        return fitPreparation(made.open(), split, settings);
    }

    /// One input for each width, joined, a hidden layer, an answer for kind and one for price.
    static Network network(const std::vector<std::int64_t>& widths) {
        Network n;
        std::vector<std::string> inputs;
        for (const auto width : widths) inputs.push_back(n.append("input", {{"shape", {width}}}));
        std::string joined = inputs[0];
        if (inputs.size() > 1) {
            joined = n.append("concat", nlohmann::json::object(), inputs[0]);
            n.edges.push_back({inputs[1], joined, 1});
        }
        const auto hidden = n.append("relu", nlohmann::json::object(), n.append("dense", {{"units", 8}}, joined));
        n.append("softmax", nlohmann::json::object(), n.append("dense", {{"units", 2}}, hidden));
        n.append("dense", {{"units", 1}}, hidden);
        return n;
    }

    struct Trained {
        Checkpoint end;
        std::vector<std::vector<std::byte>> kept;
        std::vector<MetricPoint> points;
    };

    /// How a training is run that must not change its numbers.
    struct Way {
        int threads = 2, prefetch = 2;
        const std::vector<std::byte>* from = nullptr;
        std::vector<AugmentationStep> augmentation = {};
    };

    Trained train(const Network& network, const Preparation& preparation, int threads = 2, const std::vector<std::byte>* from = nullptr) {
        return train(network, preparation, Way{threads, 2, from});
    }

    Trained train(const Network& network, const Preparation& preparation, const Way& way) {
        const auto device = makeCpuDevice({way.threads, ""});
        const auto data = PreparedData::create(made.open(), preparation, split);
        DividedKeeper keeper;
        TrainingJob job;
        job.network = network;
        job.task = findTask("classification");
        job.data = &*data;
        job.trainingRows.assign(data->rows(Part::Training).begin(), data->rows(Part::Training).end());
        job.validationRows.assign(data->rows(Part::Validation).begin(), data->rows(Part::Validation).end());
        job.device = device.get();
        job.sink = &keeper;
        job.plan.epochs = 3;
        job.plan.batchSize = 16;
        job.plan.checkpointSeconds = 0;
        PlanObjective kind, price;
        kind.output = "softmax_1";
        price.output = "dense_3";
        price.target = "price";
        job.plan.phases[0].objectives = {kind, price};
        job.plan.prefetch = way.prefetch;
        job.plan.augmentation = way.augmentation;
        if (way.from) job.resumeFrom = *checkpointFromBytes(*way.from);
        TrainingSession session(std::move(job));
        const auto& result = session.wait();
        EXPECT_FALSE(result.error) << result.error->debugText();
        if (keeper.kept.empty()) return {};
        return {*checkpointFromBytes(keeper.kept.back()), keeper.kept, keeper.points};
    }

    static void expectSame(const Checkpoint& a, const Checkpoint& b) {
        EXPECT_EQ(a.state.outputs, b.state.outputs);
        ASSERT_EQ(a.tensors.size(), b.tensors.size());
        for (const auto& [name, tensor] : a.tensors) EXPECT_EQ(tensor.numbers, b.tensors.at(name).numbers) << name;
    }

    MadeTable made;
    Split split;
};

TEST_F(SeveralInputs, TakeTheColumnsTheyNameAndOneTakesTheRest) {
    const auto both = prepare({{"left", {"c", "a"}, {2}}, {"right", {}, {1}}}, {{"price", ""}});
    ASSERT_TRUE(both.ok()) << both.error().debugText();
    ASSERT_EQ(both->inputs.size(), 2u);
    EXPECT_EQ(both->features[0].name, "c");
    EXPECT_EQ(both->features[2].name, "b");
    EXPECT_EQ(both->inputs[1].offset, 2);
    EXPECT_EQ(both->inputs[1].shape, Shape{1});
    EXPECT_FALSE(both->moreTargets.at(0).classes);
    const auto again = preparationFromJson(toJson(*both));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(toJson(*again), toJson(*both));
    EXPECT_EQ(again->inputs[1].layer, "right");
    EXPECT_EQ(both->asking(1).target.name, "price");
    EXPECT_EQ(both->asking(1).moreTargets.at(0).name, "kind");
}

TEST_F(SeveralInputs, WhatIsWrongWithThemIsSaid) {
    EXPECT_EQ(codeOf(prepare({{"l", {"a"}, {1}}, {"r", {"a", "b"}, {2}}})), "inputs.column_twice");
    EXPECT_EQ(codeOf(prepare({{"l", {"kind"}, {1}}, {"r", {}, {2}}})), "inputs.column_is_target");
    EXPECT_EQ(codeOf(prepare({{"l", {"no"}, {1}}, {"r", {}, {2}}})), "inputs.unknown_column");
    EXPECT_EQ(codeOf(prepare({{"l", {}, {1}}, {"r", {}, {2}}})), "inputs.not_divided");
    EXPECT_EQ(codeOf(prepare({{"l", {"a", "b", "c", "price"}, {4}}, {"r", {}, {2}}})), "inputs.without_columns");
    const auto some = prepare({{"l", {"a"}, {1}}, {"r", {"b"}, {1}}});
    ASSERT_TRUE(some.ok());
    ASSERT_EQ(some->issues.size(), 1u);
    EXPECT_EQ(some->issues[0].what.code, "inputs.columns_unused");
    EXPECT_EQ(some->issues[0].what.argument("columns"), "c, price");
}

TEST_F(SeveralInputs, TrainToTheNumbersOfOneInputThatReadsTheSame) {
    const auto divided = prepare({{"input_1", {"a", "b"}, {2}}, {"input_2", {"c"}, {1}}}, {{"price", ""}});
    const auto whole = prepare({}, {{"price", ""}});
    ASSERT_TRUE(divided.ok() && whole.ok());
    const auto one = train(network({3}), *whole), two = train(network({2, 1}), *divided);
    expectSame(one.end, two.end);
    expectSame(train(network({2, 1}), *divided, 3).end, two.end);
}

TEST_F(SeveralInputs, GoOnFromAnyCheckpointToTheSameNumbers) {
    const auto divided = prepare({{"input_1", {"a", "b"}, {2}}, {"input_2", {"c"}, {1}}}, {{"price", ""}});
    const auto whole = train(network({2, 1}), *divided);
    ASSERT_GT(whole.kept.size(), 6u);
    for (const std::size_t at : {std::size_t{1}, whole.kept.size() / 2, whole.kept.size() - 3})
        expectSame(train(network({2, 1}), *divided, 1, &whole.kept[at]).end, whole.end);
}

TEST_F(SeveralInputs, AugmentedPicturesBesideNumbersTrainToTheSameBitsForAnyPrefetchThreadsAndInterruption) {
    std::vector<std::uint8_t> pixels;
    for (std::int64_t i = 0; i < rows * 36; ++i) pixels.push_back(static_cast<std::uint8_t>((i * 31 + i * i % 97 * 5) % 256));
    made.tensor("photo", {1, 6, 6}, pixels);
    const auto divided = prepare({{"input_1", {"photo"}, {1, 6, 6}}, {"input_2", {"b", "a"}, {2}}}, {{"price", ""}});
    ASSERT_TRUE(divided.ok()) << divided.error().debugText();
    Network network;
    const auto photo = network.append("input", {{"shape", {1, 6, 6}}}), numbers = network.append("input", {{"shape", {2}}});
    const auto seen = network.append("flatten", nlohmann::json::object(), network.append("conv2d", {{"filters", 3}}, photo));
    const auto joined = network.append("concat", nlohmann::json::object(), seen);
    network.edges.push_back({numbers, joined, 1});
    const auto hidden = network.append("relu", nlohmann::json::object(), network.append("dense", {{"units", 8}}, network.append("dropout", nlohmann::json::object(), joined)));
    network.append("softmax", nlohmann::json::object(), network.append("dense", {{"units", 2}}, hidden));
    network.append("dense", {{"units", 1}}, hidden);
    // As networks name their layers: the answer for price is the last dense one.
    const auto steps = augmentationsFromText("flip,rotate=20,brightness,table_noise");
    ASSERT_TRUE(steps.ok()) << steps.error().debugText();
    const auto whole = train(network, *divided, {1, 0, nullptr, *steps});
    ASSERT_GT(whole.kept.size(), 8u);
    const auto plain = train(network, *divided, {1, 0, nullptr, {}});
    EXPECT_NE(plain.end.tensors.begin()->second.numbers, whole.end.tensors.begin()->second.numbers) << "they are changed";
    for (const int prefetch : {1, 2, 8})
        for (const int threads : {1, 2, 3}) {
            SCOPED_TRACE(std::to_string(prefetch) + " ahead, " + std::to_string(threads) + " threads");
            expectSame(train(network, *divided, {threads, prefetch, nullptr, *steps}).end, whole.end);
        }
    for (const std::size_t at : {std::size_t{0}, std::size_t{2}, std::size_t{6}}) {
        SCOPED_TRACE("interrupted after step " + std::to_string(at + 1));
        expectSame(train(network, *divided, {3, static_cast<int>(at), &whole.kept[at], *steps}).end, whole.end);
    }
}

TEST_F(SeveralInputs, EachOutputIsToldOfByItself) {
    const auto divided = prepare({{"input_1", {"a", "b"}, {2}}, {"input_2", {"c"}, {1}}}, {{"price", ""}});
    const auto trained = train(network({2, 1}), *divided);
    std::map<std::string, double> last;
    for (const auto& point : trained.points)
        if (point.split == "validation") last[point.name] = point.value;
    EXPECT_NEAR(last.at("loss"), last.at("loss@softmax_1") + last.at("loss@dense_3"), 1e-6);
    EXPECT_TRUE(last.count("accuracy@softmax_1"));
    EXPECT_TRUE(last.count("rmse@dense_3"));
    EXPECT_FALSE(last.count("accuracy@dense_3"));
}

TEST_F(SeveralInputs, RowsWithoutAFurtherTargetAreLeftOutAndCounted) {
    MadeTable gaps;
    std::vector<double> x, price;
    std::vector<std::int32_t> kind;
    for (int i = 0; i < rows; ++i) {
        x.push_back(std::sin(i));
        price.push_back(i % 9 == 1 ? std::nan("") : 2.0 * i);
        kind.push_back(i % 2);
    }
    const Table table = gaps.number("x", x).category("kind", {"low", "high"}, kind).number("price", price).open();
    PreparationSettings settings;
    settings.target = "kind";
    settings.moreTargets = {{"price", ""}};
    const auto made = fitPreparation(table, split, settings);
    ASSERT_TRUE(made.ok());
    ASSERT_EQ(made->issues.size(), 1u);
    EXPECT_EQ(made->issues[0].what.code, "preparation.more_targets_missing");
    EXPECT_EQ(made->issues[0].what.argument("row"), "2");
    EXPECT_EQ(made->issues[0].count, 8) << "in the training rows";
    const auto data = PreparedData::create(table, *made, split);
    EXPECT_EQ(data->rows(Part::Training).size(), 64u);
    EXPECT_EQ(data->rows(Part::Unused).size(), 10u);
}

TEST_F(SeveralInputs, AnOutputCanGiveAgainWhatCameInAtOneOfThem) {
    const auto divided = prepare({{"input_1", {"a", "b"}, {2}}, {"input_2", {"c"}, {1}}}, {});
    Network n = network({2, 1});
    const auto data = PreparedData::create(made.open(), *divided, split);
    const auto device = makeCpuDevice({1, ""});
    const auto codeWith = [&](const std::string& target) {
        TrainingJob job;
        job.network = n;
        job.task = findTask("classification");
        job.data = &*data;
        job.trainingRows.assign(data->rows(Part::Training).begin(), data->rows(Part::Training).end());
        job.device = device.get();
        job.plan.epochs = 1;
        PlanObjective kind, again;
        kind.output = "softmax_1";
        again.output = "dense_3";
        again.target = target;
        again.loss = "mse";
        job.plan.phases[0].objectives = {kind, again};
        TrainingSession session(std::move(job));
        return session.wait().error ? session.wait().error->code : std::string();
    };
    EXPECT_EQ(codeWith("input:input_2"), "");
    EXPECT_EQ(codeWith("input:input_1"), "plan.reconstruction_shape");
    EXPECT_EQ(codeWith("input"), "plan.which_input");
    EXPECT_EQ(codeWith("input:nobody"), "plan.which_input");
}

TEST_F(SeveralInputs, WithTwoOutputsTrainsToPyTorchsNumbers) {
    const auto divided = prepare({{"input_1", {"a", "b"}, {2}}, {"input_2", {"c"}, {1}}}, {{"price", ""}});
    const auto data = PreparedData::create(made.open(), *divided, split);
    auto begin = std::make_shared<Checkpoint>();
    const std::map<std::string, Shape> shapes{{"dense_1/weight", {3, 8}}, {"dense_1/bias", {8}}, {"dense_2/weight", {8, 2}},
                                              {"dense_2/bias", {2}},      {"dense_3/weight", {8, 1}}, {"dense_3/bias", {1}}};
    for (const auto& [name, shape] : shapes) {
        StoredTensor& tensor = begin->tensors[name];
        tensor.shape = shape;
        double seed = 0;
        for (const char letter : name) seed += letter;
        for (std::int64_t i = 0; i < elementCount(shape); ++i) tensor.numbers.push_back(static_cast<float>(std::sin(seed + 3.7 * static_cast<double>(i)) * 0.5));
    }
    const auto device = makeCpuDevice({2, ""});
    DividedKeeper keeper;
    TrainingJob job;
    job.network = network({2, 1});
    job.task = findTask("classification");
    job.data = &*data;
    job.trainingRows.assign(data->rows(Part::Training).begin(), data->rows(Part::Training).end());
    job.device = device.get();
    job.sink = &keeper;
    job.startFrom = begin;
    job.plan.epochs = 3;
    job.plan.batchSize = 72;
    auto& phase = job.plan.phases[0];
    phase.optimizer = "sgd";
    phase.optimizerSettings = {{"learning_rate", 0.1}, {"momentum", 0.9}};
    phase.schedule = "constant";
    PlanObjective kind, price;
    kind.output = "softmax_1";
    price.output = "dense_3";
    price.target = "price";
    price.weight = 0.5;
    phase.objectives = {kind, price};
    TrainingSession session(std::move(job));
    ASSERT_FALSE(session.wait().error) << session.wait().error->debugText();
    const auto end = checkpointFromBytes(keeper.kept.back());
    ASSERT_TRUE(end.ok());

    std::ifstream numbers(std::string(LAMINA_SOURCE_DIR) + "/tests/core/training/two_outputs_torch.txt");
    std::string line;
    std::size_t compared = 0, steps = 0;
    std::vector<double> kindLoss, priceLoss;
    for (const auto& point : keeper.points) {
        if (point.split == "training" && point.name == "loss@softmax_1") kindLoss.push_back(point.value);
        if (point.split == "training" && point.name == "loss@dense_3") priceLoss.push_back(point.value);
    }
    while (std::getline(numbers, line)) {
        std::istringstream words(line);
        std::string name;
        words >> name;
        name.pop_back();
        if (name == "losses") {
            double first = 0, second = 0;
            words >> first >> second;
            ASSERT_LT(steps, kindLoss.size());
            EXPECT_NEAR(kindLoss[steps], first, 1e-5);
            EXPECT_NEAR(priceLoss[steps++], second, 1e-5);
            continue;
        }
        for (const float found : end->tensors.at(name).numbers) {
            double wanted = 0;
            words >> wanted;
            EXPECT_NEAR(found, wanted, 2e-6) << name;
            ++compared;
        }
    }
    EXPECT_EQ(compared, 24u + 8 + 16 + 2 + 8 + 1);
}

}  // namespace
}  // namespace lamina
