// What a dataset's recipe makes of it: the clean table that splitting, training, evaluating and predicting see. The original columns never change.
// All functions block; any thread.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/data/cleaning/recipe.h"
#include "core/data/split.h"
#include "core/project/project.h"

namespace lamina {

/// A dataset after its recipe.
struct CleanedData {
    /// As the recipe leaves it: rows, and names, kinds and roles of the clean table's columns, so that targetColumn(), subsetColumn() and prepareDataset()
    /// can be asked. After a recipe no column has a fileHash.
    DatasetRecord dataset;
    Table source;                     ///< the original columns
    CleanTable clean;
    Recipe recipe;                    ///< with what its steps learned; no steps where there is nothing to do
    std::vector<StepReport> reports;  ///< one per step of the recipe; from the cache without the list of refused cells
    std::string key;                  ///< of everything that it was made from
};

struct CleanRequest {
    std::optional<SplitRecord> split;  ///< fitted steps learn from its training rows; none: from all rows
    CancelToken cancel;
    ProgressFunction progress;
    int threads = 0;  ///< 0: one per core
    std::size_t steps = SIZE_MAX;  ///< so many steps of the recipe, from the first on
};

/// Runs the dataset's recipe. A dataset without one (or with every step switched off) is opened as it is, nothing is copied. What took long or is large
/// is kept as column files in the project's folder and only mapped the next time. A step that fails stops it: "recipe.step_failed" {number, which, cause} with
/// the arguments of the step's own error.
/// "recipe.circle" {dataset}, "jobs.split_of_other_rows", "job.cancelled".
Result<CleanedData> cleanTable(Project& project, const DatasetRecord& dataset, const CleanRequest& request = {});

/// Runs the recipe to look at it: nothing is kept, and a step that fails is told in the result. Without a split in the request the dataset's newest is
/// taken where it has one.
Result<RecipeResult> tryRecipe(Project& project, const DatasetRecord& dataset, const Recipe& recipe, const CleanRequest& request = {});

/// The error of a step as that of its recipe: "recipe.step_failed" {number, which, cause} and the arguments of its own.
Error failedStep(const Recipe& recipe, std::size_t step, const Error& cause);

/// What the steps have to remark, refused cells counted.
std::vector<Issue> remarksOf(const CleanedData& cleaned);

/// The split as it counts for the clean table: rows that a step removed are Unused. "jobs.split_of_other_rows" {dataset, rows, split_rows} where a step
/// that gives rows of its own was added or taken away since the split was drawn; "jobs.split_of_changed_rows" {dataset} where it makes as many, but other rows.
Result<Split> splitOfCleaned(const Project& project, const SplitRecord& record, const CleanedData& cleaned);

/// Rows that a step removed become Unused.
void leaveOutRemoved(const CleanTable& clean, Split& split);

/// Each row as often as the recipe's weights say; as it is where there are none. Weights that are no whole numbers are met on the average of the rows that
/// have the same.
std::vector<std::int64_t> repeatedRows(std::span<const std::int64_t> rows, const CleanTable& clean);

/// How recipes get at the other tables of the project (join): the clean table of the dataset of that name or id, without removed rows.
/// `within`: the datasets whose recipes are being run, to find circles. The project must live as long as the function.
std::function<Result<Table>(const std::string&)> otherTables(Project& project, std::vector<std::string> within, const CancelToken& cancel);

// What a run keeps of the recipe.

/// For the run's data version: the recipe with what it learned, and the original columns: which of them the features come from (found out on a few rows)
/// and a value that may stand in for the others while predicting. null where there is no recipe.
Result<nlohmann::json> freezeRecipe(Project& project, const DatasetRecord& original, const CleanedData& cleaned, const std::vector<std::string>& features,
                                    const CancelToken& cancel = {});

/// A column of the dataset as it was when the run began.
struct FrozenColumn {
    ColumnRecord record;
    bool needed = true;                   ///< a feature, or which rows are answered, depends on it
    std::string standIn;                  ///< a value with which a row is not removed; what a column that is not needed counts as while predicting
    std::vector<std::string> categories;  ///< of a category
};

/// A run's own recipe and the columns it began with.
struct FrozenRecipe {
    Recipe recipe;                      ///< with what it learned; no steps for runs without one
    std::vector<FrozenColumn> columns;  ///< empty for runs without one
    std::string key;

    /// Does a step do something while predicting?
    bool worksOnNewRows() const;
};
Result<FrozenRecipe> frozenRecipe(const RunRecord& run);
/// Does the dataset's recipe differ from the run's by now?
Result<bool> recipeDiffers(Project& project, const RunRecord& run);

/// The run's data with the run's own recipe, whatever became of the dataset's since: the columns it was trained on where they are still there.
Result<CleanedData> cleanAsRun(Project& project, const RunRecord& run, const CancelToken& cancel = {});
/// The rows of the dataset as it is now, to be predicted: steps for training alone do nothing, and the target tells nothing.
Result<CleanedData> cleanForPrediction(Project& project, const RunRecord& run, const DatasetRecord& dataset, const CancelToken& cancel = {});
/// The same for any table that has the original columns; `datasetId`: the dataset they come from. The reason of a removed row: removedReason().
Result<CleanTable> applyFrozen(Project& project, const FrozenRecipe& frozen, const Table& source, const std::string& datasetId, const CancelToken& cancel = {},
                               int threads = 0);
/// Why a row that a recipe removed has no answer: "predict.removed_by_step" {which, number}.
Error removedReason(const Recipe& recipe, const CleanTable& clean, std::int64_t row);

/// The table without the rows that are removed, and which rows those left are. "cleaning.arrays_too_large".
struct RowsLeft {
    Table table;
    std::vector<std::int64_t> rows;  ///< of the clean table
};
Result<RowsLeft> withoutRemovedRows(const CleanTable& clean, const CancelToken& cancel = {});

}  // namespace lamina
