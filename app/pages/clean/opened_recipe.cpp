#include "app/pages/clean/opened_recipe.h"

#include <algorithm>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"

namespace lamina {
namespace {

bool sameColumnFiles(const DatasetRecord& a, const DatasetRecord& b) {
    return a.id == b.id &&
           std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                      [](const ColumnRecord& x, const ColumnRecord& y) { return x.id == y.id && x.fileHash == y.fileHash && x.name == y.name; });
}

/// A split that cannot be read any more is the Data page's to tell: steps then learn from all rows.
void openTraining(Project& project, OpenedRecipe& opened, const OpenedRecipe* known) {
    const auto splits = project.splits().ofDataset(opened.dataset.id);
    if (!splits || splits->empty()) return;
    opened.split = splits->back();
    opened.splitId = splits->back().id;
    if (known && known->splitId == opened.splitId) {
        opened.training = known->training;
        opened.parts = known->parts;
        return;
    }
    // That of rows which the recipe makes says nothing of the original ones.
    if (!rowsKeyIn(splits->back().method).empty()) return;
    const auto split = readSplitFile(project, splits->back(), opened.table, {});
    if (!split) return;
    opened.parts = split->parts;
    for (const std::uint8_t part : split->parts) opened.training.push_back(part == static_cast<std::uint8_t>(Part::Training));
}

}  // namespace

Result<std::shared_ptr<const OpenedRecipe>> openRecipe(Project& project, const std::string& wanted, std::shared_ptr<const OpenedRecipe> known) {
    LAMINA_TRY(const auto all, project.datasets().all());
    if (all.empty()) return std::shared_ptr<const OpenedRecipe>();
    const auto found = std::find_if(all.begin(), all.end(), [&](const DatasetRecord& record) { return record.id == wanted; });
    auto opened = std::make_shared<OpenedRecipe>();
    opened->dataset = found == all.end() ? all.back() : *found;
    opened->target = targetColumn(opened->dataset);
    for (const DatasetRecord& record : all) {
        opened->all.emplace_back(record.id, record.name);
        if (record.id != opened->dataset.id) opened->others.push_back(record.name);
    }
    if (known && sameColumnFiles(known->dataset, opened->dataset)) opened->table = known->table;
    else {
        known = nullptr;
        LAMINA_TRY(opened->table, openTable(project, opened->dataset));
    }
    LAMINA_TRY(opened->kept, readRecipe(project, opened->dataset.id));
    for (const auto& [name, role] : opened->kept.record.roles.items())
        if (role == "target") opened->target = name;
    openTraining(project, *opened, known.get());
    return std::shared_ptr<const OpenedRecipe>(std::move(opened));
}

}  // namespace lamina
