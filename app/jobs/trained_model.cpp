#include "app/jobs/trained_model.h"

#include <algorithm>
#include <map>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/kept_run.h"
#include "app/jobs/raw_rows.h"
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

/// Puts the output that is asked for in front of the others.
Result<void> chooseOutput(std::vector<ModelOutput>& outputs, const std::string& asked) {
    if (asked.empty()) return {};
    for (auto output = outputs.begin(); output != outputs.end(); ++output) {
        if (output->title != asked && output->layer != asked) continue;
        std::rotate(outputs.begin(), output, output + 1);
        return {};
    }
    return fail("jobs.no_output", {{"output", asked}, {"known", outputTitles(outputs)}});
}

}  // namespace

PreparedData dataFor(const PreparedData& data, const ModelOutput& output) {
    return data.asking(static_cast<std::size_t>(std::max(0, data.preparation().targetPlace(output.target.name))));
}

const ModelOutput* TrainedModel::output(const std::string& name) const {
    const auto found = std::find_if(outputs.begin(), outputs.end(), [&](const ModelOutput& o) { return name.empty() || o.title == name || o.layer == name; });
    return found == outputs.end() ? nullptr : &*found;
}

Result<TrainedModel> TrainedModel::load(Project& project, const std::string& run, int threads, const std::string& output) {
    TrainedModel model;
    LAMINA_TRY(model.run, findTrained(project, run));
    LAMINA_TRY(const auto checkpoint, bestCheckpoint(project, model.run));
    LAMINA_TRY(const Network trained, networkFromJson(model.run.networkDocument));
    LAMINA_TRY(const auto preparation, preparationFromJson(model.run.dataVersion.value("preparation", nlohmann::json())));
    LAMINA_TRY(model.plan, planFromJson(model.run.settings));
    LAMINA_TRY(model.outputs, modelOutputs(model.plan, trained, preparation));
    LAMINA_CHECK(chooseOutput(model.outputs, output));
    model.network = model.outputs.front().network;
    model.task = model.outputs.front().task;
    model.preparation = preparation.asking(static_cast<std::size_t>(preparation.targetPlace(model.outputs.front().target.name)));
    model.epochs = checkpoint.state.epoch;
    LAMINA_TRY(model.dataset, project.datasets().find(model.run.datasetId));
    LAMINA_TRY(model.recipe, frozenRecipe(model.run));
    model.inputs = model.cleansRows() && !model.makesRows() ? inputsOf(model.recipe) : model.preparation.features;
    model.project = &project;
    model.device = makeCpuDevice({.threads = threads, .instructionSet = {}});
    model.parameters = std::make_unique<ParameterStore>(*model.device);
    LAMINA_CHECK(restoreForUse(checkpoint, *model.parameters));
    return model;
}

Result<std::unique_ptr<ModelData>> ModelData::ofRun(Project& project, const TrainedModel& model, const CancelToken& cancel) {
    LAMINA_TRY(const auto splitRecord, project.splits().find(model.run.splitId));
    auto data = std::make_unique<ModelData>();
    LAMINA_TRY(data->cleaned, cleanAsRun(project, model.run, cancel));
    data->table = data->cleaned.clean.table;
    LAMINA_TRY(const auto split, splitOfCleaned(project, splitRecord, data->cleaned));
    const auto settings = preparedSettings(project, model.run.datasetId);
    LAMINA_TRY(auto prepared, PreparedData::create(data->table, model.preparation, split, settings, cancel));
    data->prepared = std::make_unique<PreparedData>(std::move(prepared));
    return data;
}

Result<std::unique_ptr<ModelData>> ModelData::ofDataset(Project& project, const TrainedModel& model, const CancelToken& cancel) {
    LAMINA_TRY(const auto dataset, project.datasets().find(model.run.datasetId));
    auto data = std::make_unique<ModelData>();
    LAMINA_TRY(data->cleaned, cleanForPrediction(project, model.run, dataset, cancel));
    data->table = data->cleaned.clean.table;
    LAMINA_TRY(auto prepared, PreparedData::createForPrediction(data->table, model.preparation, preparedSettings(project, model.run.datasetId), cancel));
    data->prepared = std::make_unique<PreparedData>(std::move(prepared));
    return data;
}

Result<EvaluationOutcome> evaluateRun(Project& project, TrainedModel& model, Part part, bool withBaselines, const CancelToken& cancel) {
    LAMINA_TRY(const auto data, ModelData::ofRun(project, model, cancel));
    return evaluateRun(project, model, *data, part, withBaselines, cancel);
}

/// Figures of mean pictures alone would say nothing.
static Result<void> checkPictures(const PreparedData& data, const std::vector<std::int64_t>& rows) {
    for (const std::int64_t row : rows)
        if (!data.pictureError(row)) return {};
    return *data.pictureError(rows[0]);
}

Result<EvaluationOutcome> evaluateRun(Project& project, TrainedModel& model, const ModelData& data, Part part, bool withBaselines, const CancelToken& cancel) {
    const auto rowsOf = [&](Part p) { return std::vector<std::int64_t>(data.prepared->rows(p).begin(), data.prepared->rows(p).end()); };
    const auto rows = rowsOf(part);
    if (rows.empty()) return fail("jobs.part_is_empty", {{"part", partName(part)}});
    EvaluationOutcome outcome;
    for (const ModelOutput& output : model.outputs) {
        const PreparedData asked = dataFor(*data.prepared, output);
        LAMINA_TRY(auto evaluation, evaluate(output.network, *model.parameters, *output.task, output.objective, asked, rows, cancel));
        LAMINA_CHECK(checkPictures(asked, rows));
        if (withBaselines) {
            LAMINA_TRY(evaluation.baselines, computeBaselines(*output.task, asked, rowsOf(Part::Training), rows, *model.device, cancel));
        }
        if (model.outputs.size() > 1) evaluation.output = output.title, evaluation.target = output.target.name;
        if (&output == &model.outputs.front()) outcome.evaluation = std::move(evaluation);
        else outcome.evaluation.more.push_back(std::move(evaluation));
    }
    EvaluationRecord record;
    record.run = model.run.id;
    record.split = partName(part);
    record.finalCheck = part == Part::Test;
    record.document = evaluationToJson(outcome.evaluation);
    LAMINA_TRY(outcome.record, project.evaluations().add(std::move(record)));
    outcome.issues = data.prepared->pictureIssues();
    return outcome;
}

