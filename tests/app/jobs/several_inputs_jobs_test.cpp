// Pictures and numbers in, a class and a number out: from the table to predictions and the proved export.
#include <gtest/gtest.h>

#include "app/jobs/export_jobs.h"
#include "app/jobs/predict_jobs.h"
#include "tests/app/pages/use/trained_project.h"

namespace lamina {
namespace {

/// Sixty small pictures, dark or bright, named in a table beside two numbers.
void writePhotoTable(const TemporaryFolder& folder) {
    std::filesystem::create_directories(folder / "pics");
    std::ofstream table(folder / "t.csv");
    table << "photo,a,b,price,shade\n";
    for (int i = 0; i < 60; ++i) {
        const int value = i % 2 ? 200 : 20;
        const std::string name = "pics/" + std::to_string(i) + ".pgm";
        std::ofstream picture(folder / name);
        picture << "P2 4 4 255\n";
        for (int p = 0; p < 16; ++p) picture << value + (i + p) % 9 << ' ';
        table << name << ',' << 0.1 * i << ',' << (i * 7) % 5 + 0.5 << ',' << 0.3 * i - 1 << ',' << (i % 2 ? "bright" : "dark") << '\n';
    }
}

Network photoNetwork() {
    Network n;
    const auto photo = n.append("input", {{"shape", {1, 4, 4}}, {"columns", {"photo"}}}), numbers = n.append("input", {{"shape", {2}}, {"columns", {"b", "a"}}});
    const auto joined = n.append("concat", nlohmann::json::object(), n.append("flatten", nlohmann::json::object(), photo));
    n.edges.push_back({numbers, joined, 1});
    const auto hidden = n.append("relu", nlohmann::json::object(), n.append("dense", {{"units", 8}}, joined));
    n.append("softmax", nlohmann::json::object(), n.append("dense", {{"units", 2}}, hidden));
    n.append("dense", {{"units", 1}}, hidden);
    return n;
}

TEST(SeveralInputsJobs, PicturesBesideNumbersLearnAClassAndANumber) {
    TemporaryFolder folder;
    writePhotoTable(folder);
    const auto project = must(Project::create(folder / "p.lamina"));
    ImportRequest import;
    import.source = folder / "t.csv";
    import.target = "shade";
    const auto imported = must(importDataset(*project, import));
    must(splitDataset(*project, imported.dataset, {}));
    ASSERT_TRUE(writeFileAtomically(folder / "n.json", networkToJson(photoNetwork()).dump()));
    BuildRequest build;
    build.file = folder / "n.json";
    must(buildNetwork(*project, build));
    TrainingRequest request;
    request.plan.epochs = 12;
    request.plan.batchSize = 8;
    PlanObjective shade, price;
    shade.output = "softmax_1";
    price.output = "dense_3";
    price.target = "price";
    request.plan.phases[0].objectives = {shade, price};
    auto run = must(TrainingRun::start(*project, request));
    const auto trained = must(run->finish());
    EXPECT_FALSE(trained.error);
    run.reset();

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
    const auto exported = must(exportRun(*project, other, {folder / "m.onnx", true, 10, {}}));
    EXPECT_GT(exported.proof.items, 0);
    EXPECT_LT(exported.proof.largestDifference, 1e-4);
}

}  // namespace
}  // namespace lamina
