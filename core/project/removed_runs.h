// What deleted runs still take up (checkpoints, curves), and giving that back for good.
#pragma once

#include <cstdint>

#include "core/base/cancel.h"
#include "core/project/project.h"

namespace lamina {

struct RemovedRuns {
    std::int64_t runs = 0;
    std::uint64_t bytes = 0;  ///< of their checkpoints, and about those of their curves
};

/// Deleted runs that can still be brought back, and those whose space was not given back to the end.
Result<RemovedRuns> removedRuns(Project& project);

/// From here on the deleted runs cannot be brought back: the edits that deleted them stay in the history, but are no longer undone.
/// Removes their checkpoints, curves and evaluations, in small pieces; a run's row and its final checks stay. What was interrupted goes on with the
/// next call. Gives what was given back (room inside the project file is used again, the file itself does not shrink).
/// "run.in_progress" {run}, "store.read_only", "job.cancelled". Blocks; any thread.
Result<RemovedRuns> freeRemovedRuns(Project& project, const CancelToken& cancel = {}, const ProgressFunction& progress = {});

}  // namespace lamina
