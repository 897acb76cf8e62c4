// Recipes as they are after a person's change. Pure functions: the page runs, keeps and shows what they give.
#pragma once

#include <string>
#include <vector>

#include "core/data/cleaning/recipe.h"

namespace lamina {

/// `steps`: rising places.
Recipe withoutSteps(Recipe recipe, const std::vector<std::size_t>& steps);

struct MovedSteps {
    Recipe recipe;
    std::size_t shown = 0;  ///< steps up to the last one that was moved
};
/// These steps, one behind the other, before the one that stands at `before` now. As it was where a place does not exist.
MovedSteps withMovedSteps(const Recipe& recipe, const std::vector<std::size_t>& steps, std::size_t before);

/// The steps of another recipe behind those that are there; what they learned elsewhere is left out.
Recipe withStepsOf(Recipe recipe, const Recipe& other);

}  // namespace lamina
