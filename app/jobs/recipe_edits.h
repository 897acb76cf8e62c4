// The recipe of a dataset, read and changed: each change is one named edit of the project. All functions block; any thread.
#pragma once

#include <string>

#include "core/data/cleaning/recipe.h"
#include "core/project/project.h"

namespace lamina {

/// A dataset's recipe as it stands in the project, and what writeRecipe() needs to replace it.
struct DatasetRecipe {
    Recipe recipe;        ///< without what was learned
    RecipeRecord record;  ///< of the project; its revision guards against overwriting somebody else's change
};
/// No steps where the dataset has none. "cleaning.recipe_damaged", "cleaning.unknown_step".
Result<DatasetRecipe> readRecipe(Project& project, const std::string& datasetId);

/// Keeps `changed` instead of what was read, as the edit `name`; keys in clear are put apart (recipe_keys.h). "recipe.changed_meanwhile" where somebody else was faster.
Result<EditReceipt> writeRecipe(Project& project, const DatasetRecipe& read, const Recipe& changed, EditName name);

/// What the changes are called.
EditName addedStep(const RecipeStep& step);
EditName removedStep(const RecipeStep& step);
EditName movedStep(const RecipeStep& step);
EditName changedStep(const RecipeStep& step);
EditName switchedStep(const RecipeStep& step);  ///< off or on, as the step is now
EditName commentedStep(const RecipeStep& step);
EditName takenRecipe(const std::string& from);  ///< a whole recipe, from a file or another dataset

/// The name that messages know a step type by: "cleaning.fill_missing.title".
std::string stepTitleId(const std::string& type);

}  // namespace lamina
