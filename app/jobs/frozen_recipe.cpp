// What a run keeps of its recipe: the second part of clean_jobs.h.
#include <algorithm>
#include <numeric>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/gathered_rows.h"
#include "app/jobs/kept_run.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/recipe_keys.h"

namespace lamina {
namespace {

constexpr std::int64_t mostSampleRows = 200;
/// The recipe is run twice for each column that is tried; in wider tables all columns behind count as needed.
constexpr std::size_t mostTriedColumns = 256;

/// Rows spread over those that are there.
std::vector<std::int64_t> sampleRows(const CleanTable& clean, std::int64_t sourceRows) {
    std::vector<std::int64_t> there;
    for (std::int64_t row = 0; row < std::min(clean.table.rows(), sourceRows); ++row)
        if (!clean.isRemoved(row)) there.push_back(row);
    std::vector<std::int64_t> rows;
    const auto count = std::min<std::int64_t>(mostSampleRows, std::ssize(there));
    for (std::int64_t i = 0; i < count; ++i) rows.push_back(there[static_cast<std::size_t>(i * std::ssize(there) / count)]);
    return rows;
}

/// Of a recipe that makes rows of its own: the first ones, so that most of what belongs together stays together.
std::vector<std::int64_t> firstRows(std::int64_t sourceRows) {
    constexpr std::int64_t mostFirstRows = 3000;
    std::vector<std::int64_t> rows(static_cast<std::size_t>(std::min(mostFirstRows, sourceRows)));
    std::iota(rows.begin(), rows.end(), 0);
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
        if (!plain) return false;
        m_plain = std::move(*plain);
        // Where no row of the sample is answered (each has too little past), nothing can be found out.
        for (std::int64_t row = 0; row < m_plain.table.rows(); ++row)
            if (!m_plain.isRemoved(row)) return true;
        return false;
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
        const ColumnView a = m_plain.table.view(column), b = other.table.view(otherColumn);
        const bool tensors = a.kind == ColumnKind::Tensor && b.kind == ColumnKind::Tensor;  // which read alike whatever is in them
        const auto alike = [&](std::int64_t row) {
            return tensors ? std::ranges::equal(a.element(row), b.element(row)) : m_plain.table.cellText(row, column) == other.table.cellText(row, otherColumn);
        };
        for (std::int64_t row = 0; row < m_plain.table.rows(); ++row)
            if (!m_plain.isRemoved(row) && !other.isRemoved(row) && !alike(row)) return true;
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

Result<nlohmann::json> freezeRecipe(Project& project, const DatasetRecord& original, const CleanedData& cleaned, const std::vector<std::string>& features,
                          const CancelToken& cancel) {
    if (cleaned.recipe.steps.empty()) return nlohmann::json();
    auto columns = nlohmann::json::array();
    const auto rows = reshapes(cleaned.recipe) ? firstRows(cleaned.source.rows()) : sampleRows(cleaned.clean, cleaned.source.rows());
    const auto sample = gatheredRows(cleaned.source, rows, cancel);
    RecipeRun run = predictingRun(cancel, 1);
    run.context.otherTable = otherTables(project, {original.id}, cancel);
    std::optional<ColumnNeeds> needs;
    const Recipe tried = withKeys(project, cleaned.recipe);
    if (sample && sample->rows() > 1) needs.emplace(*sample, tried, features, run);
    if (needs && !needs->begin()) needs.reset();
    for (const ColumnRecord& column : original.columns) {
        nlohmann::json entry{{"id", column.id}, {"name", column.name}, {"kind", column.kind}, {"role", column.role}, {"hash", column.fileHash}};
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
    return nlohmann::json{{"recipe", toJson(cleaned.recipe)}, {"key", cleaned.key}, {"columns", std::move(columns)}};
}

bool FrozenRecipe::worksOnNewRows() const {
    return std::any_of(recipe.steps.begin(), recipe.steps.end(), [](const RecipeStep& step) {
        const CleaningStepType* type = findCleaningStep(step.type);
        return step.enabled && type && type->rows != RowEffect::TrainingOnly;
    });
}

Result<FrozenRecipe> frozenRecipe(const RunRecord& run) {
    FrozenRecipe frozen;
    const nlohmann::json kept = run.dataVersion.value("recipe", nlohmann::json());
    if (kept.is_null()) return frozen;
    try {
        LAMINA_TRY(frozen.recipe, recipeFromJson(kept.at("recipe")));
        frozen.key = kept.at("key");
        for (const auto& entry : kept.at("columns")) {
            FrozenColumn column;
            column.record = {entry.at("id"), entry.at("name"), entry.at("kind"), entry.at("role"), entry.at("hash"), nlohmann::json::object()};
            column.needed = entry.at("needed");
            column.standIn = entry.value("stand_in", "");
            column.categories = entry.value("categories", std::vector<std::string>{});
            frozen.columns.push_back(std::move(column));
        }
    } catch (const nlohmann::json::exception&) {
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
    const nlohmann::json hashes = run.dataVersion.value("columns", nlohmann::json::object());
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
    LAMINA_CHECK(describeCleaned(dataset, nlohmann::json::object(), cleaned));
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
    const std::string key = frozen.key.empty() ? shaOf(columnsText(dataset)) : frozen.key;
    return cleanFrozen(project, dataset, frozen, std::move(how), key, source);
}

Result<CleanedData> cleanForPrediction(Project& project, const RunRecord& run, const DatasetRecord& dataset, const CancelToken& cancel) {
    LAMINA_TRY(const auto frozen, frozenRecipe(run));
    LAMINA_TRY(const auto original, openTable(project, dataset));
    LAMINA_TRY(const auto source, withoutTruth(original, frozen));
    const std::string key = shaOf("predict" + frozen.key + columnsText(dataset) + toJson(frozen.recipe).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return cleanFrozen(project, dataset, frozen, predictingRun(cancel, 0), key, source);
}

Result<CleanTable> applyFrozen(Project& project, const FrozenRecipe& frozen, const Table& source, const std::string& datasetId, const CancelToken& cancel, int threads) {
    RecipeRun run = predictingRun(cancel, threads);
    run.context.otherTable = otherTables(project, {datasetId}, cancel);
    LAMINA_TRY(auto result, runWithKeys(project, source, frozen.recipe, run));
    LAMINA_CHECK(checkSteps(result));
    return std::move(result.clean);
}

}  // namespace lamina
