// A project with a table as people bring it, and what one does with it: clean, divide, train.
#pragma once

#include <gtest/gtest.h>

#include <fstream>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/predict_jobs.h"
#include "app/jobs/recipe_edits.h"
#include "core/data/importers/csv_scan.h"
#include "tests/app/pages/use/trained_project.h"

namespace lamina {

inline constexpr int passengers = 240;

/// Like the passengers of the Titanic: words spelt in several ways, ages missing, some without an answer. Women survive.
inline std::string passengerText(int i) {
    const bool woman = i % 3 == 0;
    const char* words[] = {"female", "Female", " FEMALE", "male", "MALE ", "Male"};
    std::string line = std::to_string(i) + ",";
    line += i % 5 == 1 ? "" : std::to_string(20 + i % 40);
    line += std::string(",") + words[(woman ? 0 : 3) + (i / 3) % 3] + "," + (i % 10 == 9 ? "" : std::to_string(7 + i % 90) + ".25") + ",";
    return line + (i % 20 == 19 ? "" : woman ? "yes" : "no");
}

inline std::string passengerTable(int first, int count) {
    std::string text = "number,age,sex,fare,survived\n";
    for (int i = first; i < first + count; ++i) text += passengerText(i) + "\n";
    return text;
}

inline RecipeStep stepOf(const char* type, nlohmann::json settings) {
    RecipeStep step;
    step.type = type;
    step.settings = std::move(settings);
    return step;
}

inline Recipe usualRecipe() {
    return {{stepOf("trim_text", {{"columns", {"sex"}}}), stepOf("change_case", {{"columns", {"sex"}}, {"to", "lower"}}),
             stepOf("drop_missing_rows", {{"columns", {"fare", "survived"}}}), stepOf("fill_missing", {{"columns", {"age"}}, {"method", "median"}}),
             stepOf("rename_column", {{"column", "fare"}, {"name", "ticket price"}})}};
}

inline void writeText(const Path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

class CleanJobs : public testing::Test {
protected:
    void SetUp() override {
        writeText(folder / "people.csv", passengerTable(0, passengers));
        project = must(Project::create(folder / "p.lamina"));
        ImportRequest import;
        import.source = folder / "people.csv";
        import.target = "survived";
        dataset = must(importDataset(*project, import)).dataset;
    }
    void setRecipe(const Recipe& recipe) {
        const auto read = must(readRecipe(*project, dataset.id));
        must(writeRecipe(*project, read, recipe, takenRecipe("test")));
    }
    SplitRecord divide() { return must(splitDataset(*project, dataset, {})).record; }
    CleanedData clean(std::optional<SplitRecord> split = {}) {
        CleanRequest request;
        request.split = std::move(split);
        return must(cleanTable(*project, dataset, request));
    }
    std::string train() {
        BuildRequest build;
        build.templateId = "mlp";
        must(buildNetwork(*project, build));
        TrainingRequest request;
        request.plan.epochs = 8;
        request.plan.batchSize = 16;
        request.threads = 1;
        auto run = must(TrainingRun::start(*project, request));
        must(run->finish());
        return run->record().id;
    }
    CsvOutput output() { return {folder / "out.csv", true, false, {}}; }
    std::vector<std::vector<std::string>> cells() { return csvReadRecords(*readTextFile(folder / "out.csv"), {}, 100000).records; }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
};

}  // namespace lamina
