// Keeps changed recipes in the project, one after the other: every change is one edit of the journal.
#pragma once

#include <QObject>

#include <deque>

#include "app/jobs/recipe_edits.h"
#include "app/workspace/workspace.h"

namespace lamina {

class RecipeSaver : public QObject {
    Q_OBJECT
public:
    explicit RecipeSaver(Workspace& workspace, QObject* parent = nullptr);

    /// What stands in the project; nothing may be waiting.
    void setKept(const DatasetRecipe& kept) { m_kept = kept; }
    void save(const Recipe& recipe, const EditName& name);
    bool saving() const { return !m_waiting.empty(); }
    void forget();

signals:
    /// Nothing waits any more. `kept`: what stands in the project now.
    void saved();
    /// It could not be kept: what is shown has to be read again.
    void failed(const lamina::Error& error);

private:
    void saveNext();

    struct Change {
        Recipe recipe;
        EditName name;
    };
    Workspace& m_workspace;
    DatasetRecipe m_kept;
    std::deque<Change> m_waiting;
    int m_generation = 0;
};

}  // namespace lamina
