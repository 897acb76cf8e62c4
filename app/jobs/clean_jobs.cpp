#include "app/jobs/clean_jobs.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "app/jobs/clean_cache.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/gathered_rows.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/split_jobs.h"
#include "core/base/sha256.h"

namespace lamina {
namespace {

using nlohmann::json;

/// What is quicker made again than read is not kept.
constexpr double secondsWorthKeeping = 0.3;
constexpr std::uint64_t bytesWorthKeeping = std::uint64_t{64} << 20;

std::string sha(const std::string& text) { return sha256(text.data(), text.size()); }

std::string columnsText(const DatasetRecord& dataset) {
    auto columns = json::array();
    for (const ColumnRecord& column : dataset.columns) columns.push_back({column.id, column.name, column.kind, column.role, column.fileHash});
    return columns.dump(-1, ' ', false, json::error_handler_t::replace);
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

/// The state of all tables and recipes of a project: what a join may depend on.
std::string stateOfTables(Project& project) {
    std::string text;
    if (const auto all = project.datasets().all())
        for (const DatasetRecord& dataset : *all) {
            text += columnsText(dataset) + dataset.name;
            if (const auto recipe = project.recipes().of(dataset.id)) text += recipe->document.dump(-1, ' ', false, json::error_handler_t::replace);
        }
    return sha(text);
}

Error otherRows(const DatasetRecord& dataset, std::int64_t rows, std::size_t splitRows) {
    return fail("jobs.split_of_other_rows",
                {{"dataset", dataset.name}, {"rows", std::to_string(rows)}, {"split_rows", std::to_string(splitRows)}});
}

/// How many rows a split file has: it is checked against that number itself where it is read.
Result<std::int64_t> rowsOfSplit(const Project& project, const SplitRecord& record) {
    LAMINA_TRY(const auto file, ColumnFile::open(project.filePath(record.assignmentFileHash)));
    return file.info().rows;
}

/// The rows of the source that may teach. None (all may) where the split divides the rows that a step makes.
Result<std::vector<std::uint8_t>> teachers(const Project& project, const DatasetRecord& dataset, const Recipe& recipe, const SplitRecord& record, std::int64_t rows) {
    LAMINA_TRY(const std::int64_t splitRows, rowsOfSplit(project, record));
    if (reshapes(recipe)) return std::vector<std::uint8_t>{};
    if (splitRows != rows) return otherRows(dataset, rows, static_cast<std::size_t>(splitRows));
    LAMINA_TRY(const auto split, readSplit(project.filePath(record.assignmentFileHash), rows));
    std::vector<std::uint8_t> teaching(split.parts.size());
    for (std::size_t row = 0; row < teaching.size(); ++row) teaching[row] = static_cast<Part>(split.parts[row]) == Part::Training;
    return teaching;
}

Result<void> checkSteps(const RecipeResult& result) {
    for (std::size_t i = 0; i < result.steps.size(); ++i)
        if (result.steps[i].error) return failedStep(result.recipe, i, *result.steps[i].error);
    return {};
}

/// Runs a recipe, or takes what was kept of it.
struct KeptRun {
    Project& project;
    const Table& source;
    const Recipe& recipe;
    RecipeRun run;
    std::string key;
    std::vector<std::string> within;

    Result<KeptClean> result() {
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
        LAMINA_TRY(auto made, runRecipe(source, recipe, run));
        LAMINA_CHECK(checkSteps(made));
        KeptClean clean{std::move(made.clean), std::move(made.recipe), {}};
        for (StepResult& step : made.steps) clean.reports.push_back(std::move(step.report));
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (seconds < secondsWorthKeeping && madeBytes(source, clean.clean.table) < bytesWorthKeeping) return clean;
        return keep(cache, std::move(clean), asked ? others() : std::string());
    }

    /// From the files where that worked, so that the columns need not lie in memory; a full disk is no reason to stop.
    Result<KeptClean> keep(const CleanCache& cache, KeptClean clean, const std::string& others) {
        if (const auto kept = cache.keep(key, source, clean, others, run.context.cancel); !kept) {
            if (kept.error().code == "job.cancelled") return kept.error();
            return clean;
        }
        auto mapped = cache.find(key, source, [&] { return others; });
        if (!mapped) return clean;
        for (std::size_t i = 0; i < clean.reports.size(); ++i) mapped->reports[i].refused = std::move(clean.reports[i].refused);
        return std::move(*mapped);
    }
};

/// The role that a column of the clean table has: its own where it is an original one (by id, or by its name where a step made it anew), else what was
/// chosen for the column that a step makes.
std::string roleOf(const ColumnInfo& info, const DatasetRecord& original, const Table& clean, const json& made) {
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

/// The dataset as the recipe leaves it, and the table with the same roles.
Result<void> describeCleaned(const DatasetRecord& original, const json& madeRoles, CleanedData& cleaned) {
    DatasetRecord record = original;
    record.columns.clear();
    record.rows = cleaned.clean.table.rows();
    std::vector<TableColumn> columns;
    for (std::size_t c = 0; c < cleaned.clean.table.columnCount(); ++c) {
        columns.push_back(cleaned.clean.table.column(c));
        ColumnInfo& info = columns.back().info;
        info.role = roleOf(info, original, cleaned.clean.table, madeRoles);
        ColumnRecord column;
        for (const ColumnRecord& known : original.columns)
            if (known.id == info.id) column = known;
        column.fileHash.clear();
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

Result<CleanedData> cleanWithin(Project& project, const DatasetRecord& dataset, const CleanRequest& request, std::vector<std::string> within) {
    LAMINA_TRY(auto read, readRecipe(project, dataset.id));
    if (read.recipe.steps.size() > request.steps) read.recipe.steps.resize(request.steps);
    LAMINA_TRY(const auto source, openTable(project, dataset));
    CleanedData cleaned;
    cleaned.key = sha(columnsText(dataset));
    if (!doesAnything(read.recipe)) {
        cleaned.dataset = dataset;
        cleaned.source = cleaned.clean.table = source;
        return cleaned;
    }
    cleaned.source = source;
    std::vector<std::uint8_t> teaching;
    if (request.split) {
        LAMINA_TRY(teaching, teachers(project, dataset, read.recipe, *request.split, source.rows()));
    }
    cleaned.key = sha(cleaned.key + toJson(read.recipe).dump(-1, ' ', false, json::error_handler_t::replace) +
                      (teaching.empty() ? std::string() : request.split->assignmentFileHash));
    within.push_back(dataset.id);
    RecipeRun run;
    run.context.cancel = request.cancel;
    run.context.progress = request.progress;
    run.context.threads = request.threads;
    run.training = teaching;
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
    std::vector<std::uint8_t> teaching;
    if (split)
        if (auto rows = teachers(project, dataset, recipe, *split, source.rows())) teaching = std::move(*rows);
    RecipeRun run;
    run.steps = request.steps;
    run.training = teaching;
    run.context.cancel = request.cancel;
    run.context.progress = request.progress;
    run.context.threads = request.threads;
    run.context.otherTable = otherTables(project, {dataset.id}, request.cancel);
    return runRecipe(source, recipe, run);
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

Result<Split> splitOfCleaned(const Project& project, const SplitRecord& record, const CleanedData& cleaned) {
    const std::int64_t rows = cleaned.clean.table.rows();
    LAMINA_TRY(const std::int64_t splitRows, rowsOfSplit(project, record));
    if (splitRows != rows) return otherRows(cleaned.dataset, rows, static_cast<std::size_t>(splitRows));
    LAMINA_TRY(auto split, readSplit(project.filePath(record.assignmentFileHash), rows));
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
    LAMINA_TRY(left.table, gatheredRows(clean.table, left.rows, cancel));
    return left;
}

Error removedReason(const Recipe& recipe, const CleanTable& clean, std::int64_t row) {
    const std::size_t number = clean.removedBy ? (*clean.removedBy)[static_cast<std::size_t>(row)] : 0;
    const std::string which = number > 0 && number <= recipe.steps.size() ? stepTitleId(recipe.steps[number - 1].type) : std::string();
    return fail("predict.removed_by_step", {{"which", which}, {"number", std::to_string(number)}});
}

// What a run keeps of the recipe.

namespace {

constexpr std::int64_t mostSampleRows = 200;
/// The recipe is run twice for each column that is tried; in wider tables all columns behind count as needed.
constexpr std::size_t mostTriedColumns = 256;

/// Rows spread over those that are there.
std::vector<std::int64_t> sampleRows(const CleanTable& clean) {
    std::vector<std::int64_t> there;
    for (std::int64_t row = 0; row < clean.table.rows(); ++row)
        if (!clean.isRemoved(row)) there.push_back(row);
    std::vector<std::int64_t> rows;
    const auto count = std::min<std::int64_t>(mostSampleRows, std::ssize(there));
    for (std::int64_t i = 0; i < count; ++i) rows.push_back(there[static_cast<std::size_t>(i * std::ssize(there) / count)]);
    return rows;
}

/// The table with the values of one column moved on by a row, or taken away.
Table disturbed(const Table& table, std::size_t column, bool emptied) {
    std::vector<std::int64_t> rows(static_cast<std::size_t>(table.rows()));
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::int64_t>((i + 1) % rows.size());
    std::vector<TableColumn> columns;
    for (std::size_t c = 0; c < table.columnCount(); ++c) columns.push_back(table.column(c));
    ColumnData data = gatheredColumn(table.view(column), rows);
    if (emptied) {
        data = ColumnData(table.info(column).kind);
        for (std::int64_t row = 0; row < table.rows(); ++row) data.addMissing();
        data.setDictionary({table.view(column).dictionary.begin(), table.view(column).dictionary.end()});
    }
    const std::string role = columns[column].info.role;
    columns[column] = TableColumn::inMemory(std::move(data), columns[column].info.id, columns[column].info.name);
    columns[column].info.role = role;
    auto changed = Table::of(std::move(columns));
    return changed ? std::move(*changed) : table;
}

/// Finds out, on a few rows, which original columns the features come from.
class ColumnNeeds {
public:
    ColumnNeeds(const Table& sample, const Recipe& recipe, const std::vector<std::string>& features, RecipeRun run)
        : m_sample(sample), m_recipe(recipe), m_features(features), m_run(std::move(run)) {}

    bool begin() {
        auto plain = runOn(m_sample);
        if (plain) m_plain = std::move(*plain);
        return plain.has_value();
    }

    /// Do the features, or the rows that are answered, depend on the column? `rowsToo`: count the latter.
    bool dependOn(std::size_t column, bool rowsToo) const {
        for (const bool emptied : {false, true}) {
            const auto other = runOn(disturbed(m_sample, column, emptied));
            if (!other || differ(*other, rowsToo)) return !other ? !emptied : true;
        }
        return false;
    }

private:
    std::optional<CleanTable> runOn(const Table& table) const {
        auto result = runRecipe(table, m_recipe, m_run);
        if (!result || std::any_of(result->steps.begin(), result->steps.end(), [](const StepResult& step) { return step.error.has_value(); })) return {};
        return std::move(result->clean);
    }

    bool differ(const CleanTable& other, bool rowsToo) const {
        if (other.table.rows() != m_plain.table.rows()) return true;
        for (const std::string& feature : m_features) {
            const auto a = m_plain.table.find(feature), b = other.table.find(feature);
            if (a.ok() != b.ok() || (a && differ(*a, other, *b))) return true;
        }
        for (std::int64_t row = 0; rowsToo && row < m_plain.table.rows(); ++row)
            if (m_plain.isRemoved(row) != other.isRemoved(row)) return true;
        return false;
    }

    bool differ(std::size_t column, const CleanTable& other, std::size_t otherColumn) const {
        for (std::int64_t row = 0; row < m_plain.table.rows(); ++row)
            if (!m_plain.isRemoved(row) && !other.isRemoved(row) && m_plain.table.cellText(row, column) != other.table.cellText(row, otherColumn)) return true;
        return false;
    }

    const Table& m_sample;
    const Recipe& m_recipe;
    const std::vector<std::string>& m_features;
    RecipeRun m_run;
    CleanTable m_plain;
};

bool tellsTarget(const ColumnRecord& original, const CleanedData& cleaned) {
    if (original.role == "target") return true;
    return std::any_of(cleaned.dataset.columns.begin(), cleaned.dataset.columns.end(),
                       [&](const ColumnRecord& column) { return column.role == "target" && column.id == original.id; });
}

RecipeRun predictingRun(const CancelToken& cancel, int threads) {
    RecipeRun run;
    run.context.predicting = true;
    run.context.cancel = cancel;
    run.context.threads = threads;
    run.refit = false;
    return run;
}

}  // namespace

Result<json> freezeRecipe(Project& project, const DatasetRecord& original, const CleanedData& cleaned, const std::vector<std::string>& features,
                          const CancelToken& cancel) {
    if (cleaned.recipe.steps.empty()) return json();
    auto columns = json::array();
    const auto rows = cleaned.clean.origin ? std::vector<std::int64_t>{} : sampleRows(cleaned.clean);
    const auto sample = gatheredRows(cleaned.source, rows, cancel);
    RecipeRun run = predictingRun(cancel, 1);
    run.context.otherTable = otherTables(project, {original.id}, cancel);
    std::optional<ColumnNeeds> needs;
    if (sample && sample->rows() > 1) needs.emplace(*sample, cleaned.recipe, features, run);
    if (needs && !needs->begin()) needs.reset();
    for (const ColumnRecord& column : original.columns) {
        json entry{{"id", column.id}, {"name", column.name}, {"kind", column.kind}, {"role", column.role}, {"hash", column.fileHash}};
        const bool target = tellsTarget(column, cleaned);
        std::optional<std::size_t> place;
        if (needs)
            if (const auto found = sample->find(column.name)) place = *found;
        entry["needed"] = place && columns.size() < mostTriedColumns ? needs->dependOn(*place, !target) : !target;
        if (place && sample->rows() > 0) {
            std::int64_t row = 0;
            while (row + 1 < sample->rows() && sample->view(*place).isMissing(row)) ++row;
            entry["stand_in"] = sample->cellText(row, *place);
            if (sample->view(*place).kind == ColumnKind::Category) entry["categories"] = sample->view(*place).dictionary;
        }
        columns.push_back(std::move(entry));
    }
    return json{{"recipe", toJson(cleaned.recipe)}, {"key", cleaned.key}, {"columns", std::move(columns)}};
}

bool FrozenRecipe::worksOnNewRows() const {
    return std::any_of(recipe.steps.begin(), recipe.steps.end(), [](const RecipeStep& step) {
        const CleaningStepType* type = findCleaningStep(step.type);
        return step.enabled && type && type->rows != RowEffect::TrainingOnly;
    });
}

Result<FrozenRecipe> frozenRecipe(const RunRecord& run) {
    FrozenRecipe frozen;
    const json kept = run.dataVersion.value("recipe", json());
    if (kept.is_null()) return frozen;
    try {
        LAMINA_TRY(frozen.recipe, recipeFromJson(kept.at("recipe")));
        frozen.key = kept.at("key");
        for (const auto& entry : kept.at("columns")) {
            FrozenColumn column;
            column.record = {entry.at("id"), entry.at("name"), entry.at("kind"), entry.at("role"), entry.at("hash"), json::object()};
            column.needed = entry.at("needed");
            column.standIn = entry.value("stand_in", "");
            column.categories = entry.value("categories", std::vector<std::string>{});
            frozen.columns.push_back(std::move(column));
        }
    } catch (const json::exception&) {
        return fail("cleaning.recipe_damaged", {{"what", run.name}});
    }
    return frozen;
}

Result<bool> recipeDiffers(Project& project, const RunRecord& run) {
    LAMINA_TRY(const auto frozen, frozenRecipe(run));
    LAMINA_TRY(const auto now, readRecipe(project, run.datasetId));
    return recipeHash(frozen.recipe) != recipeHash(now.recipe);
}

namespace {

/// The dataset with the columns that the run was trained on, where a newer import has put others in their place.
DatasetRecord asTrainedOn(const Project& project, DatasetRecord dataset, const RunRecord& run, const FrozenRecipe& frozen) {
    const json hashes = run.dataVersion.value("columns", json::object());
    if (!frozen.columns.empty()) {
        std::vector<ColumnRecord> columns;
        for (const FrozenColumn& column : frozen.columns) {
            if (!project.hasFile(column.record.fileHash)) return dataset;
            columns.push_back(column.record);
            for (const ColumnRecord& now : dataset.columns)
                if (now.id == column.record.id) columns.back().info = now.info;
        }
        dataset.columns = std::move(columns);
        return dataset;
    }
    DatasetRecord old = dataset;
    for (ColumnRecord& column : old.columns) {
        const std::string hash = hashes.value(column.name, column.fileHash);
        if (!project.hasFile(hash)) return dataset;
        column.fileHash = hash;
    }
    return old;
}

Result<CleanedData> cleanFrozen(Project& project, const DatasetRecord& dataset, const FrozenRecipe& frozen, RecipeRun run, const std::string& key,
                                const Table& source) {
    CleanedData cleaned;
    cleaned.key = key;
    cleaned.source = source;
    if (!doesAnything(frozen.recipe)) {
        cleaned.dataset = dataset;
        cleaned.clean.table = source;
        return cleaned;
    }
    LAMINA_TRY(auto kept, (KeptRun{project, source, frozen.recipe, std::move(run), key, {dataset.id}}.result()));
    cleaned.clean = std::move(kept.clean);
    cleaned.recipe = std::move(kept.recipe);
    cleaned.reports = std::move(kept.reports);
    LAMINA_CHECK(describeCleaned(dataset, json::object(), cleaned));
    return cleaned;
}

/// The target tells nothing while predicting: every row has the same stand-in.
Result<Table> withoutTruth(const Table& source, const FrozenRecipe& frozen) {
    std::vector<TableColumn> columns;
    for (std::size_t c = 0; c < source.columnCount(); ++c) {
        columns.push_back(source.column(c));
        const auto known = std::find_if(frozen.columns.begin(), frozen.columns.end(), [&](const FrozenColumn& column) {
            return column.record.id == source.info(c).id && column.record.role == "target" && !column.needed;
        });
        if (known == frozen.columns.end() || source.info(c).kind == ColumnKind::Tensor) continue;
        std::int64_t row = 0;
        while (row + 1 < source.rows() && source.cellText(row, c) != known->standIn) ++row;
        const std::vector<std::int64_t> rows(static_cast<std::size_t>(source.rows()), row);
        const std::string role = columns[c].info.role;
        columns[c] = TableColumn::inMemory(gatheredColumn(source.view(c), rows), source.info(c).id, source.info(c).name);
        columns[c].info.role = role;
    }
    return Table::of(std::move(columns));
}

}  // namespace

Result<CleanedData> cleanAsRun(Project& project, const RunRecord& run, const CancelToken& cancel) {
    LAMINA_TRY(auto now, project.datasets().find(run.datasetId));
    LAMINA_TRY(const auto frozen, frozenRecipe(run));
    const DatasetRecord dataset = asTrainedOn(project, std::move(now), run, frozen);
    LAMINA_TRY(const auto source, openTable(project, dataset));
    RecipeRun how;
    how.refit = false;
    how.context.cancel = cancel;
    // The key of the training itself: what was kept then is the same table.
    const std::string key = frozen.key.empty() ? sha(columnsText(dataset)) : frozen.key;
    return cleanFrozen(project, dataset, frozen, std::move(how), key, source);
}

Result<CleanedData> cleanForPrediction(Project& project, const RunRecord& run, const DatasetRecord& dataset, const CancelToken& cancel) {
    LAMINA_TRY(const auto frozen, frozenRecipe(run));
    LAMINA_TRY(const auto original, openTable(project, dataset));
    LAMINA_TRY(const auto source, withoutTruth(original, frozen));
    const std::string key = sha("predict" + frozen.key + columnsText(dataset) + toJson(frozen.recipe).dump(-1, ' ', false, json::error_handler_t::replace));
    return cleanFrozen(project, dataset, frozen, predictingRun(cancel, 0), key, source);
}

Result<CleanTable> applyFrozen(Project& project, const FrozenRecipe& frozen, const Table& source, const std::string& datasetId, const CancelToken& cancel, int threads) {
    RecipeRun run = predictingRun(cancel, threads);
    run.context.otherTable = otherTables(project, {datasetId}, cancel);
    LAMINA_TRY(auto result, runRecipe(source, frozen.recipe, run));
    LAMINA_CHECK(checkSteps(result));
    return std::move(result.clean);
}

}  // namespace lamina
