// Splits of a project's datasets, and the data made ready for a network. All functions block; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/data/preparation.h"
#include "core/data/split.h"
#include "core/data/table.h"
#include "core/project/project.h"

namespace lamina {

struct SplitOutcome {
    SplitRecord record;
    Split split;
    EditReceipt receipt;
};

/// Draws the split, keeps it as a content file and adds it as one edit. `settings.target` empty: the dataset's target.
Result<SplitOutcome> splitDataset(Project& project, const DatasetRecord& dataset, SplitSettings settings, const CancelToken& cancel = {});

/// The split of this id; empty: the dataset's newest.
Result<SplitRecord> findSplit(Project& project, const DatasetRecord& dataset, const std::string& id);
Result<Split> readSplitFile(const Project& project, const SplitRecord& record, const Table& table, const std::string& target);

/// Fits the preparation on the split's training rows: target and features by the columns' roles. `task` empty: from the target's kind.
Result<Preparation> prepareDataset(const DatasetRecord& dataset, const Table& table, const Split& split, const std::string& task, const CancelToken& cancel = {});

}  // namespace lamina
