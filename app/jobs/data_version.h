// What the numbers of a run mean: which columns, split, preparation and recipe it was made with.
#pragma once

#include <nlohmann/json.hpp>

#include "core/data/preparation.h"
#include "core/project/project.h"

namespace lamina {

/// RunRecord::dataVersion. `recipe`: freezeRecipe().
inline nlohmann::json dataVersionOf(const DatasetRecord& dataset, const SplitRecord& split, const Preparation& preparation, nlohmann::json recipe) {
    auto columns = nlohmann::json::object();
    for (const auto& column : dataset.columns) columns[column.name] = column.fileHash;
    return {{"dataset", dataset.id}, {"sourceHash", dataset.sourceHash}, {"rows", dataset.rows},   {"columns", columns},
            {"split", split.id},     {"assignment", split.assignmentFileHash}, {"preparation", toJson(preparation)},
            {"recipe", std::move(recipe)}};
}

}  // namespace lamina
