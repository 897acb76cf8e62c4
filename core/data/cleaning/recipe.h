// A recipe: named cleaning steps in order, as data. It is kept beside the dataset, saved as a file, applied to other tables and at prediction time.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/data/cleaning/step_type.h"

namespace lamina {

struct RecipeStep {
    std::string id = newUuid();
    std::string type;      ///< id of a CleaningStepType
    nlohmann::json settings = nlohmann::json::object();  ///< of the type; unset ones keep their defaults
    bool enabled = true;
    std::string comment;   ///< the user's own words
    nlohmann::json fitted; ///< what the step learned; null: nothing, or not yet

    bool operator==(const RecipeStep&) const = default;
};

struct Recipe {
    std::vector<RecipeStep> steps;
    bool operator==(const Recipe&) const = default;
};

nlohmann::json toJson(const Recipe& recipe);
/// Checks all it reads: "cleaning.recipe_damaged" {what}, "cleaning.unknown_step" {step, known}, errors of the settings with {step}.
Result<Recipe> recipeFromJson(const nlohmann::json& json);
/// Without what was learned: what makes two recipes the same work.
std::string recipeHash(const Recipe& recipe);

/// What one step of a recipe did. `error`: why it (and all behind it) did not run.
struct StepResult {
    StepReport report;
    std::optional<Error> error;
    double seconds = 0;
};

struct RecipeResult {
    CleanTable clean;                ///< after the last step that ran
    std::vector<StepResult> steps;   ///< one per step; those that are switched off are empty
    Recipe recipe;                   ///< the recipe with what its steps learned
};

/// How a recipe is run.
struct RecipeRun {
    CleaningContext context;
    TrainingRows training;       ///< what fitted steps learn from; empty: all rows
    TrainingRows trainingBehind; ///< the same for the steps behind the last one that reshapes, by the rows that it makes; empty, or of other rows: all
    bool refit = true;           ///< false: steps use what they learned before ("cleaning.not_fitted" {step} where they did not)
    std::size_t steps = SIZE_MAX; ///< so many steps from the first on (to look at a state in between)
};

/// Runs the steps in order. A step that fails stops the recipe there: its error stands in RecipeResult::steps and the table is that before it.
/// Only "job.cancelled" is an error of the whole.
Result<RecipeResult> runRecipe(const Table& source, const Recipe& recipe, const RecipeRun& run);

/// For the window: runs again only from the first step that changed, keeping the states between (they share the columns that are alike).
/// Used by one thread at a time.
class RecipeRunner {
public:
    explicit RecipeRunner(Table source) : m_source(std::move(source)) {}
    Result<RecipeResult> run(const Recipe& recipe, const RecipeRun& run);
    /// Bytes of columns in memory that the kept states own.
    std::size_t bytes() const;

private:
    struct State {
        std::string key;  ///< of everything that led here
        CleanTable clean;
        StepResult result;
        nlohmann::json fitted;
        std::string rowsKey;  ///< see CleanTable
    };
    Table m_source;
    std::vector<State> m_states;
};

}  // namespace lamina
