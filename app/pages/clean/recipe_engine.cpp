#include "app/pages/clean/recipe_engine.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "app/jobs/recipe_keys.h"

namespace lamina {

/// Lives as long as a thread runs in it.
struct RecipeEngine::Worker {
    std::mutex mutex;  ///< a run that was given up may still be on its way out
    RecipeRunner runner;
    std::vector<std::uint8_t> training;
    std::function<Result<Table>(const std::string&)> otherTable;
    std::function<Recipe(const Recipe&)> withKeys;
    SourcePictures pictures;
    ImageReader reader;
    std::map<std::string, OtherTable> known;  ///< columns of other tables: a step that looks into one has opened it

    Result<Table> openOther(const std::string& name) {
        if (!otherTable) return fail("cleaning.no_other_table", {{"table", name}});
        LAMINA_TRY(Table table, otherTable(name));
        known[name] = otherTableOf(name, table);
        return table;
    }

    std::optional<OtherTable> other(const RecipeStep& step) {
        const std::string name = otherTableName(step);
        if (name.empty()) return {};
        if (!known.contains(name))
            if (const auto table = openOther(name); !table) return OtherTable{name, {}, table.error()};
        return known[name];
    }

    Result<RecipeResult> run(const Recipe& recipe, std::size_t steps, const CancelToken& cancel) {
        RecipeRun run;
        run.context.cancel = cancel;
        if (otherTable) run.context.otherTable = [this](const std::string& name) { return openOther(name); };
        run.context.pictures = pictures;
        run.training = training;
        run.steps = steps;
        LAMINA_TRY(auto result, runner.run(withKeys ? withKeys(recipe) : recipe, run));
        putReferencesBack(result.recipe, recipe);
        return result;
    }

    Result<std::shared_ptr<const ShownState>> state(const Recipe& recipe, std::size_t steps, const CancelToken& cancel) {
        const std::scoped_lock lock(mutex);
        auto state = std::make_shared<ShownState>();
        state->steps = steps;
        LAMINA_TRY(const RecipeResult after, run(recipe, steps, cancel));
        state->after = after.clean;
        state->before = after.clean;
        if (steps > 0) {
            LAMINA_TRY(const RecipeResult before, run(recipe, steps - 1, cancel));
            state->before = before.clean;
            state->waits = std::any_of(before.steps.begin(), before.steps.end(), [](const StepResult& step) { return step.error.has_value(); });
            state->result = after.steps[steps - 1];
            state->other = other(recipe.steps[steps - 1]);
            state->source = std::make_shared<StateSource>(state->before, state->after, static_cast<std::uint16_t>(steps), state->result.report, reader);
        } else {
            state->source = std::make_shared<StateSource>(state->after, reader);
        }
        return std::shared_ptr<const ShownState>(std::move(state));
    }

    Result<std::shared_ptr<const RecipeResult>> all(const Recipe& recipe, const CancelToken& cancel) {
        const std::scoped_lock lock(mutex);
        LAMINA_TRY(RecipeResult result, run(recipe, SIZE_MAX, cancel));
        return std::make_shared<const RecipeResult>(std::move(result));
    }
};

RecipeEngine::RecipeEngine(TaskList& tasks, QObject* parent) : QObject(parent), m_tasks(tasks) {}

RecipeEngine::~RecipeEngine() { stop(); }

void RecipeEngine::setSource(const Table& table, std::vector<std::uint8_t> training, std::function<Result<Table>(const std::string&)> otherTable,
                             std::function<Recipe(const Recipe&)> withKeys, SourcePictures pictures, ImageReader reader) {
    stop();
    m_worker = std::shared_ptr<Worker>(new Worker{{}, RecipeRunner(table), std::move(training), std::move(otherTable), std::move(withKeys), std::move(pictures), std::move(reader), {}});
}

void RecipeEngine::clear() {
    stop();
    m_worker = nullptr;
}

void RecipeEngine::setTask(int task) {
    const bool was = busy();
    m_task = task;
    if (was != busy()) emit busyChanged();
}

void RecipeEngine::stop() {
    if (m_task != 0) m_tasks.cancel(m_task);
    setTask(0);
}

void RecipeEngine::run(const Recipe& recipe, std::size_t shownSteps) {
    if (!m_worker) return;
    if (m_task != 0) m_tasks.cancel(m_task);
    showState(recipe, std::min(shownSteps, recipe.steps.size()));
}

void RecipeEngine::showState(const Recipe& recipe, std::size_t steps) {
    setTask(m_tasks.quietly(
        this, [worker = m_worker, recipe, steps](TaskContext& context) { return worker->state(recipe, steps, context.cancel); },
        [this, recipe](const Result<std::shared_ptr<const ShownState>>& state) {
            if (state) {
                emit stateReady(*state);
                return runAll(recipe);
            }
            setTask(0);
            if (state.error().code != "job.cancelled") emit failed(state.error());
        }));
}

void RecipeEngine::runAll(const Recipe& recipe) {
    setTask(m_tasks.quietly(
        this, [worker = m_worker, recipe](TaskContext& context) { return worker->all(recipe, context.cancel); },
        [this](const Result<std::shared_ptr<const RecipeResult>>& result) {
            setTask(0);
            if (result) emit recipeReady(*result);
            else if (result.error().code != "job.cancelled") emit failed(result.error());
        }));
}

}  // namespace lamina
