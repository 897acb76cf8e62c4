// "Make a dataset of this state": what a recipe gives, turned into a dataset of its own. Blocks; any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/dataset_jobs.h"

namespace lamina {

struct DerivedRequest {
    std::string name;             ///< empty: from the source's
    std::size_t steps = SIZE_MAX; ///< of the recipe, from the first on; the steps behind are not in it
    CancelToken cancel;
    ProgressFunction progress;
};

/// The rows that no step removed, with the columns and roles that the recipe gives; fitted steps learned from the newest split's training rows, else from
/// all. One edit. Where it comes from, and by which recipe, is noted in its columns. "recipe.step_failed", errors of writing, "job.cancelled".
Result<ImportOutcome> makeDatasetOfState(Project& project, const DatasetRecord& source, const DerivedRequest& request = {});

/// These rows of a table as a dataset of its own: one edit. `described`: name (empty: the source's) and importer; `roles`: one per column, empty: it stays out; `from`: what else is
/// noted of where it comes from. Errors of writing, "job.cancelled".
Result<ImportOutcome> addDerivedDataset(Project& project, const DatasetRecord& source, DatasetRecord described, const Table& table, std::span<const std::int64_t> rows,
                                        const std::vector<std::string>& roles, nlohmann::json from, const ImportJob& job);

/// The importer that datasets made of a state name.
inline constexpr const char* derivedImporter = "recipe";

}  // namespace lamina
