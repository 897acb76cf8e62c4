#include "app/jobs/network_jobs.h"

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/free_name.h"
#include "app/jobs/split_jobs.h"
#include "core/network/network_template.h"
#include "core/tasks/task_type.h"

namespace lamina {
namespace {

Result<Network> readNetworkFile(const Path& file) {
    LAMINA_TRY(const auto text, readTextFile(file));
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) return fail("jobs.network_not_json", {{"file", file.string()}});
    auto network = networkFromJson(json);
    if (!network) return network.takeError().with("file", file.string());
    return network;
}

Result<Network> fillTemplate(const std::string& id, const Preparation& preparation, const TaskType& task) {
    const std::string wanted = !id.empty() ? id : preparation.isImage() && preparation.inputShape().size() == 3 ? "cnn" : "table";
    const NetworkTemplate* found = findTemplate(wanted);
    if (!found) {
        std::string known;
        for (const auto& candidate : templateCatalogue()) known += (known.empty() ? "" : ", ") + candidate.id;
        return fail("jobs.unknown_template", {{"template", wanted}, {"known", known}});
    }
    auto network = networkFromTemplate(*found, {preparation.inputShape(), preparation.outputCount(), task.head});
    network.name = found->id;
    return network;
}

/// Does the network take what the data gives and give what the task asks for?
Result<void> checkAgainstData(const Network& network, const Preparation& preparation) {
    LAMINA_TRY(const Shape input, networkInputShape(network));
    if (input != preparation.inputShape()) return fail("training.input_shape", {{"network", shapeText(input)}, {"data", shapeText(preparation.inputShape())}});
    LAMINA_TRY(const auto compiled, compileForInference(network, 1));
    const Shape& output = compiled.graph.shape(compiled.output);
    if (output.size() != 2 || output[1] != preparation.outputCount())
        return fail("training.output_shape", {{"network", shapeText(Shape(output.begin() + 1, output.end()))}, {"needed", std::to_string(preparation.outputCount())}});
    return {};
}

}  // namespace

Result<BuildOutcome> buildNetwork(Project& project, const BuildRequest& request) {
    LAMINA_TRY(const auto dataset, findDataset(project, request.dataset));
    LAMINA_TRY(const auto splitRecord, findSplit(project, dataset, request.split));
    LAMINA_TRY(const auto table, openTable(project, dataset));
    LAMINA_TRY(const auto split, readSplitFile(project, splitRecord, table, {}));
    LAMINA_TRY(const auto preparation, prepareDataset(dataset, table, split, request.task, request.cancel));
    const TaskType* task = findTask(preparation.task);
    if (!task) return fail("jobs.unknown_task", {{"task", preparation.task}});

    BuildOutcome outcome;
    if (request.file.empty()) {
        LAMINA_TRY(outcome.network, fillTemplate(request.templateId, preparation, *task));
    } else {
        LAMINA_TRY(outcome.network, readNetworkFile(request.file));
    }
    Network& network = outcome.network;
    if (network.id.empty()) network.id = newUuid();
    network.name = freeName(project.networks().all(), !request.name.empty() ? request.name : !network.name.empty() ? network.name : "network");
    outcome.report = describeNetwork(network);
    if (!outcome.report.ok()) return outcome.report.firstProblem();
    LAMINA_CHECK(checkAgainstData(network, preparation));
    outcome.record.name = network.name;
    outcome.record.datasetId = dataset.id;
    outcome.record.taskId = task->id;
    outcome.record.document = networkToJson(network);
    LAMINA_TRY(outcome.receipt, project.networks().add(outcome.record).get());
    return outcome;
}

Result<NetworkRecord> findNetwork(Project& project, const std::string& idOrName) {
    if (!idOrName.empty()) return project.networks().find(idOrName);
    LAMINA_TRY(auto all, project.networks().all());
    if (all.empty()) return fail("jobs.no_network", {{"project", project.file().string()}});
    return std::move(all.back());
}

Result<NetworkExplanation> explainNetwork(const NetworkRecord& record, std::int64_t batch, bool training, int threads) {
    LAMINA_TRY(const auto network, networkFromJson(record.document));
    NetworkExplanation explanation;
    explanation.report = describeNetwork(network);
    if (!explanation.report.ok()) return explanation.report.firstProblem();
    const TaskType* task = findTask(record.taskId);
    if (!task) return fail("jobs.unknown_task", {{"task", record.taskId}});
    const TrainingObjective objective{findLoss(task->defaultLoss), findLoss(task->defaultLoss)->defaults};
    const OptimizerType& optimizer = *findOptimizer("adam");
    LAMINA_TRY(auto compiled, training ? compileForTraining(network, batch, objective, optimizer, optimizer.defaults) : compileForInference(network, batch));
    const auto device = makeCpuDevice({.threads = threads, .instructionSet = {}});
    ParameterStore store(*device);
    auto kept = compiled.kept();
    LAMINA_TRY(const auto program, Program::create(std::move(compiled.graph), *device, store, std::move(kept), 1));
    explanation.steps = program->describe();
    explanation.arenaBytes = program->arenaBytes();
    for (const auto& [name, entry] : store.entries()) explanation.parameterBytes += static_cast<std::uint64_t>(elementCount(entry.shape)) * sizeof(float);
    for (const auto& step : explanation.steps) explanation.flops += step.flops;
    explanation.device = device->description();
    return explanation;
}

}  // namespace lamina
