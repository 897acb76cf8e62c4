#include "app/pages/clean/recipe_saver.h"

namespace lamina {

RecipeSaver::RecipeSaver(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {}

void RecipeSaver::save(const Recipe& recipe, const EditName& name) {
    m_waiting.push_back({recipe, name});
    if (m_waiting.size() == 1) saveNext();
}

void RecipeSaver::forget() {
    m_waiting.clear();
    ++m_generation;
}

void RecipeSaver::saveNext() {
    const Change change = m_waiting.front();
    m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared(), kept = m_kept, change](TaskContext&) -> Result<DatasetRecipe> {
            LAMINA_CHECK(writeRecipe(*project, kept, change.recipe, change.name));
            return readRecipe(*project, kept.record.datasetId);
        },
        [this, generation = m_generation](Result<DatasetRecipe> kept) {
            if (generation != m_generation) return;
            m_workspace.noteEdit();
            if (!kept) {
                m_waiting.clear();
                return emit failed(kept.error());
            }
            m_kept = std::move(*kept);
            m_waiting.pop_front();
            if (m_waiting.empty()) emit saved();
            else saveNext();
        });
}

}  // namespace lamina
