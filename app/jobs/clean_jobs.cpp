#include "app/jobs/clean_jobs.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/kept_run.h"
#include "app/jobs/picture_memory.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/recipe_keys.h"
#include "app/jobs/split_jobs.h"
#include "core/data/cleaning/pick_rows.h"

namespace lamina {
namespace {

Error otherRows(const DatasetRecord& dataset, std::int64_t rows, std::size_t splitRows) {
    return fail("jobs.split_of_other_rows",
                {{"dataset", dataset.name}, {"rows", std::to_string(rows)}, {"split_rows", std::to_string(splitRows)}});
}

/// How many rows a split file has: it is checked against that number itself where it is read.
Result<std::int64_t> rowsOfSplit(const Project& project, const SplitRecord& record) {
    LAMINA_TRY(const auto file, ColumnFile::open(project.filePath(record.assignmentFileHash)));
    return file.info().rows;
}

/// The rows that may teach: those of the source, or those that the last reshaping step makes, where the split divides them.
struct Teachers {
    std::vector<std::uint8_t> source, behind;

    bool any() const { return !source.empty() || !behind.empty(); }
    void tell(RecipeRun& run) const {
        run.training = source;
        run.trainingBehind = behind;
    }
};

Result<Teachers> teachers(const Project& project, const DatasetRecord& dataset, const Recipe& recipe, const SplitRecord& record, std::int64_t rows) {
    LAMINA_TRY(const std::int64_t splitRows, rowsOfSplit(project, record));
    const bool behind = reshapes(recipe);
    if (!behind && splitRows != rows) return otherRows(dataset, rows, static_cast<std::size_t>(splitRows));
    LAMINA_TRY(const auto split, readSplit(project.filePath(record.assignmentFileHash), splitRows));
    std::vector<std::uint8_t> teaching(split.parts.size());
    for (std::size_t row = 0; row < teaching.size(); ++row) teaching[row] = static_cast<Part>(split.parts[row]) == Part::Training;
    return behind ? Teachers{{}, std::move(teaching)} : Teachers{std::move(teaching), {}};
}

Result<CleanedData> cleanWithin(Project& project, const DatasetRecord& dataset, const CleanRequest& request, std::vector<std::string> within) {
    LAMINA_TRY(auto read, readRecipe(project, dataset.id));
    if (read.recipe.steps.size() > request.steps) read.recipe.steps.resize(request.steps);
    LAMINA_TRY(const auto source, openTable(project, dataset));
    CleanedData cleaned;
    cleaned.key = shaOf(columnsText(dataset));
    if (!doesAnything(read.recipe)) {
        cleaned.dataset = dataset;
        cleaned.source = cleaned.clean.table = source;
        return cleaned;
    }
    cleaned.source = source;
    Teachers teaching;
    if (request.split) {
        LAMINA_TRY(teaching, teachers(project, dataset, read.recipe, *request.split, source.rows()));
    }
    cleaned.key = shaOf(cleaned.key + toJson(read.recipe).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
                      (teaching.any() ? request.split->assignmentFileHash : std::string()));
    within.push_back(dataset.id);
    RecipeRun run;
    run.context.cancel = request.cancel;
    run.context.progress = request.progress;
    run.context.threads = request.threads;
    run.context.pictures = {source, pictureMemory(project, dataset)};
    teaching.tell(run);
    LAMINA_TRY(auto kept, (KeptRun{project, source, read.recipe, run, cleaned.key, std::move(within)}.result()));
    cleaned.clean = std::move(kept.clean);
    cleaned.recipe = std::move(kept.recipe);
    cleaned.reports = std::move(kept.reports);
    LAMINA_CHECK(describeCleaned(dataset, read.record.roles, cleaned));
    return cleaned;
}

}  // namespace

Error failedStep(const Recipe& recipe, std::size_t step, const Error& cause) {
    Error error = fail("recipe.step_failed", {{"number", std::to_string(step + 1)}, {"which", stepTitleId(recipe.steps[step].type)}, {"cause", cause.code}});
    for (const auto& [name, value] : cause.arguments) error = std::move(error).with(name, value);
    return error;
}

Result<CleanedData> cleanTable(Project& project, const DatasetRecord& dataset, const CleanRequest& request) {
    return cleanWithin(project, dataset, request, {});
}

std::function<Result<Table>(const std::string&)> otherTables(Project& project, std::vector<std::string> within, const CancelToken& cancel) {
    return [&project, within = std::move(within), cancel](const std::string& name) -> Result<Table> {
        LAMINA_TRY(const auto dataset, project.datasets().find(name));
        if (std::find(within.begin(), within.end(), dataset.id) != within.end()) return fail("recipe.circle", {{"dataset", dataset.name}});
        CleanRequest request;
        request.cancel = cancel;
        LAMINA_TRY(const auto cleaned, cleanWithin(project, dataset, request, within));
        if (!cleaned.clean.removedBy) return cleaned.clean.table;
        LAMINA_TRY(auto left, withoutRemovedRows(cleaned.clean, cancel));
        return std::move(left.table);
    };
}

Result<RecipeResult> tryRecipe(Project& project, const DatasetRecord& dataset, const Recipe& recipe, const CleanRequest& request) {
    LAMINA_TRY(const auto source, openTable(project, dataset));
    std::optional<SplitRecord> split = request.split;
    if (!split)
        if (const auto newest = findSplit(project, dataset, {})) split = *newest;
    Teachers teaching;
    if (split)
        if (auto rows = teachers(project, dataset, recipe, *split, source.rows())) teaching = std::move(*rows);
    RecipeRun run;
    run.steps = request.steps;
    teaching.tell(run);
    run.context.cancel = request.cancel;
    run.context.progress = request.progress;
    run.context.threads = request.threads;
    run.context.otherTable = otherTables(project, {dataset.id}, request.cancel);
    run.context.pictures = {source, pictureMemory(project, dataset)};
    return runWithKeys(project, source, recipe, run);
}

std::vector<Issue> remarksOf(const CleanedData& cleaned) {
    std::vector<Issue> issues;
    for (std::size_t i = 0; i < cleaned.reports.size(); ++i) {
        const StepReport& report = cleaned.reports[i];
        issues.insert(issues.end(), report.issues.begin(), report.issues.end());
        if (report.refusedCount > 0)
            issues.push_back({Severity::Warning, fail("recipe.refused_cells", {{"number", std::to_string(i + 1)}, {"which", stepTitleId(cleaned.recipe.steps[i].type)}}), report.refusedCount});
    }
    return issues;
}

/// As many rows, but not the same: what they are made of has changed.
static bool dividesOthers(const SplitRecord& record, const CleanTable& clean) { return rowsKeyIn(record.method) != clean.rowsKey; }

Result<Split> splitOfCleaned(const Project& project, const SplitRecord& record, const CleanedData& cleaned) {
    const std::int64_t rows = cleaned.clean.table.rows() - cleaned.clean.appended;
    LAMINA_TRY(const std::int64_t splitRows, rowsOfSplit(project, record));
    if (splitRows != rows) return otherRows(cleaned.dataset, rows, static_cast<std::size_t>(splitRows));
    if (dividesOthers(record, cleaned.clean)) return fail("jobs.split_of_changed_rows", {{"dataset", cleaned.dataset.name}});
    LAMINA_TRY(auto split, readSplit(project.filePath(record.assignmentFileHash), rows));
    split.parts.resize(static_cast<std::size_t>(cleaned.clean.table.rows()), static_cast<std::uint8_t>(Part::Training));
    split.counts[static_cast<std::size_t>(Part::Training)] += cleaned.clean.appended;
    leaveOutRemoved(cleaned.clean, split);
    return split;
}

void leaveOutRemoved(const CleanTable& clean, Split& split) {
    for (std::int64_t row = 0; row < clean.table.rows(); ++row) {
        if (!clean.isRemoved(row)) continue;
        auto& part = split.parts[static_cast<std::size_t>(row)];
        --split.counts[part];
        part = static_cast<std::uint8_t>(Part::Unused);
        ++split.counts[part];
    }
}

std::vector<std::int64_t> repeatedRows(std::span<const std::int64_t> rows, const CleanTable& clean) {
    if (!clean.weights) return {rows.begin(), rows.end()};
    std::vector<std::int64_t> repeated;
    std::map<float, double> owed;  // by weight, so that each group of equal rows comes as often as it should
    for (const std::int64_t row : rows) {
        const float weight = (*clean.weights)[static_cast<std::size_t>(row)];
        if (!(weight > 0)) continue;
        double& rest = owed[weight];
        rest += static_cast<double>(weight);
        const double whole = std::floor(rest + 1e-6);
        for (double i = 0; i < whole; ++i) repeated.push_back(row);
        rest -= whole;
    }
    return repeated;
}

Result<RowsLeft> withoutRemovedRows(const CleanTable& clean, const CancelToken& cancel) {
    RowsLeft left;
    for (std::int64_t row = 0; row < clean.table.rows(); ++row)
        if (!clean.isRemoved(row)) left.rows.push_back(row);
    CleaningContext context;
    context.cancel = cancel;
    std::vector<TableColumn> columns;
    for (std::size_t c = 0; c < clean.table.columnCount(); ++c) {
        LAMINA_TRY(auto column, pickRows(clean.table.column(c), left.rows, context));
        columns.push_back(std::move(column));
    }
    LAMINA_TRY(left.table, Table::of(std::move(columns)));
    return left;
}

Error removedReason(const Recipe& recipe, const CleanTable& clean, std::int64_t row) {
    const std::size_t number = clean.removedBy ? (*clean.removedBy)[static_cast<std::size_t>(row)] : 0;
    const std::string which = number > 0 && number <= recipe.steps.size() ? stepTitleId(recipe.steps[number - 1].type) : std::string();
    return fail("predict.removed_by_step", {{"which", which}, {"number", std::to_string(number)}});
}

}  // namespace lamina
