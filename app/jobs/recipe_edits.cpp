#include "app/jobs/recipe_edits.h"

#include "app/jobs/recipe_keys.h"

namespace lamina {
namespace {

Recipe withoutLearned(Recipe recipe) {
    for (RecipeStep& step : recipe.steps) step.fitted = nullptr;
    return recipe;
}

}  // namespace

Result<DatasetRecipe> readRecipe(Project& project, const std::string& datasetId) {
    DatasetRecipe read;
    LAMINA_TRY(read.record, project.recipes().of(datasetId));
    if (read.record.document.empty()) return read;
    LAMINA_TRY(auto recipe, recipeFromJson(read.record.document));
    read.recipe = withoutLearned(std::move(recipe));
    return read;
}

Result<EditReceipt> writeRecipe(Project& project, const DatasetRecipe& read, const Recipe& changed, EditName name) {
    RecipeRecord record = read.record;
    Recipe kept = withoutLearned(changed);
    LAMINA_CHECK(keepKeys(project, kept));
    record.document = toJson(kept);
    return project.recipes().set(std::move(name), std::move(record)).get();
}

std::string stepTitleId(const std::string& type) { return "cleaning." + type + ".title"; }

EditName addedStep(const RecipeStep& step) { return editName("edit.add_step", {{"step", stepTitleId(step.type)}}); }
EditName removedStep(const RecipeStep& step) { return editName("edit.remove_step", {{"step", stepTitleId(step.type)}}); }
EditName movedStep(const RecipeStep& step) { return editName("edit.move_step", {{"step", stepTitleId(step.type)}}); }
EditName changedStep(const RecipeStep& step) { return editName("edit.change_step", {{"step", stepTitleId(step.type)}}); }
EditName commentedStep(const RecipeStep& step) { return editName("edit.comment_step", {{"step", stepTitleId(step.type)}}); }

EditName switchedStep(const RecipeStep& step) {
    return step.enabled ? editName("edit.switch_on_step", {{"step", stepTitleId(step.type)}})
                        : editName("edit.switch_off_step", {{"step", stepTitleId(step.type)}});
}

EditName takenRecipe(const std::string& from) { return editName("edit.take_recipe", {{"from", from}}); }

}  // namespace lamina
