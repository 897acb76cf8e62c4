// Splits of a project's datasets, and the data made ready for a network. All functions block; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/data/prepared_data.h"
#include "core/data/split.h"
#include "core/data/split_leaks.h"
#include "core/data/table.h"
#include "core/project/project.h"

namespace lamina {

struct SplitOutcome {
    SplitRecord record;
    Split split;
    EditReceipt receipt;
    std::string ignoredColumn = {};  ///< said which part a row belongs to, and was a feature: ignored now, by the same edit
};

/// Draws the split of the dataset as its recipe leaves it, keeps it as a content file and adds it as one edit. `settings.target` empty: the dataset's
/// target. A column that says the part is no input: its role becomes "ignored". By near-duplicates: all pictures are read and compared; groups of more than 5 % of the rows are not kept together.
Result<SplitOutcome> splitDataset(Project& project, const DatasetRecord& dataset, SplitSettings settings, const CancelToken& cancel = {});

/// One split for each of settings.folds folds, each an edit of its own, the first fold first. Stops at the first that fails.
Result<std::vector<SplitOutcome>> splitIntoFolds(Project& project, const DatasetRecord& dataset, SplitSettings settings,
                                                 const CancelToken& cancel = {});

/// A split for `dataset` in which the rows of an older split (of this or of another dataset) keep their part; see extendSplit(). The settings are
/// those of the old one, but for the target.
struct ExtendedOutcome {
    SplitOutcome outcome;
    std::int64_t known = 0, added = 0, gone = 0;
};
Result<ExtendedOutcome> extendDatasetSplit(Project& project, const DatasetRecord& dataset, const SplitRecord& old, const std::string& key,
                                           const CancelToken& cancel = {});

/// A split of the rows there are now, by the settings of an older one: for recipes that make other rows than when it was drawn. By chance, with the same
/// shares and seed, where they cannot be divided as before. One of several folds: all of them. `target` empty: the dataset's.
Result<SplitOutcome> redrawSplit(Project& project, const DatasetRecord& dataset, const SplitRecord& old, const std::string& target = {},
                                 const CancelToken& cancel = {});

/// The settings that a split was drawn with, as far as its record tells them.
SplitSettings settingsOf(const SplitRecord& record);

/// What leaks between the parts of a split: "identical" rows, "near_duplicate" pictures, and "group" where it was drawn by groups or folders.
struct SplitLeaks {
    std::vector<RelationLeaks> relations;
    std::int64_t rows = 0;         ///< training, validation and test together
    std::int64_t largeGroups =
        0;  ///< of near-duplicates with more than 5 % of the rows: these count neither as leaks nor as a reason to move anything
    bool ownRows = true;  ///< rows are those that were imported; false: the recipe makes others of them
};
Result<SplitLeaks> findSplitLeaks(Project& project, const DatasetRecord& dataset, const SplitRecord& record, const CancelToken& cancel = {},
                                  const ProgressFunction& progress = {});

/// Brings what belongs together into one part (see mendLeaks()) and adds the result as a split of its own, where anything moved.
struct MendOutcome {
    SplitLeaks before, after;
    MendReport report;
    std::optional<SplitOutcome> outcome;  ///< empty: nothing was to be moved
};
Result<MendOutcome> mendSplit(Project& project, const DatasetRecord& dataset, const SplitRecord& record, const CancelToken& cancel = {},
                              const ProgressFunction& progress = {});

/// The split of this id; empty: the dataset's newest.
Result<SplitRecord> findSplit(Project& project, const DatasetRecord& dataset, const std::string& id);
Result<Split> readSplitFile(const Project& project, const SplitRecord& record, const Table& table, const std::string& target);

/// What the import found good for the pictures of the dataset; zeros: nothing was said.
ImageForm pictureForm(const DatasetRecord& dataset);
/// Where its pictures are looked for that are not at their place any more: the folder they came from, the one above, the project's
/// own, where it is given, and the folders in that.
std::vector<Path> pictureFolders(const DatasetRecord& dataset, const Path& project = {});
/// With those folders, of a dataset of the project.
PreparedData::Settings preparedSettings(Project& project, const std::string& dataset);
/// What a network and its training ask of the data beside the columns' roles: wishesOf() (app/jobs/network_jobs.h).
struct DataWishes {
    std::vector<InputWish> inputs;
    std::vector<TargetWish> targets;
};
/// Target and features by the columns' roles. `task` empty: from the target's kind.
PreparationSettings preparationSettings(const DatasetRecord& dataset, const std::string& task, const DataWishes& wishes = {});
/// Fits the preparation on the split's training rows.
Result<Preparation> prepareDataset(const DatasetRecord& dataset, const Table& table, const Split& split, const std::string& task,
                                   const CancelToken& cancel = {}, const DataWishes& wishes = {});

}  // namespace lamina
