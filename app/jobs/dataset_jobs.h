// Datasets of a project: import, choosing the target column, opening as a table. All functions block; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/data/importers/importer.h"
#include "core/data/table.h"
#include "core/project/project.h"

namespace lamina {

struct ImportRequest {
    Path source;           ///< file or folder
    std::string importer;  ///< id; empty: the one that knows the source best
    nlohmann::json settings = nlohmann::json::object();  ///< the importer's
    std::string name;      ///< of the dataset; empty: from the source's name
    std::string target;    ///< column to be predicted; empty: guessed from the names
};

struct ImportOutcome {
    DatasetRecord dataset;
    EditReceipt receipt;
    std::vector<Issue> issues;
};

/// Reads the source into content files and adds the dataset as one edit. On error or cancel the project is as before.
/// Errors of the importers, of the project, "import.no_target" {column, known}.
Result<ImportOutcome> importDataset(Project& project, const ImportRequest& request, const ImportJob& job = {});

/// The column that an import without a chosen target takes: what people usually call it, else the last that can be learned; empty: none can.
std::string guessTarget(const std::vector<ColumnInfo>& columns);

/// Settings with which the importer reads another source into columns of the dataset's form: pictures of the same size; else none.
nlohmann::json settingsLike(const DatasetRecord& dataset, const ImporterType& importer);

/// By id or name; empty: the newest. "jobs.no_dataset" where the project has none.
Result<DatasetRecord> findDataset(Project& project, const std::string& idOrName);
/// The columns of a dataset, memory-mapped.
Result<Table> openTable(const Project& project, const DatasetRecord& dataset);

/// Name of the column with the role "target"; empty where none has it.
std::string targetColumn(const DatasetRecord& dataset);
/// Gives `column` the role "target" (and the old target "feature"); no edit where it has it already. Updates `dataset`.
Result<std::vector<EditReceipt>> chooseTarget(Project& project, DatasetRecord& dataset, const std::string& column);

/// The column that says which rows are the test part ("subset"), where the dataset brings one; else empty.
std::string subsetColumn(const DatasetRecord& dataset);

}  // namespace lamina
