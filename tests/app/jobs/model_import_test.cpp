// Models made elsewhere: looked at, taken in with their numbers, trained further, used as they are, and written out again.
#include "app/jobs/model_import.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/export_jobs.h"
#include "app/jobs/initial_parameters.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/trained_model.h"
#include "app/jobs/training_run.h"
#include "tests/core/onnx/wire_format.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

/// x[2] → Gemm with w[2,3], b[3] → y: scores of three classes.
const std::vector<float> scoreWeights{1, -2, 0.5f, 0.25f, 1, -1}, scoreBias{0.5f, 0, -0.25f};

std::string initializer(const std::string& name, const Shape& shape, const std::vector<float>& numbers) {
    return wire::bytes(5, wire::tensor(name, shape, wire::floats(numbers)));
}
std::string scoresModel() {
    using namespace wire;
    return model(node("Gemm", {"x", "w", "b"}, "y") + initializer("w", {2, 3}, scoreWeights) + initializer("b", {3}, scoreBias) + value(11, "x", {2}) +
                 value(12, "y", {3}));
}
/// Two products with a rounding between them: no gradient comes back through it.
std::string roundedModel() {
    using namespace wire;
    return model(node("Gemm", {"x", "v", "c"}, "h") + node("Round", {"h"}, "r") + node("Gemm", {"r", "w", "b"}, "y") +
                 initializer("v", {2, 2}, {1, 2, 3, 4}) + initializer("c", {2}, {0, 0}) + initializer("w", {2, 3}, scoreWeights) +
                 initializer("b", {3}, scoreBias) + value(11, "x", {2}) + value(12, "y", {3}));
}
std::string twoAnswers() {
    using namespace wire;
    return model(node("Gemm", {"x", "w", "b"}, "y") + node("Sigmoid", {"x"}, "z") + node("Tanh", {"x"}, "unused") +
                 initializer("w", {2, 3}, scoreWeights) + initializer("b", {3}, scoreBias) + value(11, "x", {2}) + value(12, "y", {3}) + value(12, "z", {2}));
}
std::string twoInputs() {
    using namespace wire;
    return model(node("Add", {"x", "z"}, "y") + value(11, "x", {2}) + value(11, "z", {2}) + value(12, "y", {2}));
}

class ModelImport : public testing::Test {
protected:
    /// 90 rows of two numbers and three kinds.
    void SetUp() override {
        std::ofstream csv(folder / "points.csv");
        csv << "p,q,kind\n";
        for (int i = 0; i < 90; ++i) csv << 0.1 * (i % 11) - 0.5 << ',' << 0.1 * (i % 7) << ',' << "abc"[i % 3] << '\n';
        csv.close();
        project = std::move(*Project::create(folder / "p.lamina"));
        ImportRequest import;
        import.source = folder / "points.csv";
        import.target = "kind";
        ASSERT_TRUE(importDataset(*project, import));
        ASSERT_TRUE(splitDataset(*project, *findDataset(*project, ""), SplitSettings{}));
    }

