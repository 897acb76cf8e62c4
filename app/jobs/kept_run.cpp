#include "app/jobs/kept_run.h"

#include <algorithm>
#include <chrono>

#include "app/jobs/recipe_keys.h"
#include "core/base/sha256.h"
#include "core/data/cleaning/column_roles.h"

namespace lamina {
namespace {

/// What is quicker made again than read is not kept.
constexpr double secondsWorthKeeping = 0.3;
constexpr std::uint64_t bytesWorthKeeping = std::uint64_t{64} << 20;

/// The state of all tables and recipes of a project: what a join may depend on.
std::string stateOfTables(Project& project) {
    std::string text;
    if (const auto all = project.datasets().all())
        for (const DatasetRecord& dataset : *all) {
            text += columnsText(dataset) + dataset.name;
            if (const auto recipe = project.recipes().of(dataset.id)) text += recipe->document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        }
    return shaOf(text);
}

/// The role that a column of the clean table has: its own where it is an original one (by id, or by its name where a step made it anew), else what was
/// chosen for the column that a step makes.
std::string roleOf(const ColumnInfo& info, const DatasetRecord& original, const Table& clean, const nlohmann::json& made) {
    const auto byId = [&](const std::string& id) { return [&](const ColumnRecord& column) { return column.id == id; }; };
    if (const auto own = std::find_if(original.columns.begin(), original.columns.end(), byId(info.id)); own != original.columns.end()) return own->role;
    const auto chosen = made.is_object() ? made.find(info.name) : made.end();
    if (made.is_object() && chosen != made.end() && chosen->is_string()) return chosen->get<std::string>();
    for (const ColumnRecord& column : original.columns) {
        if (column.name != info.name) continue;
        for (std::size_t c = 0; c < clean.columnCount(); ++c)
            if (clean.info(c).id == column.id) return "feature";
        return column.role;
    }
    return "feature";
}

}  // namespace

std::string shaOf(const std::string& text) { return sha256(text.data(), text.size()); }

std::string columnsText(const DatasetRecord& dataset) {
    auto columns = nlohmann::json::array();
    for (const ColumnRecord& column : dataset.columns) columns.push_back({column.id, column.name, column.kind, column.role, column.fileHash});
    return columns.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool doesAnything(const Recipe& recipe) {
    return std::any_of(recipe.steps.begin(), recipe.steps.end(), [](const RecipeStep& step) { return step.enabled; });
}

bool reshapes(const Recipe& recipe) {
    return std::any_of(recipe.steps.begin(), recipe.steps.end(), [](const RecipeStep& step) {
        const CleaningStepType* type = findCleaningStep(step.type);
        return step.enabled && type && type->rows == RowEffect::Reshapes;
    });
}

Result<void> checkSteps(const RecipeResult& result) {
    for (std::size_t i = 0; i < result.steps.size(); ++i)
        if (result.steps[i].error) return failedStep(result.recipe, i, *result.steps[i].error);
    return {};
}

/// The dataset as the recipe leaves it, and the table with the same roles.
Result<void> describeCleaned(const DatasetRecord& original, const nlohmann::json& madeRoles, CleanedData& cleaned) {
    DatasetRecord record = original;
    record.columns.clear();
    record.rows = cleaned.clean.table.rows();
    std::vector<TableColumn> columns;
    for (std::size_t c = 0; c < cleaned.clean.table.columnCount(); ++c) {
        columns.push_back(cleaned.clean.table.column(c));
        ColumnInfo& info = columns.back().info;
        const bool wordNumbers = info.role == wordNumbersRole;
        info.role = roleOf(info, original, cleaned.clean.table, madeRoles);
        ColumnRecord column;
        for (const ColumnRecord& known : original.columns)
            if (known.id == info.id) column = known;
        column.fileHash.clear();
        if (info.kind == ColumnKind::Tensor) column.info.update({{"elementType", dtypeName(info.elementType)}, {"elementShape", info.elementShape}});
        if (wordNumbers) column.info["wordNumbers"] = true;
        column.id = info.id;
        column.name = info.name;
        column.kind = columnKindName(info.kind);
        column.role = info.role;
        record.columns.push_back(std::move(column));
    }
    LAMINA_TRY(cleaned.clean.table, Table::of(std::move(columns)));
    cleaned.dataset = std::move(record);
    return {};
}

Result<KeptClean> KeptRun::result() {
    const CleanCache cache(project);
    const auto others = [this] { return stateOfTables(project); };
    if (auto kept = cache.find(key, source, others)) return std::move(*kept);
    bool asked = false;
    const auto tables = otherTables(project, within, run.context.cancel);
    run.context.otherTable = [&](const std::string& name) {
        asked = true;
        return tables(name);
    };
    const auto start = std::chrono::steady_clock::now();
    LAMINA_TRY(auto made, runWithKeys(project, source, recipe, run));
    LAMINA_CHECK(checkSteps(made));
    KeptClean clean{std::move(made.clean), std::move(made.recipe), {}};
    for (StepResult& step : made.steps) clean.reports.push_back(std::move(step.report));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (seconds < secondsWorthKeeping && madeBytes(source, clean.clean.table) < bytesWorthKeeping) return clean;
    return keep(cache, std::move(clean), asked ? others() : std::string());
}

/// From the files where that worked, so that the columns need not lie in memory; a full disk is no reason to stop.
Result<KeptClean> KeptRun::keep(const CleanCache& cache, KeptClean clean, const std::string& others) {
    if (const auto kept = cache.keep(key, source, clean, others, run.context.cancel); !kept) {
        if (kept.error().code == "job.cancelled") return kept.error();
        return clean;
    }
    auto mapped = cache.find(key, source, [&] { return others; });
    if (!mapped) return clean;
    for (std::size_t i = 0; i < clean.reports.size(); ++i) mapped->reports[i].refused = std::move(clean.reports[i].refused);
    return std::move(*mapped);
}

}  // namespace lamina
