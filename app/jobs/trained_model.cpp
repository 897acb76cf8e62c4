#include "app/jobs/trained_model.h"

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/work_folder.h"
#include "core/data/importers/importer.h"
#include "core/training/resolved_phase.h"

namespace lamina {
namespace {

Result<RunRecord> findTrained(Project& project, const std::string& idOrName) {
    if (!idOrName.empty()) return project.runs().find(idOrName);
    LAMINA_TRY(const auto all, project.runs().all());
    for (auto run = all.rbegin(); run != all.rend(); ++run)
        if (!run->best.is_null()) return *run;
    return fail("jobs.no_trained_run", {{"project", project.file().string()}});
}

Result<Checkpoint> bestCheckpoint(Project& project, const RunRecord& run) {
    LAMINA_TRY(const auto record, project.checkpoints().best(run.id));
    if (!record) return fail("jobs.run_without_model", {{"run", run.name}});
    LAMINA_TRY(const auto bytes, readFile(project.filePath(record->fileHash)));
    return checkpointFromBytes(bytes);
}

/// What counts in the end: the first objective of the last phase.
const PlanObjective& mainObjective(const TrainingPlan& plan) { return plan.phases.back().objectives.front(); }

}  // namespace

Result<TrainedModel> TrainedModel::load(Project& project, const std::string& run, int threads) {
    TrainedModel model;
    LAMINA_TRY(model.run, findTrained(project, run));
    LAMINA_TRY(const auto checkpoint, bestCheckpoint(project, model.run));
    LAMINA_TRY(const Network trained, networkFromJson(model.run.networkDocument));
    LAMINA_TRY(model.preparation, preparationFromJson(model.run.dataVersion.value("preparation", nlohmann::json())));
    LAMINA_TRY(model.plan, planFromJson(model.run.settings));
    LAMINA_TRY(model.network, networkUpTo(trained, mainObjective(model.plan).output));
    model.task = findTask(model.preparation.task);
    if (!model.task) return fail("jobs.unknown_task", {{"task", model.preparation.task}});
    model.epochs = checkpoint.state.epoch;
    LAMINA_TRY(model.dataset, project.datasets().find(model.run.datasetId));
    model.device = makeCpuDevice({.threads = threads, .instructionSet = {}});
    model.parameters = std::make_unique<ParameterStore>(*model.device);
    LAMINA_CHECK(restoreForUse(checkpoint, *model.parameters));
    return model;
}

Result<std::unique_ptr<ModelData>> ModelData::ofRun(Project& project, const TrainedModel& model, const CancelToken& cancel) {
    LAMINA_TRY(const auto dataset, project.datasets().find(model.run.datasetId));
    LAMINA_TRY(const auto splitRecord, project.splits().find(model.run.splitId));
    auto data = std::make_unique<ModelData>();
    LAMINA_TRY(data->table, openTable(project, dataset));
    LAMINA_TRY(const auto split, readSplitFile(project, splitRecord, data->table, {}));
    LAMINA_TRY(auto prepared, PreparedData::create(data->table, model.preparation, split, PreparedData::Settings{}, cancel));
    data->prepared = std::make_unique<PreparedData>(std::move(prepared));
    return data;
}

Result<std::unique_ptr<ModelData>> ModelData::ofDataset(Project& project, const TrainedModel& model, const CancelToken& cancel) {
    LAMINA_TRY(const auto dataset, project.datasets().find(model.run.datasetId));
    auto data = std::make_unique<ModelData>();
    LAMINA_TRY(data->table, openTable(project, dataset));
    LAMINA_TRY(auto prepared, PreparedData::createForPrediction(data->table, model.preparation, PreparedData::Settings{}, cancel));
    data->prepared = std::make_unique<PreparedData>(std::move(prepared));
    return data;
}

Result<EvaluationOutcome> evaluateRun(Project& project, TrainedModel& model, Part part, bool withBaselines, const CancelToken& cancel) {
    LAMINA_TRY(const auto data, ModelData::ofRun(project, model, cancel));
    return evaluateRun(project, model, *data, part, withBaselines, cancel);
}

Result<EvaluationOutcome> evaluateRun(Project& project, TrainedModel& model, const ModelData& data, Part part, bool withBaselines, const CancelToken& cancel) {
    LAMINA_TRY(const auto objective, resolveObjective(mainObjective(model.plan), *model.task));
    const auto rowsOf = [&](Part p) { return std::vector<std::int64_t>(data.prepared->rows(p).begin(), data.prepared->rows(p).end()); };
    const auto rows = rowsOf(part);
    if (rows.empty()) return fail("jobs.part_is_empty", {{"part", partName(part)}});
    EvaluationOutcome outcome;
    LAMINA_TRY(outcome.evaluation, evaluate(model.network, *model.parameters, *model.task, objective, *data.prepared, rows, cancel));
    if (withBaselines) {
        LAMINA_TRY(outcome.evaluation.baselines, computeBaselines(*model.task, *data.prepared, rowsOf(Part::Training), rows, *model.device, cancel));
    }
    EvaluationRecord record;
    record.run = model.run.id;
    record.split = partName(part);
    record.finalCheck = part == Part::Test;
    record.document = evaluationToJson(outcome.evaluation);
    LAMINA_TRY(outcome.record, project.evaluations().add(std::move(record)));
    return outcome;
}

Result<FilePredictions> predictFile(const Project& project, TrainedModel& model, const Path& file, const CancelToken& cancel, const ProgressFunction& progress) {
    LAMINA_TRY(const ImporterType* importer, importerFor(file));
    const WorkFolder folder(project, "predict");
    LAMINA_TRY(auto imported, importWith(*importer, file, settingsLike(model.dataset, *importer), folder.path(), {progress, cancel, 0}));
    LAMINA_TRY(const auto table, Table::open(imported.columns));
    LAMINA_TRY(const auto data, PreparedData::createForPrediction(table, model.preparation, PreparedData::Settings{}, cancel));
    FilePredictions answer{{}, std::move(imported.issues)};
    answer.issues.insert(answer.issues.end(), data.issues().begin(), data.issues().end());
    LAMINA_TRY(answer.predictions, predictRows(model.network, *model.parameters, data, data.rows(Part::Test), cancel));
    return answer;
}

Result<FilePredictions> predictDatasetRows(Project& project, TrainedModel& model, std::vector<std::int64_t> rows, const CancelToken& cancel) {
    LAMINA_TRY(const auto data, ModelData::ofDataset(project, model, cancel));
    const std::int64_t count = data->prepared->rowCount();
    for (const std::int64_t row : rows)
        if (row < 0 || row >= count) return fail("jobs.no_row", {{"row", std::to_string(row)}, {"rows", std::to_string(count)}});
    FilePredictions answer{{}, data->prepared->issues()};
    LAMINA_TRY(answer.predictions, predictRows(model.network, *model.parameters, *data->prepared, rows, cancel));
    return answer;
}

}  // namespace lamina
