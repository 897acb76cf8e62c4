// A dataset as the project keeps it: where it came from, its columns and the content files that hold them.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/project/split_record.h"
#include "core/store/store.h"

namespace lamina {

struct ColumnRecord {
    std::string id = newUuid();
    std::string name;
    std::string kind;                ///< the data folder's name of the column type ("number", "category", "image" …)
    std::string role = "feature";    ///< "feature", "target" or "ignored"
    std::string fileHash;            ///< content file that holds the values (Project::filePath)
    nlohmann::json info = nlohmann::json::object();  ///< whatever the data folder wants to keep: categories, shape, statistics
};

struct DatasetRecord {
    std::string id = newUuid();
    std::string name;
    std::string importer;    ///< id of the importer
    std::string sourcePath;  ///< as the user gave it
    std::string sourceHash;  ///< SHA-256 of the source
    std::int64_t rows = 0;
    std::vector<ColumnRecord> columns;                 ///< in their order
    nlohmann::json issues = nlohmann::json::array();   ///< what the import had to remark
};

/// Datasets of a project. add, rename, replace, setRole, remove are journaled edits. "dataset.not_found" {dataset}, "dataset.column_not_found" {column}.
class DatasetRepository {
public:
    DatasetRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    EditFuture add(DatasetRecord record);
    EditFuture rename(const std::string& id, const std::string& name);
    /// Other columns, rows and source for the dataset of this id ("the same file, a month later"), and its next split where one is given: one edit.
    /// `identities`: of the new rows, where the dataset is labelled: labels follow their rows (see LabelItemRecord).
    EditFuture replace(DatasetRecord record, std::optional<SplitRecord> split, std::vector<std::string> identities = {});
    EditFuture setRole(const std::string& columnId, const std::string& role);
    /// Takes its splits with it. "store.constraint" where a network or run uses it.
    EditFuture remove(const std::string& id);

    /// In order of creation.
    Result<std::vector<DatasetRecord>> all() const;
    /// By id, or by name where exactly one is called so ("dataset.ambiguous" otherwise).
    Result<DatasetRecord> find(const std::string& idOrName) const;

private:
    Store& m_store;
    const std::string& m_author;
};

}  // namespace lamina
