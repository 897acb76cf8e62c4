// A dataset with its recipe and all that the Clean page needs of it, read in the background.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/jobs/recipe_edits.h"
#include "core/data/table.h"
#include "core/project/project.h"

namespace lamina {

struct OpenedRecipe {
    DatasetRecord dataset;
    Table table;                         ///< as it was imported
    DatasetRecipe kept;                  ///< as it stands in the project
    std::vector<std::uint8_t> training;  ///< 1 where the newest split trains; empty: no split
    std::vector<std::uint8_t> parts;     ///< of the newest split
    std::optional<SplitRecord> split;    ///< the newest
    std::string splitId, target;
    std::vector<std::string> others;                       ///< names of the project's other datasets
    std::vector<std::pair<std::string, std::string>> all;  ///< ids and names of all datasets, oldest first
};

/// `wanted`: an id; empty or unknown: the newest. nullptr where the project has no data. What did not change is taken over from `known`.
/// Blocks; not in the GUI thread.
Result<std::shared_ptr<const OpenedRecipe>> openRecipe(Project& project, const std::string& wanted, std::shared_ptr<const OpenedRecipe> known);

}  // namespace lamina
