// Pictures and numbers in, a class and a number out: from the table to predictions and the proved export.
#include <gtest/gtest.h>

#include "app/jobs/export_jobs.h"
#include "app/jobs/judged_items.h"
#include "app/jobs/predict_jobs.h"
#include "core/onnx/import.h"
#include "tests/app/pages/use/trained_project.h"

namespace lamina {
namespace {

TEST(SeveralInputsJobs, PicturesBesideNumbersLearnAClassAndANumber) {
    TemporaryFolder folder;
    const auto project = must(Project::create(folder / "p.lamina"));
    trainOnPhotos(*project, folder.path());

    auto model = must(TrainedModel::load(*project, {}, 1));
    ASSERT_EQ(model.outputs.size(), 2u);
    EXPECT_EQ(model.outputs[1].title, "price");
    const auto judged = must(evaluateRun(*project, model, Part::Validation, true));
    EXPECT_EQ(judged.evaluation.output, "shade");
    ASSERT_EQ(judged.evaluation.more.size(), 1u);
    EXPECT_EQ(judged.evaluation.more[0].task, "regression");
    EXPECT_EQ(judged.record.document["more_outputs"][0]["target"], "price");
    EXPECT_EQ(judged.evaluation.more[0].baselines.back().first, "linear");

    const auto rows = must(predictDatasetRows(*project, model, {1, 4}));
    ASSERT_EQ(rows.predictions[0].more.size(), 1u);
    const auto csv = must(predictFileToCsv(*project, model, folder / "t.csv", {folder / "out.csv", true, false, {}}));
    EXPECT_EQ(csv.unanswered, 0);
    EXPECT_TRUE(readTextFile(folder / "out.csv")->find("shade: prediction,shade: probability of") != std::string::npos);

    auto other = must(TrainedModel::load(*project, {}, 1, "price"));
    EXPECT_EQ(must(predictDatasetRows(*project, other, {1})).predictions[0].value, rows.predictions[0].more[0].value);
    EXPECT_EQ(TrainedModel::load(*project, {}, 1, "colour").error().code, "jobs.no_output");
    EXPECT_EQ(must(judgeItems(other, *must(ModelData::ofRun(*project, other)), Part::Validation, {}, "shade"))[0].target, 0) << "a class has no number";

    const auto exported = must(exportRun(*project, model, {folder / "m.onnx", true, 10, {}}));
    EXPECT_GT(exported.proof.items, 0);
    EXPECT_LT(exported.proof.largestDifference, 1e-4);
    const auto read = must(importOnnx(folder / "m.onnx"));
    ASSERT_EQ(read.outputs.size(), 2u);
    EXPECT_EQ(read.outputs[1].name("value"), "price_value");
    EXPECT_EQ(read.preparation->targetAt(read.outputs[1].target).name, "price");
    EXPECT_EQ(networkInputs(read.network).size(), 2u);
    const auto alone = must(exportRun(*project, other, {folder / "price.onnx", true, 10, {}, true}));
    EXPECT_LT(alone.proof.largestDifference, 1e-4);
    EXPECT_TRUE(must(importOnnx(folder / "price.onnx")).outputs.empty());
    EXPECT_EQ(must(importOnnx(folder / "price.onnx")).preparation->target.name, "price");
}

TEST(SeveralInputsJobs, ATemplateLeavesOutWhatAnotherOutputIsToLearn) {
    TemporaryFolder folder;
    const auto project = must(Project::create(folder / "p.lamina"));
    writeKindsOfTrees(folder / "trees.csv");
    ImportRequest import;
    import.source = folder / "trees.csv";
    import.target = "kind";
    must(splitDataset(*project, must(importDataset(*project, import)).dataset, {}));
    BuildRequest build;
    const auto whole = must(buildNetwork(*project, build)).network;
    build.alsoPredicted = {"width"};
    const auto without = must(buildNetwork(*project, build)).network;
    EXPECT_EQ(networkInputs(whole)[0].shape[0] - networkInputs(without)[0].shape[0], 1);
    build.alsoPredicted = {"depth"};
    EXPECT_EQ(buildNetwork(*project, build).error().code, "jobs.no_column");
}

TEST(SeveralInputsJobs, TextBesideNumbersIsLearnedAsNumbersOfWords) {
    TemporaryFolder folder;
    {
        std::ofstream out(folder / "notes.csv");
        out << "note,size,mood\n";
        const char* words[] = {"good fine nice", "bad poor awful"};
        for (int i = 0; i < 80; ++i) out << words[i % 2] << " thing" << i % 5 << ',' << i % 7 + 0.5 << ',' << (i % 2 ? "sad" : "glad") << '\n';
    }
    const auto project = must(Project::create(folder / "p.lamina"));
    ImportRequest import;
    import.source = folder / "notes.csv";
    import.target = "mood";
    const auto dataset = must(importDataset(*project, import)).dataset;
    Recipe recipe;
    recipe.steps.resize(2);
    recipe.steps[0].type = "change_type";
    recipe.steps[0].settings = {{"columns", {"note"}}, {"to", "text"}};
    recipe.steps[1].type = "text_sequence";
    recipe.steps[1].settings = {{"column", "note"}, {"length", 4}, {"least", 1}};
    must(writeRecipe(*project, must(readRecipe(*project, dataset.id)), recipe, takenRecipe("test")));
    must(splitDataset(*project, dataset, {}));
    Network network;
    const auto text = network.append("input", {{"shape", {4}}}), number = network.append("input", {{"shape", {1}}, {"columns", {"size"}}});
    const auto words = network.append("flatten", nlohmann::json::object(), network.append("embedding", {{"vocabulary", 40}, {"width", 4}}, text));
    const auto joined = network.append("concat", nlohmann::json::object(), words);
    network.edges.push_back({number, joined, 1});
    network.append("softmax", nlohmann::json::object(), network.append("dense", {{"units", 2}}, joined));
    ASSERT_TRUE(writeFileAtomically(folder / "n.json", networkToJson(network).dump()));
    BuildRequest build;
    build.file = folder / "n.json";
    must(buildNetwork(*project, build));
    TrainingRequest request;
    request.plan.epochs = 15;
    request.plan.batchSize = 8;
    request.threads = 1;
    must(must(TrainingRun::start(*project, request))->finish());
    auto model = must(TrainedModel::load(*project, {}, 1));
    EXPECT_GT(must(evaluateRun(*project, model, Part::Validation, false)).evaluation.score("accuracy"), 0.9);
    const auto csv = must(predictFileToCsv(*project, model, folder / "notes.csv", {folder / "out.csv", true, false, {}}));
    EXPECT_EQ(csv.rows, 80);
    EXPECT_EQ(csv.unanswered, 0);
    EXPECT_LT(must(exportRun(*project, model, {folder / "m.onnx", true, 8, {}})).proof.largestDifference, 1e-4);
}

TEST(SeveralInputsJobs, PicturesThatARecipeJoinsToATableStandBesideItsNumbers) {
    TemporaryFolder folder;
    {
        std::ofstream table(folder / "t.csv"), photos(folder / "photos.csv");
        table << "name,size,price\n";
        photos << "item,photo\n";
        std::filesystem::create_directories(folder / "pics");
        for (int i = 0; i < 60; ++i) {
            const std::string name = "item" + std::to_string(i), file = "pics/" + std::to_string(i) + ".pgm";
            photos << name << ',' << file << '\n';
            std::ofstream picture(folder / file);
            picture << "P2 4 4 255\n";
            for (int p = 0; p < 16; ++p) picture << (i % 2 ? 200 : 20) + (i + p) % 9 << ' ';
            table << name << ',' << i % 5 + 0.5 << ',' << (i % 2 ? 30 : 10) + i % 5 << '\n';
        }
    }
    const auto project = must(Project::create(folder / "p.lamina"));
    ImportRequest pictures, import;
    pictures.source = folder / "photos.csv";
    const std::string other = must(importDataset(*project, pictures)).dataset.name;
    import.source = folder / "t.csv";
    import.target = "price";
    const auto dataset = must(importDataset(*project, import)).dataset;
    Recipe recipe;
    recipe.steps.resize(1);
    recipe.steps[0].type = "join";
    recipe.steps[0].settings = {{"table", other}, {"keys", {"name"}}, {"other_keys", {"item"}}, {"columns", {"photo"}}};
    must(writeRecipe(*project, must(readRecipe(*project, dataset.id)), recipe, takenRecipe("test")));
    must(splitDataset(*project, dataset, {}));
    Network network;
    const auto photo = network.append("input", {{"shape", {1, 4, 4}}, {"columns", {"photo"}}}), size = network.append("input", {{"shape", {1}}, {"columns", {"size"}}});
    const auto joined = network.append("concat", nlohmann::json::object(), network.append("flatten", nlohmann::json::object(), photo));
    network.edges.push_back({size, joined, 1});
    network.append("dense", {{"units", 1}}, joined);
    ASSERT_TRUE(writeFileAtomically(folder / "n.json", networkToJson(network).dump()));
    BuildRequest build;
    build.dataset = dataset.id;
    build.file = folder / "n.json";
    must(buildNetwork(*project, build));
    TrainingRequest request;
    request.plan.epochs = 20;
    request.plan.phases[0].optimizerSettings = {{"learning_rate", 0.02}};
    request.plan.batchSize = 8;
    request.threads = 1;
    must(must(TrainingRun::start(*project, request))->finish());
    auto model = must(TrainedModel::load(*project, {}, 1));
    EXPECT_LT(must(evaluateRun(*project, model, Part::Validation, false)).evaluation.score("mae"), 5) << "prices are 10 and 30";
    EXPECT_EQ(must(predictDatasetRows(*project, model, {0, 1})).predictions.size(), 2u);
    EXPECT_LT(must(exportRun(*project, model, {folder / "m.onnx", true, 8, {}})).proof.largestDifference, 1e-4);
}

}  // namespace
}  // namespace lamina