namespace {

/// What every output says about the rows.
Result<std::vector<Prediction>> predictAll(TrainedModel& model, const PreparedData& data, std::span<const std::int64_t> rows, const CancelToken& cancel) {
    LAMINA_TRY(auto predictions, predictRows(model.network, *model.parameters, data, rows, cancel));
    for (std::size_t o = 1; o < model.outputs.size(); ++o) {
        LAMINA_TRY(auto more, predictRows(model.outputs[o].network, *model.parameters, dataFor(data, model.outputs[o]), rows, cancel));
        for (std::size_t i = 0; i < predictions.size(); ++i) predictions[i].more.push_back(std::move(more[i]));
    }
    return predictions;
}

void sortAsAsked(std::span<const std::int64_t> rows, std::vector<UnansweredRow>& unanswered) {
    std::map<std::int64_t, std::size_t> places;
    for (std::size_t i = 0; i < rows.size(); ++i) places.emplace(rows[i], i);
    std::stable_sort(unanswered.begin(), unanswered.end(), [&](const auto& a, const auto& b) { return places[a.row] < places[b.row]; });
}

/// Answers for the rows that are asked for and that no step removed.
Result<void> answerRows(TrainedModel& model, const PreparedData& data, const CleanTable& clean, std::span<const std::int64_t> rows, FilePredictions& answer,
                        const CancelToken& cancel) {
    std::vector<std::int64_t> there;
    for (const std::int64_t row : rows) {
        if (clean.isRemoved(row)) answer.unanswered.push_back({row, removedReason(model.recipe.recipe, clean, row)});
        else there.push_back(row);
    }
    answer.issues.insert(answer.issues.end(), data.issues().begin(), data.issues().end());
    LAMINA_TRY(answer.predictions, predictAll(model, data, there, cancel));
    // What was answered for the mean picture is no answer.
    const std::size_t removed = answer.unanswered.size();
    std::erase_if(answer.predictions, [&](const Prediction& prediction) {
        auto why = data.pictureError(prediction.row);
        if (why) answer.unanswered.push_back({prediction.row, std::move(*why)});
        return why.has_value();
    });
    if (removed > 0 && answer.unanswered.size() > removed) sortAsAsked(rows, answer.unanswered);
    return {};
}

}  // namespace

bool TrainedModel::cleansRows() const {
    if (!recipe.worksOnNewRows()) return false;
    const auto isOriginal = [&](const FrozenColumn& column) { return column.record.name == preparation.features[0].name; };
    return !preparation.isImage() || std::none_of(recipe.columns.begin(), recipe.columns.end(), isOriginal);
}

bool TrainedModel::makesRows() const { return cleansRows() && reshapes(recipe.recipe); }

Result<FilePredictions> predictFile(Project& project, TrainedModel& model, const Path& file, const CancelToken& cancel, const ProgressFunction& progress) {
    LAMINA_TRY(const ImporterType* importer, importerFor(file));
    const WorkFolder folder(project, "predict");
    LAMINA_TRY(auto imported, importWith(*importer, file, settingsLike(model.dataset, *importer), folder.path(), {progress, cancel, 0}));
    LAMINA_TRY(const auto table, Table::open(imported.columns));
    LAMINA_TRY(auto answer, predictTable(project, model, table, cancel));
    answer.issues.insert(answer.issues.begin(), imported.issues.begin(), imported.issues.end());
    return answer;
}

Result<FilePredictions> predictTable(Project& project, TrainedModel& model, const Table& table, const CancelToken& cancel) {
    CleanTable clean;
    clean.table = table;
    if (model.cleansRows()) {
        LAMINA_TRY(const auto source, asFrozenColumns(model.recipe, table));
        LAMINA_TRY(clean, applyFrozen(project, model.recipe, source, model.run.datasetId, cancel));
    }
    LAMINA_TRY(const auto data, PreparedData::createForPrediction(clean.table, model.preparation, PreparedData::Settings{}, cancel));
    FilePredictions answer;
    LAMINA_CHECK(answerRows(model, data, clean, data.rows(Part::Test), answer, cancel));
    if (!model.makesRows()) return answer;
    answer.made = clean.table;
    answer.issues.push_back({Severity::Note, fail("predict.rows_of_its_own"), 1});
    return answer;
}

Result<FilePredictions> predictDatasetRows(Project& project, TrainedModel& model, std::vector<std::int64_t> rows, const CancelToken& cancel) {
    LAMINA_TRY(const auto data, ModelData::ofDataset(project, model, cancel));
    const std::int64_t count = data->prepared->rowCount();
    for (const std::int64_t row : rows)
        if (row < 0 || row >= count) return fail("jobs.no_row", {{"row", std::to_string(row)}, {"rows", std::to_string(count)}});
    FilePredictions answer;
    LAMINA_CHECK(answerRows(model, *data->prepared, data->cleaned.clean, rows, answer, cancel));
    if (model.makesRows()) answer.made = data->cleaned.clean.table;
    return answer;
}

}  // namespace lamina
