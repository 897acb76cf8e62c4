#include "core/data/cleaning/recipe.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "core/base/sha256.h"
#include "core/data/row_hash.h"

namespace lamina {
namespace {

using nlohmann::json;

std::string compactText(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string hashOf(const std::string& text) { return sha256(text.data(), text.size()); }

Error damagedRecipe(const std::string& what) { return fail("cleaning.recipe_damaged", {{"what", what}}); }

std::string knownSteps() {
    std::string known;
    for (const auto* type : cleaningStepCatalogue()) known += (known.empty() ? "" : ", ") + type->id;
    return known;
}

Result<const CleaningStepType*> typeOf(const RecipeStep& step) {
    const CleaningStepType* type = findCleaningStep(step.type);
    if (!type) return fail("cleaning.unknown_step", {{"step", step.type}, {"known", knownSteps()}});
    return type;
}

/// The settings with their defaults filled in.
Result<std::any> settingsOf(const CleaningStepType& type, const json& settings) {
    std::any all = type.defaults;
    if (auto read = propertiesFromJson(type.properties, settings, all); !read) return read.takeError().with("step", type.id);
    return all;
}

bool isText(const json& object, const char* key) { return !object.contains(key) || object[key].is_string(); }

Result<RecipeStep> stepFromJson(const json& object, std::size_t number) {
    const std::string which = "steps[" + std::to_string(number) + "]";
    if (!object.is_object()) return damagedRecipe(which);
    for (const char* key : {"id", "type", "comment"})
        if (!isText(object, key)) return damagedRecipe(which + "." + key);
    if (object.contains("enabled") && !object["enabled"].is_boolean()) return damagedRecipe(which + ".enabled");
    RecipeStep step;
    step.id = object.value("id", step.id);
    if (step.id.empty()) return damagedRecipe(which + ".id");
    step.type = object.value("type", "");
    step.comment = object.value("comment", "");
    step.enabled = object.value("enabled", true);
    step.settings = object.value("settings", json::object());
    step.fitted = object.value("fitted", json());
    LAMINA_TRY(const CleaningStepType* type, typeOf(step));
    LAMINA_CHECK(settingsOf(*type, step.settings));
    if (step.settings.is_null()) step.settings = json::object();
    return step;
}

}  // namespace

const CleaningStepType* findCleaningStep(const std::string& id) {
    for (const auto* type : cleaningStepCatalogue())
        if (type->id == id) return type;
    return nullptr;
}

json toJson(const Recipe& recipe) {
    json steps = json::array();
    for (const RecipeStep& step : recipe.steps) {
        json object{{"id", step.id}, {"type", step.type}, {"settings", step.settings}, {"enabled", step.enabled}};
        if (!step.comment.empty()) object["comment"] = step.comment;
        if (!step.fitted.is_null()) object["fitted"] = step.fitted;
        steps.push_back(std::move(object));
    }
    return {{"format", "lamina-recipe"}, {"version", 1}, {"steps", std::move(steps)}};
}

Result<Recipe> recipeFromJson(const json& object) {
    if (!object.is_object()) return damagedRecipe("{}");
    if (object.value("format", json("lamina-recipe")) != "lamina-recipe") return damagedRecipe("format");
    if (object.value("version", json(1)) != 1) return damagedRecipe("version");
    const auto steps = object.find("steps");
    if (steps == object.end() || !steps->is_array()) return damagedRecipe("steps");
    if (steps->size() >= UINT16_MAX) return damagedRecipe("steps");  // a step's number stands in the rows it removes
    Recipe recipe;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < steps->size(); ++i) {
        LAMINA_TRY(auto step, stepFromJson((*steps)[i], i));
        if (!ids.insert(step.id).second) return damagedRecipe("steps[" + std::to_string(i) + "].id");
        recipe.steps.push_back(std::move(step));
    }
    return recipe;
}

std::string recipeHash(const Recipe& recipe) {
    json work = json::array();
    for (const RecipeStep& step : recipe.steps) {
        if (!step.enabled) continue;
        const CleaningStepType* type = findCleaningStep(step.type);
        const auto settings = type ? settingsOf(*type, step.settings) : Result<std::any>(std::any());
        work.push_back({step.type, type && settings ? propertiesToJson(type->properties, *settings) : step.settings});
    }
    return hashOf(compactText(work));
}

namespace {

/// The rows of this state that may teach: those of the training part that are there. Empty: all.
std::vector<std::uint8_t> teachingRows(const CleanTable& clean, TrainingRows training) {
    if (training.empty() && !clean.removedBy) return {};
    std::vector<std::uint8_t> rows(static_cast<std::size_t>(clean.table.rows()), 1);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::int64_t source = clean.origin ? (*clean.origin)[row] : static_cast<std::int64_t>(row);
        if (!training.empty() && source >= 0)
            rows[row] = static_cast<std::size_t>(source) < training.size() && training[static_cast<std::size_t>(source)] != 0;
        if (clean.isRemoved(static_cast<std::int64_t>(row))) rows[row] = 0;
    }
    return rows;
}

/// The same behind a step that made these rows, whose parts the split says itself.
std::vector<std::uint8_t> teachingRowsBehind(const CleanTable& clean, TrainingRows training) {
    const bool known = std::cmp_equal(training.size(), clean.table.rows() - clean.appended);
    if (!known && !clean.removedBy) return {};
    std::vector<std::uint8_t> rows(static_cast<std::size_t>(clean.table.rows()), !known);
    if (known) std::copy(training.begin(), training.end(), rows.begin());
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (clean.isRemoved(static_cast<std::int64_t>(row))) rows[row] = 0;
    return rows;
}

/// Does an enabled step before this place give rows of its own, and none from there on?
bool isBehindReshaping(const Recipe& recipe, std::size_t place) {
    bool before = false, later = false;
    for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
        const CleaningStepType* type = findCleaningStep(recipe.steps[i].type);
        if (recipe.steps[i].enabled && type && type->rows == RowEffect::Reshapes) (i < place ? before : later) = true;
    }
    return before && !later;
}

