// How rows are divided where nobody says how. Blocks; any thread.
#pragma once

#include "app/jobs/dataset_jobs.h"
#include "core/data/split.h"

namespace lamina {

/// By the subset column where there is one. Frames of films: no film lies in two parts (by the group "video"); of fewer than three films by time, so that
/// frames that follow one another lie together. Else by chance.
Result<SplitSettings> usualSplit(Project& project, const DatasetRecord& dataset, const CancelToken& cancel = {});

}  // namespace lamina
