// The figures of folds as `train --folds` and `runs` tell them.
#pragma once

#include "app/cli/console.h"
#include "app/jobs/fold_jobs.h"

namespace lamina {

/// A table of "mean ± standard deviation" per series and figure, and the same as JSON. Says nothing where there is no series.
nlohmann::json showFoldSeries(Console& console, const std::vector<FoldSeries>& all);

}  // namespace lamina
