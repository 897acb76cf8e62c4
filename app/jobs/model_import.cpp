#include "app/jobs/model_import.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/data_version.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/device_choice.h"
#include "app/jobs/free_name.h"
#include "app/jobs/initial_parameters.h"
#include "app/jobs/split_jobs.h"
#include "core/data/input_columns.h"
#include "core/engine/device.h"
#include "core/evaluation/evaluation.h"
#include "core/layers/operator.h"
#include "core/network/network_edits.h"
#include "core/training/default_plan.h"
#include "core/training/resolved_phase.h"

namespace lamina {
namespace {

std::string firstNames(const std::vector<std::string>& names) {
    constexpr std::size_t most = 8;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most ? text + " …" : text;
}

const NodeReport* reportOf(const NetworkReport& report, const std::string& name) {
    const auto found = std::find_if(report.nodes.begin(), report.nodes.end(), [&](const auto& node) { return node.node == name; });
    return found == report.nodes.end() ? nullptr : &*found;
}

/// Nodes that feed nobody.
std::vector<const NetworkNode*> endsOf(const Network& network) {
    std::set<std::string> feeding;
    for (const auto& edge : network.edges) feeding.insert(edge.from);
    std::vector<const NetworkNode*> ends;
    for (const auto& node : network.nodes)
        if (!feeding.count(node.id)) ends.push_back(&node);
    return ends;
}

void describePorts(ForeignModel& model) {
    const auto port = [&](const NetworkNode& node) {
        const NodeReport* report = reportOf(model.report, node.name);
        return ForeignModel::Port{node.name, report ? report->shape : Shape()};
    };
    for (const auto& node : model.network.nodes)
        if (node.type == "input") model.inputs.push_back(port(node));
    for (const NetworkNode* node : endsOf(model.network)) model.outputs.push_back(port(*node));
}

void addNotes(ForeignModel& model) {
    const auto note = [&](Severity severity, Error what) { model.issues.push_back({severity, std::move(what), 1}); };
    const auto layersOf = [](const std::vector<ForeignModel::Port>& ports) {
        std::vector<std::string> names;
        for (const auto& port : ports) names.push_back(port.layer);
        return firstNames(names);
    };
    if (model.inputs.size() > 1)
        note(Severity::Note, fail("model.several_inputs", {{"count", std::to_string(model.inputs.size())}, {"layers", layersOf(model.inputs)}}));
    if (model.outputs.size() > 1)
        note(Severity::Warning, fail("model.several_outputs", {{"count", std::to_string(model.outputs.size())}, {"layers", layersOf(model.outputs)}}));
    if (!model.untrainable.empty())
        note(Severity::Note, fail("model.untrainable", {{"count", std::to_string(model.untrainable.size())}, {"layers", firstNames(model.untrainable)}}));
    if (!model.operators.empty())
        note(Severity::Note, fail("model.operators", {{"count", std::to_string(model.operators.size())}, {"layers", firstNames(model.operators)}}));
    if (!model.preparation) note(Severity::Note, fail("model.inputs_unknown"));
}

/// Does the network end in probabilities? Nodes that only give the numbers another form are looked through.
bool endsInProbabilities(const Network& network, const NetworkNode* node) {
    static const std::set<std::string> forms{"flatten", "reshape", "dropout", "permute", "Squeeze", "Unsqueeze", "Reshape", "Flatten", "Identity", "Dropout",
                                             "Transpose"};
    for (std::size_t steps = 0; node && steps < network.nodes.size(); ++steps) {
        const std::string kind = node->type == operatorLayer().id ? node->settings.value("op", std::string()) : node->type;
        if (kind == "softmax" || kind == "sigmoid" || kind == "Softmax" || kind == "Sigmoid") return true;
        const auto inputs = network.inputsOf(node->id);
        if (!forms.count(kind) || inputs.size() != 1) return false;
        node = network.node(inputs.front());
    }
    return false;
}

/// 1000 × 1 × 1 answers are 1000 answers.
void endFlat(Network& network, std::int64_t answers, std::vector<Issue>& issues) {
    const auto ends = endsOf(network);
    const NetworkReport report = describeNetwork(network);
    const NodeReport* end = ends.size() == 1 ? reportOf(report, ends.front()->name) : nullptr;
    if (!end || end->shape.size() < 2 || elementCount(end->shape) != answers) return;
    const NetworkNode last = *ends.front();
    insertAfter(network, addNode(network, "flatten", nlohmann::json::object(), last.x, last.y), last.id, false);
    issues.push_back({Severity::Note, fail("model.flatten_added", {{"layer", last.name}}), 1});
}

/// Raw scores become probabilities, which losses, curves and answers expect.
void endInProbabilities(Network& network, std::int64_t classes, std::vector<Issue>& issues) {
    const auto ends = endsOf(network);
    if (ends.size() != 1 || endsInProbabilities(network, ends.front())) return;
    const NetworkReport report = describeNetwork(network);
    const NodeReport* end = reportOf(report, ends.front()->name);
    if (!end || end->shape != Shape{classes}) return;
    const NetworkNode last = *ends.front();
    const std::string softmax = addNode(network, "softmax", nlohmann::json::object(), last.x, last.y);
    insertAfter(network, softmax, last.id, false);
    issues.push_back({Severity::Note, fail("model.softmax_added", {{"layer", last.name}}), 1});
}

// A finished run of no epochs.

/// What the run reads, and what it was made from.
struct ReadyData {
    DatasetRecord dataset;
    SplitRecord splitRecord;
    CleanedData cleaned;
    Split split;
    Preparation preparation;
};

void scalePixels(FeatureColumn& feature, InputScale scale) {
    if (scale == InputScale::Data) return;
    const std::size_t channels = feature.channelMean.size();
    const bool bytes = feature.elementType == DType::UInt8;
    feature.divisor = bytes && scale != InputScale::AsStored ? 255.0 : 1.0;
    feature.channelMean.assign(channels, bytes && scale == InputScale::Signed ? 0.5 : 0.0);
    feature.channelDeviation.assign(channels, bytes && scale == InputScale::Signed ? 0.5 : 1.0);
    if (scale != InputScale::ImageNet || channels != 3 || !bytes) return;
    feature.channelMean = {0.485, 0.456, 0.406};
    feature.channelDeviation = {0.229, 0.224, 0.225};
}

/// A model from elsewhere knows nothing of this data's means, nor of a mark beside what is missing.
void readAsTheModelDoes(Preparation& preparation, InputScale scale) {
    for (FeatureColumn& feature : preparation.features) {
        if (feature.kind == FeatureKind::Tensor) scalePixels(feature, scale);
        if (feature.kind == FeatureKind::Number) {
            if (scale != InputScale::Data) feature.mean = 0.0, feature.deviation = 1.0;
            feature.hasMissingFlag = false;
            feature.outputCount = 1;
        }
    }
    setOffsets(preparation);
    preparation.target.mean = 0.0;
    preparation.target.deviation = 1.0;
}

Result<Preparation> preparationFor(const Network& network, const ReadyData& data, const ReadyRequest& request, const std::string& task) {
    if (!network.origin.preparation.is_null()) return preparationFromJson(network.origin.preparation);
    const auto inputs = networkInputs(network);
    const Shape input = inputs.size() == 1 ? inputs[0].shape : Shape();
    PreparationSettings settings = preparationSettings(data.cleaned.dataset, task, wishesOf(network));
    if (readsPictures(input)) settings.pictures = {input[0], input[1], input[2], settings.pictures.fit, settings.pictures.values};
    settings.threads = request.threads;
    LAMINA_TRY(auto preparation, fitPreparation(data.cleaned.clean.table, data.split, settings, request.cancel));
    readAsTheModelDoes(preparation, request.scale);
    return preparation;
}

Result<ReadyData> readyData(Project& project, const NetworkRecord& record, const Network& network, const ReadyRequest& request) {
    ReadyData data;
    LAMINA_TRY(data.dataset, findDataset(project, request.dataset.empty() ? record.datasetId : request.dataset));
    LAMINA_TRY(data.splitRecord, findSplit(project, data.dataset, request.split));
    CleanRequest how;
    how.split = data.splitRecord;
    how.cancel = request.cancel;
    how.threads = request.threads;
    LAMINA_TRY(data.cleaned, cleanTable(project, data.dataset, how));
    LAMINA_TRY(data.split, splitOfCleaned(project, data.splitRecord, data.cleaned));
    LAMINA_TRY(data.preparation, preparationFor(network, data, request, record.taskId));
    return data;
}

Result<void> checkFit(const Network& network, const Preparation& preparation) {
    const NetworkReport report = describeNetwork(network);
    if (!report.ok()) return report.firstProblem();
    NetworkNeeds needs{{}, preparation.task, {}, preparation.inputShape(), preparation.outputCount(), {}};
    needs.columns = offeredColumns(preparation);
    const auto problems = problemsWithData(network, report, needs);
    return problems.empty() ? Result<void>() : Result<void>(problems.front());
}

/// The monitor on the validation rows, so that further training knows what to be better than.
Result<double> firstScore(const Network& network, ParameterStore& store, const TrainingPlan& plan, const TaskType& task, const PreparedData& prepared,
                          const CancelToken& cancel) {
    const auto part = prepared.rows(Part::Validation);
    if (part.empty()) return std::numeric_limits<double>::quiet_NaN();
    LAMINA_TRY(const auto objective, resolveObjective(plan.phases.front().objectives.front(), task));
    LAMINA_TRY(const auto evaluation, evaluate(network, store, task, objective, prepared, {part.begin(), part.end()}, cancel));
    return plan.monitor == "loss" ? evaluation.loss : evaluation.score(plan.monitor);
}

TrainingState finishedState(const Preparation& preparation, double score, const std::string& device) {
    TrainingState state;
    state.finished = true;
    state.best = score;
    state.bestEpoch = std::isnan(score) ? -1 : 0;
    state.device = device;
    if (preparation.target.classes) state.sums.confusion = state.window.confusion = ConfusionMatrix(preparation.outputCount());
    return state;
}

/// Run, attempt and the one checkpoint.
Result<void> keepRun(Project& project, RunRecord& run, const TrainingPlan& plan, const Checkpoint& checkpoint) {
    LAMINA_CHECK(project.runs().add(run).get());
    LAMINA_TRY(const auto attempt, project.runs().startAttempt(run.id, checkpoint.state.device));
    const auto bytes = checkpointToBytes(checkpoint);
    CheckpointRecord record{run.id, 1, 0, 0, {}, true};
    LAMINA_TRY(record.fileHash, project.addBytes({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    LAMINA_CHECK(project.checkpoints().add(record).get());
    const double score = checkpoint.state.best;
    run.best = {{"epoch", 0}, {"name", plan.monitor}, {"value", std::isnan(score) ? nlohmann::json() : nlohmann::json(score)}};
    LAMINA_CHECK(project.runs().setBest(run.id, run.best).get());
    LAMINA_CHECK(project.runs().endAttempt(attempt, "not_trained", RunStatus::Finished).get());
    return {};
}

}  // namespace

Result<ForeignModel> readForeignModel(const Path& file, const CancelToken& cancel) {
    LAMINA_TRY(auto imported, importOnnx(file));
    if (cancel.cancelled()) return fail("job.cancelled");
    ForeignModel model;
    model.file = file;
    model.network = std::move(imported.network);
    model.parameters = std::move(imported.parameters);
    model.preparation = std::move(imported.preparation);
    if (!imported.madeByLamina) arrangeNodes(model.network);
    model.network.id = newUuid();
    model.network.origin.file = file.filename().string();
    if (model.preparation) model.network.origin.preparation = toJson(*model.preparation);
    model.untrainable = untrainableNodes(model.network);
    if (cancel.cancelled()) return fail("job.cancelled");
    for (auto& node : model.network.nodes) {
        if (std::find(model.untrainable.begin(), model.untrainable.end(), node.name) != model.untrainable.end()) node.frozen = true;
        if (node.type == operatorLayer().id) model.operators.push_back(node.name + " (" + node.settings.value("op", std::string()) + ")");
    }
    model.report = describeNetwork(model.network);
    describePorts(model);
    addNotes(model);
    return model;
}

Result<ModelImportOutcome> addForeignModel(Project& project, const ForeignModel& model, const ModelImportRequest& request) {
    std::optional<NetworkNeeds> needs;
    if (!request.dataset.empty()) {
        LAMINA_TRY(needs, networkNeeds(project, request.dataset, model.preparation ? model.preparation->task : "", request.cancel));
    }
    ModelImportOutcome outcome;
    outcome.issues = model.issues;
    outcome.network = model.network;
    Network& network = outcome.network;
    network.name = freeName(project.networks().all(), !request.name.empty() ? request.name : model.file.stem().string());
    LAMINA_CHECK(keepInitialParameters(project, network, model.parameters));
    if (needs) endFlat(network, needs->outputs, outcome.issues);
    if (needs && needs->head == "softmax") endInProbabilities(network, needs->outputs, outcome.issues);
    if (needs)
        for (auto& problem : problemsWithData(network, describeNetwork(network), *needs)) outcome.issues.push_back({Severity::Warning, std::move(problem), 1});
    outcome.record = recordOf(network, needs ? &*needs : nullptr);
    LAMINA_TRY(outcome.receipt, project.networks().add(outcome.record).get());
    return outcome;
}

const std::vector<std::string>& inputScaleNames() {
    static const std::vector<std::string> names{"usual", "as-stored", "unit", "signed", "imagenet", "data"};
    return names;
}

Result<ReadyOutcome> makeReady(Project& project, const ReadyRequest& request) {
    LAMINA_TRY(const auto record, findNetwork(project, request.network));
    LAMINA_TRY(auto network, networkFromJson(record.document));
    LAMINA_TRY(const auto data, readyData(project, record, network, request));
    ReadyOutcome outcome;
    outcome.issues = data.preparation.issues;
    endFlat(network, data.preparation.outputCount(), outcome.issues);
    if (data.preparation.target.classes) endInProbabilities(network, data.preparation.outputCount(), outcome.issues);
    if (data.preparation.target.classes && network.origin.preparation.is_null())
        outcome.issues.push_back({Severity::Note, fail("model.class_order", {{"classes", firstNames(data.preparation.target.classNames)}}), 1});
    LAMINA_CHECK(checkFit(network, data.preparation));
    LAMINA_TRY(auto initial, initialParameters(project, network));
    if (!initial.numbers || !initial.fresh.empty()) return fail("model.no_numbers", {{"network", record.name}, {"layers", firstNames(initial.fresh)}});
    const TaskType* task = findTask(data.preparation.task);
    if (!task) return fail("jobs.unknown_task", {{"task", data.preparation.task}});

    LAMINA_TRY(const auto prepared, PreparedData::create(data.cleaned.clean.table, data.preparation, data.split, preparedSettings(project, data.dataset.id),
                                                         request.cancel));
    std::vector<Issue> none;  // the CPU has nothing to tell
    LAMINA_TRY(const auto device, chooseDevice("cpu", request.threads, none));
    ParameterStore store(*device);
    LAMINA_CHECK(restoreForUse(*initial.numbers, store));
    TrainingPlan plan;
    plan.batchSize = 0;
    fillPlan(plan, data.split.counts[static_cast<std::size_t>(Part::Training)], *task, describeNetwork(network).flops);
    plan.epochs = 1;
    LAMINA_TRY(const double score, firstScore(network, store, plan, *task, prepared, request.cancel));

    std::vector<std::string> features;
    for (const FeatureColumn& feature : data.preparation.features) features.push_back(feature.name);
    LAMINA_TRY(auto recipe, freezeRecipe(project, data.dataset, data.cleaned, features, request.cancel));
    RunRecord& run = outcome.run;
    run.name = request.name.empty() ? freeName(project.runs().all(), record.name, true) : request.name;
    run.networkId = record.id;
    run.networkDocument = networkToJson(network);
    run.datasetId = data.dataset.id;
    run.splitId = data.splitRecord.id;
    run.settings = planToJson(plan);
    run.dataVersion = dataVersionOf(data.dataset, data.splitRecord, data.preparation, std::move(recipe));
    LAMINA_CHECK(keepRun(project, run, plan, {finishedState(data.preparation, score, device->description()), initial.numbers->tensors}));
    return outcome;
}

}  // namespace lamina
