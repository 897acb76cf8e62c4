// A recipe run over a dataset, or what was kept of it: what clean_jobs.h and its recipes of runs have in common.
#pragma once

#include <string>
#include <vector>

#include "app/jobs/clean_cache.h"
#include "app/jobs/clean_jobs.h"

namespace lamina {

std::string shaOf(const std::string& text);
/// The columns with all that a recipe may depend on: for keys.
std::string columnsText(const DatasetRecord& dataset);
/// Is a step switched on?
bool doesAnything(const Recipe& recipe);
/// Does a step give rows of its own?
bool reshapes(const Recipe& recipe);
/// The error of the first step that failed: failedStep().
Result<void> checkSteps(const RecipeResult& result);
/// Fills cleaned.dataset: the dataset as the recipe leaves it, and the clean table with the same roles. `madeRoles`: of columns that steps make.
Result<void> describeCleaned(const DatasetRecord& original, const nlohmann::json& madeRoles, CleanedData& cleaned);

/// Runs a recipe, or takes what was kept of it.
struct KeptRun {
    Project& project;
    const Table& source;
    const Recipe& recipe;
    RecipeRun run;
    std::string key;
    std::vector<std::string> within;

    Result<KeptClean> result();

private:
    Result<KeptClean> keep(const CleanCache& cache, KeptClean clean, const std::string& others);
};

}  // namespace lamina
