// A project in a folder of its own, with small records to put into it.
#pragma once

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "core/project/project.h"
#include "tests/support/temporary_folder.h"

namespace lamina {

/// Makes a project of today one of an older version (4 to 7, or 9): takes back what later migrations made.
inline void takeBackToVersion(const Path& file, int version) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.exec("DROP INDEX label_proposed");
    if (version == 9) return void(database.exec("PRAGMA user_version = 9"));
    database.exec("DROP TABLE label_order; DROP TABLE label_model; DROP TABLE label_review; DROP TABLE label_open; DROP TABLE label_session");
    database.exec("DROP TABLE label_count; DROP TABLE label; DROP TABLE label_item; DROP TABLE labelling; DROP INDEX label_class_number");
    for (const char* column : {"points", "merged_into", "parent", "description", "number"}) database.exec(std::string("ALTER TABLE label_class DROP COLUMN ") + column);
    const std::string& labels = fullSchema().migrations[2].sql;
    database.exec(labels.substr(labels.find("CREATE TABLE annotation")));
    if (version < 7) database.exec("DROP TABLE recipe");
    if (version < 6) database.exec("ALTER TABLE run DROP COLUMN removed");
    if (version < 5) database.exec("DROP TABLE metric_level");
    database.exec("PRAGMA user_version = " + std::to_string(version));
}

class ProjectTest : public testing::Test {
protected:
    Path file() const { return folder / "p.lamina"; }

    std::unique_ptr<Project> create() {
        auto project = Project::create(file());
        if (!project) ADD_FAILURE() << project.error().debugText();
        return project ? std::move(*project) : nullptr;
    }
    std::unique_ptr<Project> open(StoreAccess access = StoreAccess::Write) {
        auto project = Project::open(file(), access);
        if (!project) ADD_FAILURE() << project.error().debugText();
        return project ? std::move(*project) : nullptr;
    }

    /// A dataset of two columns whose content files are there.
    static DatasetRecord addDataset(Project& project, const std::string& name = "iris") {
        DatasetRecord record;
        record.name = name;
        record.importer = "csv";
        record.sourcePath = "/data/" + name + ".csv";
        record.rows = 150;
        for (const char* column : {"length", "species"}) {
            ColumnRecord added;
            added.name = column;
            added.kind = "number";
            added.fileHash = *project.addBytes(name + column);
            added.info = {{"minimum", 1.5}};
            record.columns.push_back(added);
        }
        record.columns.back().role = "target";
        const auto receipt = project.datasets().add(record).get();
        if (!receipt) ADD_FAILURE() << receipt.error().debugText();
        return record;
    }
    static SplitRecord addSplit(Project& project, const DatasetRecord& dataset) {
        SplitRecord record;
        record.datasetId = dataset.id;
        record.seed = 0xfedcba9876543210ull;
        record.fractions = {0.7, 0.1, 0.2};
        record.method = "stratified";
        record.stratifyColumn = "species";
        record.assignmentFileHash = *project.addBytes("assignment");
        record.counts = {105, 15, 30};
        const auto receipt = project.splits().add(record).get();
        if (!receipt) ADD_FAILURE() << receipt.error().debugText();
        return record;
    }
    static NetworkRecord addNetwork(Project& project, const DatasetRecord& dataset) {
        NetworkRecord record;
        record.name = "small";
        record.datasetId = dataset.id;
        record.taskId = "classification";
        record.document = {{"nodes", {1, 2, 3}}};
        const auto receipt = project.networks().add(record).get();
        if (!receipt) ADD_FAILURE() << receipt.error().debugText();
        return record;
    }
    static RunRecord addRun(Project& project, const std::string& splitId = {}) {
        RunRecord record;
        record.name = "first";
        record.networkDocument = {{"nodes", nlohmann::json::array()}};
        record.splitId = splitId;
        record.settings = {{"epochs", 5}};
        record.dataVersion = {{"source", "abc"}};
        const auto added = project.runs().add(record).get();
        if (!added) ADD_FAILURE() << added.error().debugText();
        return record;
    }
    static MetricRow metric(const AttemptRecord& attempt, std::int64_t sequence, std::int64_t step, double value, const std::string& name = "loss") {
        return {attempt.run, attempt.number, sequence, step / 10, step, "training", name, value, 1000 + sequence};
    }

    TemporaryFolder folder;
};

}  // namespace lamina
