// How a training can be told what to do on the command line: losses, optimizers, schedules, phases, and the learning-rate finder.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/app/cli/program.h"

namespace lamina {
namespace {

class TrainingProgram : public testing::Test {
protected:
    void SetUp() override {
        writeTrees(m_folder / "trees.csv", 240);
        ASSERT_EQ(run({"new", "p"}).exitCode, 0);
        ASSERT_EQ(run({"import", "p", "trees.csv"}).exitCode, 0);
        ASSERT_EQ(run({"split", "p"}).exitCode, 0);
        ASSERT_EQ(run({"build", "p", "--template", "mlp"}).exitCode, 0);
    }
    Outcome run(std::vector<std::string> arguments) const {
        arguments.push_back("--json");
        return lamina(m_folder, arguments);
    }
    std::string train(std::vector<std::string> options) const {
        options.insert(options.begin(), {"train", "p", "--epochs", "3", "--quiet"});
        const auto outcome = run(options);
        return outcome.exitCode == 0 ? "" : outcome.errorCode();
    }
    TemporaryFolder m_folder;
};

TEST_F(TrainingProgram, EverythingThatSteersATrainingCanBeSaid) {
    EXPECT_EQ(train({"--optimizer", "lion", "--learning-rate", "0.001", "--schedule", "one_cycle", "--schedule-set", "rise=0.4", "--loss", "cross_entropy",
                     "--loss-set", "class_weights=balanced", "--loss-set", "label_smoothing=0.1", "--l2", "0.0001", "--clip-norm", "1", "--ema", "0.9",
                     "--head-epochs", "1"}),
              "");
    const auto evaluated = run({"evaluate", "p"});
    EXPECT_EQ(evaluated.exitCode, 0) << evaluated.out;
    const auto exported = run({"export", "p", "--file", "trees.onnx"});
    EXPECT_EQ(exported.exitCode, 0) << exported.out;
}

TEST_F(TrainingProgram, ThePrecisionIsTheRunsAndExplainShowsWhatItDoes) {
    std::ofstream(m_folder / "network.json") << R"({"format": "lamina-network", "version": 1, "name": "deep", "nodes": [
  {"id": "a", "name": "input_1", "type": "input", "settings": {"shape": [4]}},
  {"id": "b", "name": "first", "type": "dense", "settings": {"units": 64}},
  {"id": "c", "name": "second", "type": "dense", "settings": {"units": 64}},
  {"id": "d", "name": "out", "type": "dense", "settings": {"units": 3}},
  {"id": "e", "name": "softmax_1", "type": "softmax"}],
  "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}, {"from": "c", "to": "d"}, {"from": "d", "to": "e"}]})";
    ASSERT_EQ(run({"build", "p", "--from", "network.json"}).exitCode, 0);
    EXPECT_EQ(train({"--precision", "bfloat16"}), "");
    EXPECT_EQ(run({"runs", "p"}).json()["runs"][0]["settings"]["precision"], "bfloat16");
    const auto rounding = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"explain", "p"});
        int found = 0;
        const auto explained = run(words).json();
        for (const auto& step : explained["steps"]) found += step["implementation"].get<std::string>().find("bfloat16") != std::string::npos;
        return found;
    };
    EXPECT_EQ(rounding({}), 0);
    EXPECT_EQ(rounding({"--precision", "bfloat16"}), 3) << "forward and both gradients, from 64 units to 64";
    EXPECT_EQ(rounding({"--precision", "bfloat16", "--inference"}), 0) << "what is used and exported is float32";
    EXPECT_EQ(run({"export", "p", "--file", "trees.onnx"}).exitCode, 0);
    EXPECT_EQ(run({"train", "p", "--precision", "float16"}).exitCode, 2);
}

TEST_F(TrainingProgram, PhasesComeFromAFile) {
    std::ofstream(m_folder / "phases.json") << R"([{"name": "first", "trainable": "head", "until": 1}, {"name": "then", "from": 1, "optimizer": "nadam"}])";
    EXPECT_EQ(train({"--phases", "phases.json"}), "");
    std::ofstream(m_folder / "idle.json") << R"([{"name": "first", "until": 1}])";
    EXPECT_EQ(train({"--phases", "idle.json"}), "plan.idle_epoch");
    std::ofstream(m_folder / "broken.json") << "[{";
    EXPECT_EQ(train({"--phases", "broken.json"}), "cli.phases_form");
    std::ofstream(m_folder / "odd.json") << R"([{"name": "first", "optimiser": "nadam"}])";
    EXPECT_EQ(train({"--phases", "odd.json"}), "cli.phases_entry");
    std::ofstream(m_folder / "odd_objective.json") << R"([{"objectives": [{"los": "focal"}]}])";
    EXPECT_EQ(train({"--phases", "odd_objective.json"}), "cli.phases_entry");
}

TEST_F(TrainingProgram, WhatCannotBeIsToldBeforeARunIsMade) {
    EXPECT_EQ(train({"--optimizer", "adamax"}), "plan.unknown_optimizer");
    EXPECT_EQ(train({"--loss", "hinge"}), "plan.unknown_loss");
    EXPECT_EQ(train({"--loss-set", "delta=2"}), "cli.loss_set_without_loss");
    EXPECT_EQ(train({"--loss", "focal", "--loss-set", "delta=2"}), "property.unknown");
    EXPECT_EQ(train({"--loss", "mse"}), "plan.loss_does_not_fit");
    EXPECT_EQ(train({"--loss", "cross_entropy", "--loss-set", "class_weights=by_hand", "--loss-set", "weights=1,2"}), "loss.class_weights");
    EXPECT_EQ(train({"--schedule-set", "rise=2"}), "property.unknown");
    EXPECT_EQ(train({"--ema", "1.5"}), "plan.out_of_range");
    EXPECT_TRUE(run({"runs", "p"}).json()["runs"].empty());
}

TEST_F(TrainingProgram, TheLearningRateFinderSuggestsAndChangesNothing) {
    const auto found = run({"find-learning-rate", "p", "--optimizer", "sgd"});
    ASSERT_EQ(found.exitCode, 0) << found.out << found.err;
    EXPECT_GT(found.json()["suggestion"].get<double>(), 1e-6);
    EXPECT_LT(found.json()["suggestion"].get<double>(), 10);
    EXPECT_EQ(found.json()["optimizer"], "sgd");
    EXPECT_GT(found.json()["points"].size(), 20u);
    EXPECT_TRUE(run({"runs", "p"}).json()["runs"].empty());
    EXPECT_EQ(run({"find-learning-rate", "p", "--lowest", "2", "--highest", "1"}).errorCode(), "plan.out_of_range");
    for (const char* noNumber : {"inf", "nan", "1e999"}) EXPECT_EQ(run({"train", "p", "--learning-rate", noNumber}).exitCode, 2) << noNumber;
}

TEST_F(TrainingProgram, ExplainShowsWhatThePlanAsksFor) {
    const auto count = [&](const std::vector<std::string>& options, const std::string& operation) {
        std::vector<std::string> words{"explain", "p"};
        words.insert(words.end(), options.begin(), options.end());
        int found = 0;
        const auto explained = run(words).json();
        for (const auto& step : explained["steps"]) found += step["operation"].get<std::string>().find(operation) != std::string::npos;
        return found;
    };
    const int plain = count({}, "binary");
    EXPECT_GT(count({"--clip-norm", "1"}, "binary"), plain);
    EXPECT_EQ(count({"--optimizer", "rmsprop", "--clip-norm", "1", "--ema", "0.99"}, "optimizer_update"), 2) << "one pass each over all parameters";
}

}  // namespace
}  // namespace lamina