    Path written(const std::string& content) {
        std::ofstream(folder / "scores.onnx", std::ios::binary | std::ios::trunc) << content;
        return folder / "scores.onnx";
    }
    ForeignModel read(const std::string& content) {
        auto model = readForeignModel(written(content));
        EXPECT_TRUE(model) << model.error().debugText();
        return model ? std::move(*model) : ForeignModel();
    }
    ModelImportOutcome added(const std::string& dataset) {
        auto outcome = addForeignModel(*project, read(scoresModel()), {{}, dataset, {}});
        EXPECT_TRUE(outcome) << outcome.error().debugText();
        return outcome ? std::move(*outcome) : ModelImportOutcome();
    }
    static bool says(const std::vector<Issue>& issues, const std::string& code) {
        return std::any_of(issues.begin(), issues.end(), [&](const Issue& issue) { return issue.what.code == code; });
    }
    TrainingRequest training(double rate) const {
        TrainingRequest request;
        request.plan.epochs = 1;
        request.plan.phases[0].optimizer = "sgd";
        request.plan.phases[0].optimizerSettings = {{"learning_rate", rate}};
        request.threads = 1;
        request.device = "cpu";
        return request;
    }
    /// What softmax(x·w + b) is for the row's own numbers.
    std::vector<double> expected(double p, double q) const {
        std::vector<double> scores;
        double sum = 0;
        for (std::size_t c = 0; c < 3; ++c) sum += scores.emplace_back(std::exp(p * scoreWeights[c] + q * scoreWeights[3 + c] + scoreBias[c]));
        for (double& score : scores) score /= sum;
        return scores;
    }
    void expectAnswersOfTheFile(TrainedModel& model) {
        const auto answers = predictDatasetRows(*project, model, {0, 5, 31});
        ASSERT_TRUE(answers) << answers.error().debugText();
        for (const Prediction& answer : answers->predictions) {
            const auto i = static_cast<int>(answer.row);
            const auto wanted = expected(0.1 * (i % 11) - 0.5, 0.1 * (i % 7));
            for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(answer.probabilities[c], wanted[c], 1e-5) << "row " << i;
        }
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
};

TEST_F(ModelImport, ALookTellsWhatAModelHoldsAndKeepsNothing) {
    const ForeignModel model = read(roundedModel());
    ASSERT_EQ(model.inputs.size(), 1u);
    EXPECT_EQ(model.inputs[0].shape, (Shape{2}));
    ASSERT_EQ(model.outputs.size(), 1u);
    EXPECT_EQ(model.outputs[0].shape, (Shape{3}));
    EXPECT_EQ(model.report.parameters, 4 + 2 + 6 + 3);
    ASSERT_EQ(model.untrainable.size(), 1u);
    EXPECT_EQ(model.untrainable[0], model.network.nodes[1].name);
    EXPECT_TRUE(model.network.nodes[1].frozen);
    EXPECT_FALSE(model.network.nodes[3].frozen);
    EXPECT_EQ(model.operators.size(), 1u);
    EXPECT_TRUE(says(model.issues, "model.untrainable"));
    EXPECT_TRUE(says(model.issues, "model.operators"));
    EXPECT_TRUE(project->networks().all()->empty());
}

TEST_F(ModelImport, WhatCannotBeUsedIsSaidAndWhatNobodyReadsIsLeftOut) {
    const ForeignModel answers = read(twoAnswers());
    EXPECT_EQ(answers.outputs.size(), 2u);
    EXPECT_TRUE(says(answers.issues, "model.several_outputs"));
    EXPECT_EQ(answers.network.nodes.size(), 3u);
    const ForeignModel inputs = read(twoInputs());
    EXPECT_EQ(inputs.inputs.size(), 2u);
    EXPECT_TRUE(says(inputs.issues, "model.several_inputs"));
    EXPECT_TRUE(inputs.canBeUsed());
}

TEST_F(ModelImport, ARefusedModelSaysWhichNodeAndADamagedOneThatItIs) {
    using namespace wire;
    const auto loop = readForeignModel(written(model(node("Loop", {"x"}, "y") + value(11, "x", {2}) + value(12, "y", {2}))));
    ASSERT_FALSE(loop);
    EXPECT_EQ(loop.error().code, "onnx.unknown_op");
    EXPECT_EQ(loop.error().argument("op"), "Loop");
    EXPECT_EQ(loop.error().argument("node"), "y");
    const std::string whole = scoresModel();
    const auto cut = readForeignModel(written(whole.substr(0, whole.size() - 20)));
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, "onnx.damaged");
}

TEST_F(ModelImport, TheNetworkIsOneEditThatUndoTakesBackWithoutLosingTheNumbers) {
    const ModelImportOutcome outcome = added("points");
    EXPECT_EQ(outcome.record.name, "scores");
    EXPECT_EQ(outcome.record.taskId, "classification");
    EXPECT_TRUE(says(outcome.issues, "model.softmax_added"));
    const std::string hash = outcome.network.origin.parameters;
    EXPECT_TRUE(project->hasFile(hash));
    ASSERT_TRUE(project->undo().get());
    EXPECT_TRUE(project->networks().all()->empty());
    EXPECT_EQ(project->removeFile(hash).error().code, "project.file_in_use");
    ASSERT_TRUE(project->redo().get());
    const auto network = networkFromJson(project->networks().all()->front().document);
    ASSERT_TRUE(network);
    EXPECT_EQ(network->origin, outcome.network.origin);
    const auto initial = initialParameters(*project, *network);
    ASSERT_TRUE(initial) << initial.error().debugText();
    EXPECT_TRUE(initial->fresh.empty());
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
    std::filesystem::remove(project->filePath(hash));
    EXPECT_FALSE(project->verify(VerifyLevel::Quick)->empty());
}

TEST_F(ModelImport, ARenamedLayerKeepsItsNumbersAndAChangedOneBeginsAnew) {
    Network network = added("points").network;
    network.nodes[1].name = "decision";
    auto initial = initialParameters(*project, network);
    ASSERT_TRUE(initial) << initial.error().debugText();
    EXPECT_EQ(initial->numbers->tensors.count("decision/weight"), 1u);
    network.nodes[1].settings["units"] = 4;
    initial = initialParameters(*project, network);
    ASSERT_TRUE(initial) << initial.error().debugText();
    EXPECT_EQ(initial->fresh, std::vector<std::string>{"decision"});
    EXPECT_TRUE(says(initial->issues, "jobs.begins_partly_fresh"));
}

