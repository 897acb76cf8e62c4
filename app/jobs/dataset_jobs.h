// Datasets of a project: import, choosing the target column, opening as a table. All functions block; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/data/importers/importer.h"
#include "core/data/table.h"
#include "core/data/table_difference.h"
#include "core/project/project.h"

namespace lamina {

struct ImportRequest {
    Path source;           ///< file or folder
    std::string importer;  ///< id; empty: the one that knows the source best
    nlohmann::json settings = nlohmann::json::object();  ///< the importer's
    std::string name;      ///< of the dataset; empty: from the source's name
    std::string target;    ///< column to be predicted; empty: guessed from the names
    bool noTarget = false; ///< nothing is to be predicted (yet)
};

struct ImportOutcome {
    DatasetRecord dataset;
    EditReceipt receipt;
    std::vector<Issue> issues;
};

/// Reads the source into content files and adds the dataset as one edit. On error or cancel the project is as before.
/// Errors of the importers, of the project, "import.no_target" {column, known}.
Result<ImportOutcome> importDataset(Project& project, const ImportRequest& request, const ImportJob& job = {});

/// "Next month's file, the same recipe": reads a source again into a dataset that is there.
struct ReimportRequest {
    std::string dataset;  ///< id or name; empty: the newest
    Path source;          ///< empty: where it came from
    nlohmann::json settings = nlohmann::json::object();  ///< the importer's, beside those with which the columns get the kinds they had
};

struct ReimportOutcome {
    DatasetRecord before, dataset;
    EditReceipt receipt;
    TableDifference difference;
    std::optional<SplitRecord> split;  ///< the newest split, extended to the rows that are there now
    std::int64_t rowsKnown = 0, rowsAdded = 0, rowsGone = 0;  ///< against the split's rows; zeros without one
    std::vector<Issue> issues;  ///< of the import, the difference, the split, and of the recipe where a step does not fit any more
};

/// The dataset keeps its id, its name, its recipe, and, by name, the ids and roles of its columns; rows that are known keep their part of the newest split.
/// One edit, which undo takes back; runs keep the columns they were trained on. On error or cancel the project is as before. Errors of importDataset(),
/// "reimport.no_importer" {dataset} where the dataset was made of a state of another.
Result<ReimportOutcome> importAgain(Project& project, const ReimportRequest& request, const ImportJob& job = {});

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
/// Gives `column` the role "target" (and the old target "feature"); no edit where it has it already. It may be one that a step of the recipe makes, which
/// then stands in the recipe's roles. Updates `dataset`. "jobs.no_column".
Result<std::vector<EditReceipt>> chooseTarget(Project& project, DatasetRecord& dataset, const std::string& column);

/// The column that says which rows are the test part ("subset"), where the dataset brings one; else empty.
std::string subsetColumn(const DatasetRecord& dataset);

}  // namespace lamina