/// One step of a recipe, being run.
struct StepRun {
    const RecipeStep& step;
    const RecipeRun& run;
    std::uint16_t number;
    bool behind;  ///< the last step that reshapes

    Result<json> learn(const CleaningStepType& type, const CleanTable& input, const std::any& settings, const CleaningContext& context) const {
        if (!type.fit) return json();
        if (!run.refit) {
            // What reshaping steps learn is asked for by new rows alone.
            if (step.fitted.is_null() && type.rows == RowEffect::Reshapes && !context.predicting) return json();
            if (step.fitted.is_null()) return fail("cleaning.not_fitted", {{"step", type.id}});
            return step.fitted;
        }
        const auto rows = behind ? teachingRowsBehind(input, run.trainingBehind) : teachingRows(input, run.training);
        return type.fit(input, rows, settings, context);
    }

    Result<CleanTable> apply(const CleanTable& input, json& fitted, StepReport& report) const {
        LAMINA_TRY(const CleaningStepType* type, typeOf(step));
        LAMINA_TRY(const std::any settings, settingsOf(*type, step.settings));
        CleaningContext context = run.context;
        context.number = number;
        context.divided = !(behind ? run.trainingBehind : run.training).empty();
        if (context.predicting && type->rows == RowEffect::TrainingOnly) return input;
        LAMINA_TRY(fitted, learn(*type, input, settings, context));
        return type->apply(input, settings, fitted, context, report);
    }

    /// What was learned may come from a file that says anything: a step reads it without asking what it is.
    Result<CleanTable> applySafely(const CleanTable& input, json& fitted, StepReport& report) const {
        try {
            return apply(input, fitted, report);
        } catch (const json::exception&) {
            return damagedRecipe("steps[" + std::to_string(number - 1) + "].fitted");
        } catch (const std::bad_alloc&) {
            return fail("cleaning.out_of_memory", {{"step", step.type}});
        }
    }
};

/// Runs one step: the table behind it, or the one before where it failed. Only "job.cancelled" is an error.
Result<CleanTable> runStep(const CleanTable& input, const Recipe& recipe, const RecipeRun& run, std::size_t place, std::size_t total,
                           StepResult& result, json& fitted) {
    const RecipeStep& step = recipe.steps[place];
    if (!step.enabled) return input;
    if (run.context.progress) run.context.progress({"clean", static_cast<std::int64_t>(place), static_cast<std::int64_t>(total), "steps"});
    const auto start = std::chrono::steady_clock::now();
    auto output = StepRun{step, run, static_cast<std::uint16_t>(place + 1), isBehindReshaping(recipe, place)}.applySafely(input, fitted, result.report);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (output) return output;
    if (output.error().code == "job.cancelled") return output.takeError();
    result = StepResult{{}, output.takeError().with("step", step.type), result.seconds};
    return input;
}

/// Rows are recognised by the columns that came through from the source as they were; figures are no names.
std::string keyOfRows(const Table& source, const Table& made, const CleaningContext& context) {
    std::vector<TableColumn> names;
    std::vector<std::size_t> all;
    for (std::size_t c = 0; c < made.columnCount(); ++c) {
        const ColumnInfo& info = made.info(c);
        if (info.kind == ColumnKind::Number || info.kind == ColumnKind::Tensor || info.kind == ColumnKind::Image) continue;
        for (std::size_t s = 0; s < source.columnCount(); ++s)
            if (source.info(s).id == info.id) {
                names.push_back(made.column(c).renamed(info.id));
                all.push_back(all.size());
            }
    }
    const auto table = Table::of(std::move(names));
    if (!table) return {};
    const auto hashes = hashRows(*table, all, context.threads, context.cancel);
    return hashes ? hashOf(std::to_string(made.rows()) + ' ' + sha256(hashes->data(), hashes->size() * sizeof(std::uint64_t))).substr(0, 16) : std::string();
}