TEST_F(ModelImport, TrainingBeginsWithItsNumbers) {
    const ModelImportOutcome outcome = added("points");
    auto run = TrainingRun::start(*project, training(1e-9));
    ASSERT_TRUE(run) << run.error().debugText();
    ASSERT_TRUE((*run)->finish());
    auto model = TrainedModel::load(*project, (*run)->record().id, 1);
    ASSERT_TRUE(model) << model.error().debugText();
    const auto initial = initialParameters(*project, outcome.network);
    ASSERT_FALSE(initial->numbers->tensors.empty());
    for (const auto& [name, tensor] : initial->numbers->tensors) {
        const auto trained = model->parameters->readFloats(name);
        ASSERT_EQ(trained.size(), tensor.numbers.size()) << name;
        for (std::size_t i = 0; i < trained.size(); ++i) EXPECT_NEAR(trained[i], tensor.numbers[i], 1e-6) << name;
    }
}

TEST_F(ModelImport, UsedAsItIsItAnswersLikeTheFileAndCanBeTrainedFurtherAndWrittenOutAgain) {
    added("");
    const auto ready = makeReady(*project, {});
    ASSERT_TRUE(ready) << ready.error().debugText();
    EXPECT_TRUE(says(ready->issues, "model.softmax_added"));
    auto model = TrainedModel::load(*project, ready->run.id, 1);
    ASSERT_TRUE(model) << model.error().debugText();
    expectAnswersOfTheFile(*model);
    EXPECT_TRUE(evaluateRun(*project, *model, Part::Validation, false));

    const auto exported = exportRun(*project, *model, {folder / "again.onnx", false, 50, {}});
    ASSERT_TRUE(exported) << exported.error().debugText();
    EXPECT_LT(exported->proof.largestDifference, 1e-5);
    EXPECT_EQ(exported->proof.differingTexts, 0);

    TrainingRequest more = training(0.01);
    more.moreEpochs = 3;
    auto run = TrainingRun::resume(*project, ready->run.id, more);
    ASSERT_TRUE(run) << run.error().debugText();
    const auto result = (*run)->finish();
    ASSERT_TRUE(result) << result.error().debugText();
    EXPECT_EQ(result->end, TrainingEnd::Finished);
    EXPECT_EQ(result->state.epoch, 3);

    // The file that was written says itself what its inputs are: it is used elsewhere without a question.
    const auto own = readForeignModel(folder / "again.onnx");
    ASSERT_TRUE(own) << own.error().debugText();
    EXPECT_TRUE(own->preparation);
    ASSERT_TRUE(addForeignModel(*project, *own, {"again", "points", {}}));
    ReadyRequest request;
    request.network = "again";
    const auto again = makeReady(*project, request);
    ASSERT_TRUE(again) << again.error().debugText();
    auto reread = TrainedModel::load(*project, again->run.id, 1);
    ASSERT_TRUE(reread);
    expectAnswersOfTheFile(*reread);
}

TEST_F(ModelImport, ALayerWithoutNumbersOrAnotherShapeIsRefused) {
    ModelImportOutcome outcome = added("points");
    outcome.network.append("dense", {{"units", 3}}, outcome.network.nodes.back().id);
    ASSERT_TRUE(project->networks().save(outcome.record.id, networkToJson(outcome.network)).get());
    const auto fresh = makeReady(*project, {});
    ASSERT_FALSE(fresh);
    EXPECT_EQ(fresh.error().code, "model.no_numbers");
    using namespace wire;
    const auto wide = readForeignModel(written(model(node("Relu", {"x"}, "y") + value(11, "x", {5}) + value(12, "y", {5}))));
    ASSERT_TRUE(wide) << wide.error().debugText();
    ASSERT_TRUE(addForeignModel(*project, *wide, {"wide", "", {}}));
    ReadyRequest request;
    request.network = "wide";
    const auto shape = makeReady(*project, request);
    ASSERT_FALSE(shape);
    EXPECT_EQ(shape.error().code, "training.input_shape");
}

TEST(ModelsOfOthers, AreReadOrRefusedInWords) {
    const Path models = "/usr/share/libonnx-testdata/data/pytorch-converted";
    if (!std::filesystem::exists(models)) GTEST_SKIP() << "libonnx-testdata is not installed";
    int read = 0, refused = 0;
    for (const auto& entry : std::filesystem::directory_iterator(models)) {
        const auto model = readForeignModel(entry.path() / "model.onnx");
        if (model) {
            ++read;
            EXPECT_FALSE(model->outputs.empty()) << entry.path();
        } else {
            ++refused;
            EXPECT_FALSE(model.error().argument("file").empty()) << entry.path() << model.error().debugText();
        }
    }
    EXPECT_GE(read, 30) << refused << " refused";
}

}  // namespace
}  // namespace lamina
