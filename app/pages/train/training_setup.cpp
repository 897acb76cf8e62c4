#include "app/pages/train/training_setup.h"

#include <algorithm>

#include "app/jobs/augmentation_jobs.h"
#include "app/jobs/clean_jobs.h"
#include "core/compiler/compiler.h"
#include "core/data/column.h"
#include "core/network/network.h"
#include "core/training/resolved_phase.h"

namespace lamina {
namespace {

/// The record with this id, or the last one; nullptr where there is none.
template <class Record>
const Record* choose(const std::vector<Record>& records, const std::string& id) {
    const auto found = std::find_if(records.begin(), records.end(), [&](const Record& record) { return record.id == id; });
    return found != records.end() ? &*found : records.empty() ? nullptr : &records.back();
}

RunState stateOf(const Project& project, const RunRecord& record, const std::string& training) {
    RunState state{record, planFromJson(record.settings).ok() ? *planFromJson(record.settings) : TrainingPlan(), false, false, false};
    const bool mine = !project.readOnly() && record.id != training;
    const bool open = record.status == RunStatus::Running || record.status == RunStatus::Paused || record.status == RunStatus::Created;
    // Who may write is the only one who can train: an open run of nobody here was cut off.
    state.interrupted = mine && open;
    state.resumable = state.interrupted || (mine && (record.status == RunStatus::Stopped || record.status == RunStatus::Failed));
    state.finished = mine && record.status == RunStatus::Finished;
    return state;
}

/// Whole words that mean something else as a target cannot be named.
bool canBeLearned(const ColumnRecord& column) {
    PlanObjective objective;
    objective.target = column.name;
    const bool plain = column.kind != columnKindName(ColumnKind::Tensor) && column.kind != columnKindName(ColumnKind::Image) && column.kind != columnKindName(ColumnKind::Time);
    return column.role == "feature" && plain && namesColumn(objective);
}

/// Rows and columns as the recipe leaves them; those of the import where it cannot be run.
Result<std::vector<ColumnRecord>> columnsToLearn(Project& project, const DatasetRecord& dataset, const SplitRecord* split, TrainingSetup& setup, const CancelToken& cancel) {
    CleanRequest how;
    how.cancel = cancel;
    if (split) {
        how.split = *split;
        std::copy(split->counts.begin(), split->counts.end(), setup.rows.begin());
    }
    auto cleaned = cleanTable(project, dataset, how);
    if (!cleaned && cleaned.error().code == "job.cancelled") return cleaned.takeError();
    if (!cleaned) setup.dataProblem = cleaned.takeError();
    else if (auto divided = split ? splitOfCleaned(project, *split, *cleaned) : Split(); !divided) setup.dataProblem = divided.takeError();
    else if (split) {
        setup.recipeTakes = !std::equal(split->counts.begin(), split->counts.end(), divided->counts.begin());
        setup.rows = divided->counts;
    }
    setup.splitOutdated = setup.dataProblem && setup.dataProblem->code.starts_with("jobs.split_of_");
    return cleaned ? std::move(cleaned->dataset.columns) : dataset.columns;
}

Result<void> chooseDataset(Project& project, const SetupWish& wish, TrainingSetup& setup, const CancelToken& cancel) {
    LAMINA_TRY(const auto datasets, project.datasets().all());
    for (const DatasetRecord& record : datasets) setup.datasets.push_back({record.id, record.name});
    const DatasetRecord* dataset = choose(datasets, wish.dataset);
    if (!dataset) return {};
    setup.dataset = dataset->id;
    LAMINA_TRY(auto splits, project.splits().ofDataset(dataset->id));
    const SplitRecord* split = choose(splits, wish.split);
    LAMINA_TRY(const auto columns, columnsToLearn(project, *dataset, split, setup, cancel));
    for (const ColumnRecord& column : columns)
        if (canBeLearned(column)) setup.targets.push_back({column.name, column.kind == columnKindName(ColumnKind::Number) || column.kind == columnKindName(ColumnKind::Integer), false});
    setup.augmented = augmentedData(*dataset);
    setup.usual = usualAugmentations(*dataset);
    if (split) setup.split = split->id;
    setup.splits.assign(splits.rbegin(), splits.rend());
    return {};
}

Result<void> chooseNetwork(Project& project, const SetupWish& wish, TrainingSetup& setup) {
    LAMINA_TRY(const auto all, project.networks().all());
    std::vector<NetworkRecord> networks;
    for (const NetworkRecord& record : all)
        if (record.datasetId.empty() || record.datasetId == setup.dataset) networks.push_back(record);
    for (const NetworkRecord& record : networks) setup.networks.push_back({record.id, record.name});
    const NetworkRecord* network = choose(networks, wish.network);
    if (!network) return {};
    setup.network = network->id;
    setup.task = network->taskId;
    auto document = networkFromJson(network->document);
    if (!document) {
        setup.networkProblem = document.takeError();
    } else {
        NetworkReport report = describeNetwork(*document);
        setup.flops = report.flops;
        // Each output learns something of its own.
        std::erase_if(report.problems, [](const Error& problem) { return problem.code == "network.several_outputs"; });
        for (const NetworkInput& input : networkInputs(*document))
            for (TargetOffer& offer : setup.targets) offer.taken = offer.taken || std::count(input.columns.begin(), input.columns.end(), offer.column) > 0;
        if (const TaskType* task = findTask(setup.task)) setup.outputs = outputsOf(*document, report, *task);
        if (!report.ok()) setup.networkProblem = report.firstProblem();
    }
    return {};
}

}  // namespace

Result<TrainingSetup> readTrainingSetup(Project& project, const SetupWish& wish, const CancelToken& cancel) {
    TrainingSetup setup;
    LAMINA_CHECK(chooseDataset(project, wish, setup, cancel));
    LAMINA_CHECK(chooseNetwork(project, wish, setup));
    if (const TaskType* task = findTask(setup.task)) setup.standard = defaultPlan(setup.rows[0], *task, setup.flops);
    setup.standard.plan.augmentation = setup.usual;
    auto& objectives = setup.standard.plan.phases.front().objectives;
    if (setup.outputs.size() > 1) objectives = proposedObjectives(setup.outputs, objectives.front(), setup.targets);
    LAMINA_TRY(const auto runs, project.runs().all());
    for (const RunRecord& record : runs) {
        const RunState state = stateOf(project, record, wish.training);
        if (record.id == wish.run) setup.run = state;
        if (state.interrupted) setup.interrupted = state;
    }
    return setup;
}

}  // namespace lamina