bool reshapesRows(const RecipeStep& step) {
    const CleaningStepType* type = findCleaningStep(step.type);
    return step.enabled && type && type->rows == RowEffect::Reshapes;
}

std::size_t stepsToRun(const Recipe& recipe, const RecipeRun& run) { return std::min(recipe.steps.size(), run.steps); }

/// The first step that fails stops the recipe: those behind it carry its error.
void stopBehind(RecipeResult& result, std::size_t failed) {
    for (std::size_t i = failed + 1; i < result.steps.size(); ++i)
        if (result.recipe.steps[i].enabled) result.steps[i].error = result.steps[failed].error;
}

}  // namespace

Result<RecipeResult> runRecipe(const Table& source, const Recipe& recipe, const RecipeRun& run) {
    RecipeResult result;
    result.recipe = recipe;
    result.steps.resize(recipe.steps.size());
    result.clean.table = source;
    std::string rowsKey;
    for (std::size_t i = 0; i < stepsToRun(recipe, run); ++i) {
        json fitted;
        LAMINA_TRY(result.clean, runStep(result.clean, recipe, run, i, stepsToRun(recipe, run), result.steps[i], fitted));
        if (!fitted.is_null()) result.recipe.steps[i].fitted = std::move(fitted);
        if (!result.steps[i].error) {
            if (reshapesRows(recipe.steps[i])) rowsKey = keyOfRows(source, result.clean.table, run.context);
            continue;
        }
        stopBehind(result, i);
        break;
    }
    result.clean.rowsKey = std::move(rowsKey);
    return result;
}

namespace {

std::string startKey(const RecipeRun& run) {
    std::string key = std::to_string(run.context.seed) + (run.context.predicting ? " predicting" : "") + (run.refit ? " refit " : " as fitted ");
    for (const TrainingRows training : {run.training, run.trainingBehind})
        if (run.refit && !training.empty()) key += ' ' + sha256(training.data(), training.size());
    return hashOf(key);
}

std::string keyBehind(const std::string& before, const RecipeStep& step, bool refit) {
    if (!step.enabled) return hashOf(before + " off");
    return hashOf(before + '\n' + step.type + '\n' + compactText(step.settings) + '\n' + (refit ? "" : compactText(step.fitted)));
}

std::size_t bytesIn(const ColumnView& view) {
    std::size_t bytes = view.numbers.size_bytes() + view.integers.size_bytes() + view.booleans.size() + view.codes.size_bytes() +
                        view.offsets.size_bytes() + view.textBytes.size() + view.elements.size() + view.missingBits.size();
    for (const auto& text : view.dictionary) bytes += sizeof text + text.size();
    return bytes;
}

}  // namespace

Result<RecipeResult> RecipeRunner::run(const Recipe& recipe, const RecipeRun& run) {
    RecipeResult result;
    result.recipe = recipe;
    result.steps.resize(recipe.steps.size());
    result.clean.table = m_source;
    std::string key = startKey(run), rowsKey;
    const std::size_t count = stepsToRun(recipe, run);
    for (std::size_t i = 0; i < count; ++i) {
        key = keyBehind(key, recipe.steps[i], run.refit);
        if (i >= m_states.size() || m_states[i].key != key) {
            m_states.resize(std::min(m_states.size(), i));
            State state{key, {}, {}, nullptr, rowsKey};
            LAMINA_TRY(state.clean, runStep(result.clean, recipe, run, i, count, state.result, state.fitted));
            if (!state.result.error && reshapesRows(recipe.steps[i])) state.rowsKey = keyOfRows(m_source, state.clean.table, run.context);
            m_states.push_back(std::move(state));
        }
        const State& state = m_states[i];
        result.clean = state.clean;
        rowsKey = state.rowsKey;
        result.steps[i] = state.result;
        if (!state.fitted.is_null()) result.recipe.steps[i].fitted = state.fitted;
        if (!state.result.error) continue;
        stopBehind(result, i);
        break;
    }
    result.clean.rowsKey = std::move(rowsKey);
    return result;
}

std::size_t RecipeRunner::bytes() const {
    std::set<const void*> seen;
    for (std::size_t i = 0; i < m_source.columnCount(); ++i) seen.insert(m_source.column(i).owner.get());
    std::size_t bytes = 0;
    for (const State& state : m_states)
        for (std::size_t i = 0; i < state.clean.table.columnCount(); ++i)
            if (const TableColumn& column = state.clean.table.column(i); seen.insert(column.owner.get()).second) bytes += bytesIn(column.view);
    return bytes;
}

}  // namespace lamina
