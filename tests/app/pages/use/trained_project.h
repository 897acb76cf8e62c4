// Small projects with a trained run: a table of trees, one of prices, tiny pictures, and pictures beside numbers.
#pragma once

#include <gtest/gtest.h>

#include <fstream>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/training_run.h"
#include "tests/support/temporary_folder.h"

namespace lamina {

template <class T>
T must(Result<T> result) {
    EXPECT_TRUE(result.ok()) << (result ? "" : result.error().debugText());
    return std::move(*result);
}

/// 180 trees of three kinds; soil is a category, some heights are missing.
inline void writeKindsOfTrees(const Path& file) {
    std::ofstream out(file);
    out << "height,width,soil,kind\n";
    const char* kinds[] = {"ash", "birch", "cedar"};
    for (int i = 0; i < 180; ++i) {
        const int kind = i % 3;
        const double noise = 0.1 * (i % 7);
        if (i % 45 != 44) out << 2 * kind + noise;
        out << ',' << 5 - kind + noise / 2 << ',' << (i % 2 ? "clay" : "sand") << ',' << kinds[kind] << '\n';
    }
}

inline void writePrices(const Path& file) {
    std::ofstream out(file);
    out << "area,rooms,price\n";
    for (int i = 0; i < 120; ++i) out << 50.5 + i << ',' << 1 + i % 4 << ',' << 1000.25 + 100 * i << '\n';
}

/// 90 pictures of 8 × 8: a bright left, middle or right third.
inline void writePictures(const Path& folder) {
    std::filesystem::create_directories(folder);
    const auto number = [](std::ofstream& out, std::uint32_t x) { for (int shift = 24; shift >= 0; shift -= 8) out.put(static_cast<char>(x >> shift)); };
    std::ofstream images(folder / "train-images-idx3-ubyte", std::ios::binary), labels(folder / "train-labels-idx1-ubyte", std::ios::binary);
    for (const std::uint32_t x : {0x803u, 90u, 8u, 8u}) number(images, x);
    for (const std::uint32_t x : {0x801u, 90u}) number(labels, x);
    for (int i = 0; i < 90; ++i) {
        labels.put(static_cast<char>(i % 3));
        for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) images.put(static_cast<char>(x / 3 == i % 3 ? 200 + (i + y) % 50 : (i * x) % 30));
    }
}

/// Imports the source into a new project, gives it the recipe and trains a small network; gives the run's id.
inline std::string trainOn(Project& project, const Path& source, const std::string& target, const std::string& templateId, int epochs = 25,
                           const Recipe& recipe = {}) {
    ImportRequest import;
    import.source = source;
    import.target = target;
    must(importDataset(project, import));
    const DatasetRecord dataset = must(findDataset(project, ""));
    if (!recipe.steps.empty()) must(writeRecipe(project, must(readRecipe(project, dataset.id)), recipe, addedStep(recipe.steps[0])));
    must(splitDataset(project, dataset, {}));
    BuildRequest build;
    build.templateId = templateId;
    must(buildNetwork(project, build));
    TrainingRequest request;
    request.plan.epochs = epochs;
    request.plan.batchSize = 16;
    request.threads = 1;
    auto run = must(TrainingRun::start(project, request));
    must(run->finish());
    return run->record().id;
}

/// Sixty small pictures, dark or bright, named in a table beside two numbers: "shade" and "price" are to be told.
inline void writePhotoTable(const Path& folder) {
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

inline Network photoNetwork() {
    Network n;
    const auto photo = n.append("input", {{"shape", {1, 4, 4}}, {"columns", {"photo"}}}), numbers = n.append("input", {{"shape", {2}}, {"columns", {"b", "a"}}});
    const auto joined = n.append("concat", nlohmann::json::object(), n.append("flatten", nlohmann::json::object(), photo));
    n.edges.push_back({numbers, joined, 1});
    const auto hidden = n.append("relu", nlohmann::json::object(), n.append("dense", {{"units", 8}}, joined));
    n.append("softmax", nlohmann::json::object(), n.append("dense", {{"units", 2}}, hidden));
    n.append("dense", {{"units", 1}}, hidden);
    return n;
}

/// Two inputs and two outputs: imports photos and numbers, with the network above.
inline void buildOnPhotos(Project& project, const Path& folder) {
    writePhotoTable(folder);
    ImportRequest import;
    import.source = folder / "t.csv";
    import.target = "shade";
    must(splitDataset(project, must(importDataset(project, import)).dataset, {}));
    EXPECT_TRUE(writeFileAtomically(folder / "n.json", networkToJson(photoNetwork()).dump()));
    BuildRequest build;
    build.file = folder / "n.json";
    must(buildNetwork(project, build));
}

/// And trains it; gives the run's id.
inline std::string trainOnPhotos(Project& project, const Path& folder) {
    buildOnPhotos(project, folder);
    TrainingRequest request;
    request.plan.epochs = 12;
    request.plan.batchSize = 8;
    PlanObjective shade, price;
    shade.output = "softmax_1";
    price.output = "dense_3";
    price.target = "price";
    request.plan.phases[0].objectives = {shade, price};
    request.threads = 1;
    auto run = must(TrainingRun::start(project, request));
    EXPECT_FALSE(must(run->finish()).error);
    return run->record().id;
}

}  // namespace lamina
