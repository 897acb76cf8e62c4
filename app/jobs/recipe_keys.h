// The keys of steps that hide values (settings of the meaning "secret"). Recipes hold references; the keys themselves lie in a file of their own in the
// project's folder that only its user may read, and go along with nothing that leaves the project unless that is asked for. All functions block; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/data/cleaning/recipe.h"
#include "core/project/project.h"

namespace lamina {

/// Keys by their references.
using KeptKeys = std::map<std::string, std::string>;
Path keysFile(const Project& project);
/// None where there is no such file. "recipe.keys_damaged" {file}.
Result<KeptKeys> readKeys(const Path& file);

/// Keeps the keys that stand in the recipe in clear and puts references in their place; the same key gets the same reference.
Result<void> keepKeys(Project& project, Recipe& recipe);
/// The recipe with its keys in clear, for running it or for a file that is to hold them. A reference to a key that is not here stays; the step refuses it.
Recipe withKeys(const Project& project, Recipe recipe);
/// For a file: what stands there in clear is emptied, references stay.
Recipe withoutKeys(Recipe recipe);
/// Does a step have a key, in clear or kept?
bool hasKeys(const Recipe& recipe);
/// The numbers (from 1) of the steps whose key is not in the project.
std::vector<std::size_t> stepsWithoutKey(const Project& project, const Recipe& recipe);

/// runRecipe() with the keys; the recipe in the result has references as the one that was given.
Result<RecipeResult> runWithKeys(const Project& project, const Table& source, const Recipe& recipe, const RecipeRun& run);
/// The settings of `made` as they stand in `given`.
void putReferencesBack(Recipe& made, const Recipe& given);

}  // namespace lamina
