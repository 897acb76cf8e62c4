#include "app/pages/clean/recipe_changes.h"

#include <algorithm>

#include "core/base/uuid.h"

namespace lamina {

Recipe withoutSteps(Recipe recipe, const std::vector<std::size_t>& steps) {
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) recipe.steps.erase(recipe.steps.begin() + static_cast<std::ptrdiff_t>(*step));
    return recipe;
}

MovedSteps withMovedSteps(const Recipe& recipe, const std::vector<std::size_t>& steps, std::size_t before) {
    std::vector<RecipeStep> moving, staying;
    std::size_t place = 0;
    for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
        if (std::find(steps.begin(), steps.end(), i) != steps.end()) moving.push_back(recipe.steps[i]);
        else {
            staying.push_back(recipe.steps[i]);
            if (i < before) place = staying.size();
        }
    }
    if (moving.size() != steps.size()) return {recipe, 0};
    MovedSteps moved{{}, place + moving.size()};
    moved.recipe.steps = std::move(staying);
    moved.recipe.steps.insert(moved.recipe.steps.begin() + static_cast<std::ptrdiff_t>(place), moving.begin(), moving.end());
    return moved;
}

Recipe withStepsOf(Recipe recipe, const Recipe& other) {
    for (RecipeStep step : other.steps) {
        step.id = newUuid();
        step.fitted = nullptr;
        recipe.steps.push_back(std::move(step));
    }
    return recipe;
}

}  // namespace lamina
