// The recipe of a dataset as the project keeps it: the list of cleaning steps that stands beside the original columns.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "core/store/store.h"

namespace lamina {

struct RecipeRecord {
    std::string datasetId;
    nlohmann::json document = nlohmann::json::object();  ///< toJson(Recipe) without what was learned; empty: no steps
    nlohmann::json roles = nlohmann::json::object();     ///< of columns that steps make, by name: "feature", "target", "ignored"
    std::int64_t revision = 0;                           ///< one more with each change; 0: the dataset has none yet
};

/// Recipes of a project, one for each dataset. Every change is a journaled edit.
class RecipeRepository {
public:
    RecipeRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    /// Without steps and of revision 0 where the dataset has none. "dataset.not_found" {dataset}.
    Result<RecipeRecord> of(const std::string& datasetId) const;
    /// Replaces the dataset's recipe. `record.revision` is the one that of() gave: "recipe.changed_meanwhile" where there is another by now.
    /// "dataset.not_found" {dataset}.
    EditFuture set(EditName name, RecipeRecord record);

private:
    Store& m_store;
    const std::string& m_author;
};

}  // namespace lamina
