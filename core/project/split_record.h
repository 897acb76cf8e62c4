// How a dataset is divided into training, validation and test items; the assignment itself is a content file.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/store/store.h"

namespace lamina {

struct SplitRecord {
    std::string id = newUuid();
    std::string datasetId;
    std::uint64_t seed = 0;
    std::array<double, 3> fractions{};        ///< training, validation, test
    std::string stratifyColumn;               ///< name of the column whose classes keep their shares; empty: none
    std::string method;                       ///< "random", "stratified", "given" …
    std::string assignmentFileHash;           ///< content file: one byte for each item (0 training, 1 validation, 2 test)
    std::array<std::int64_t, 3> counts{};     ///< items in training, validation, test
    std::int64_t created = 0;                 ///< wall clock, milliseconds; filled by add where it is 0
};

/// A column that says which part a row belongs to. What it says is no input: with the split its role becomes "ignored", where it was "feature".
struct PartColumn {
    std::string id;    ///< of a column of the dataset; empty: none
    std::string made;  ///< the name of one that a step of the recipe makes; empty: none
};

/// As a part of another edit. Inside core/project only.
void insertSplit(SQLite::Database& database, const SplitRecord& record);

/// Splits are never changed, only added and removed (journaled edits). "split.not_found" {split}.
class SplitRepository {
public:
    SplitRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    EditFuture add(SplitRecord record, PartColumn column = {});
    EditFuture remove(const std::string& id);
    /// Oldest first.
    Result<std::vector<SplitRecord>> ofDataset(const std::string& datasetId) const;
    Result<SplitRecord> find(const std::string& id) const;
    /// "split.none" {dataset} where the dataset has none.
    Result<SplitRecord> newest(const std::string& datasetId) const;

private:
    Store& m_store;
    const std::string& m_author;
};

}  // namespace lamina
