// Runs the recipe in the background: first the state that is looked at, then all of it. The newest wish wins.
#pragma once

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

#include "app/pages/clean/state_source.h"
#include "app/pages/clean/step_rows.h"
#include "app/workspace/task_list.h"
#include "core/data/cleaning/recipe.h"

namespace lamina {

/// The state behind the first `steps` steps.
struct ShownState {
    std::size_t steps = 0;
    CleanTable before, after;  ///< of the last of these steps; the same where there is none
    StepResult result;         ///< of the last of these steps
    std::shared_ptr<const StateSource> source;
    std::optional<OtherTable> other;  ///< that the last of these steps looks things up in
    bool waits = false;               ///< a step before the last cannot run, and so `before` is not what the last one gets
};

class RecipeEngine : public QObject {
    Q_OBJECT
public:
    explicit RecipeEngine(TaskList& tasks, QObject* parent = nullptr);
    ~RecipeEngine() override;

    /// What the recipe begins with. `training`: see RecipeRun; `otherTable`: see StepContext; `withKeys`: makes of a recipe one with its keys in clear.
    /// `pictures`: see StepContext; `reader`: of the picture files that are shown. Nothing runs.
    void setSource(const Table& table, std::vector<std::uint8_t> training, std::function<Result<Table>(const std::string&)> otherTable,
                   std::function<Recipe(const Recipe&)> withKeys = {}, SourcePictures pictures = {}, ImageReader reader = ImageReader());
    /// Nothing any more.
    void clear();
    /// Runs what has changed since the last time.
    void run(const Recipe& recipe, std::size_t shownSteps);
    /// Gives up; what is shown stays.
    void stop();
    bool busy() const { return m_task != 0; }

signals:
    void stateReady(std::shared_ptr<const lamina::ShownState> state);
    void recipeReady(std::shared_ptr<const lamina::RecipeResult> result);
    void busyChanged();
    void failed(const lamina::Error& error);

private:
    struct Worker;
    void showState(const Recipe& recipe, std::size_t steps);
    void runAll(const Recipe& recipe);
    void setTask(int task);

    TaskList& m_tasks;
    std::shared_ptr<Worker> m_worker;
    int m_task = 0;
};

}  // namespace lamina
