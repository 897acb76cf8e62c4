#include "app/jobs/training_run.h"

#include <algorithm>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/data_version.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/device_choice.h"
#include "app/jobs/fold_jobs.h"
#include "app/jobs/free_name.h"
#include "app/jobs/initial_parameters.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/trace_file.h"
#include "app/jobs/training_sink.h"
#include "core/base/memory.h"
#include "core/compiler/compiler.h"
#include "core/engine/device.h"
#include "core/engine/step_trace.h"
#include "core/training/default_plan.h"
#include "core/training/resolved_phase.h"

namespace lamina {

/// Members in the order in which they need each other; the session goes first.
struct TrainingRun::State {
    explicit State(Project& project) : project(project) {}

    Project& project;
    RunRecord record;
    AttemptRecord attempt;
    TrainingPlan plan;
    TrainingState from;
    std::vector<Issue> issues;
    CleanTable clean;
    std::unique_ptr<PreparedData> data;
    std::unique_ptr<Device> device;
    std::unique_ptr<ProjectTrainingSink> sink;
    std::unique_ptr<TrainingSession> session;
    StepTrace trace;
    Path traceFile;
    std::uint64_t plannedPeak = 0;
    bool isNew = false, extended = false, ended = false;
};

namespace {

std::string endReason(const TrainingResult& result) {
    switch (result.end) {
        case TrainingEnd::Finished: return "finished";
        case TrainingEnd::StoppedEarly: return "stopped_early";
        case TrainingEnd::Stopped: return result.error ? result.error->code : "stopped";
        case TrainingEnd::Failed: return result.error ? result.error->code : "failed";
    }
    return {};
}

RunStatus endStatus(TrainingEnd end) {
    return end == TrainingEnd::Stopped ? RunStatus::Stopped : end == TrainingEnd::Failed ? RunStatus::Failed : RunStatus::Finished;
}

/// The newest checkpoint that can be read; an older one with a warning where the newest is damaged; none where the run was
/// interrupted before its first (it begins again, to the same numbers).
Result<std::optional<Checkpoint>> newestCheckpoint(Project& project, const RunRecord& run, std::vector<Issue>& issues, std::int64_t& generation) {
    LAMINA_TRY(const auto all, project.checkpoints().ofRun(run.id));
    for (const CheckpointRecord& record : all) {
        generation = std::max(generation, record.generation);
        auto bytes = readFile(project.filePath(record.fileHash));
        auto checkpoint = bytes ? checkpointFromBytes(*bytes) : Result<Checkpoint>(bytes.takeError());
        if (checkpoint) return std::optional(std::move(*checkpoint));
        issues.push_back({Severity::Warning, fail("jobs.checkpoint_unreadable", {{"run", run.name}, {"epoch", std::to_string(record.epoch)}}), 1});
    }
    if (all.empty() && run.status != RunStatus::Finished) return std::optional<Checkpoint>();
    return fail("jobs.nothing_to_resume", {{"run", run.name}});
}

/// The run that is to go on: the one named, or the newest that can.
Result<RunRecord> findResumable(Project& project, const std::string& idOrName, bool extend) {
    if (!idOrName.empty()) {
        LAMINA_TRY(auto named, project.runs().find(idOrName));
        if (named.status == RunStatus::Finished && !extend) return fail("jobs.run_is_finished", {{"run", named.name}});
        return named;
    }
    LAMINA_TRY(const auto all, project.runs().all());
    for (auto run = all.rbegin(); run != all.rend(); ++run)
        if (extend || run->status != RunStatus::Finished) return *run;
    return fail("jobs.no_unfinished_run", {{"project", project.file().string()}});
}

/// Adds epochs to the plan of a run: after the checkpoint where it is finished, else after those still planned.
template <class State>
Result<void> extend(State& state, std::int64_t more) {
    const bool finished = state.record.status == RunStatus::Finished;
    if (finished && !state.from.finished)
        state.issues.push_back({Severity::Note, fail("jobs.extended_from_best", {{"run", state.record.name}, {"epoch", std::to_string(state.from.epoch)}}), 1});
    extendPlan(state.plan, finished ? state.from.epoch : state.plan.epochs, more);
    state.extended = true;
    return checkPlan(state.plan);
}

/// Data, device and job of a start or a resume; the job refers to what the state keeps.
template <class State>
Result<TrainingJob> makeJob(State& state, const TrainingRequest& request, const Preparation& preparation, const Split& split,
                            std::optional<Checkpoint> checkpoint) {
    LAMINA_TRY(auto data, PreparedData::create(state.clean.table, preparation, split, preparedSettings(state.project, state.record.datasetId), request.cancel));
    state.data = std::make_unique<PreparedData>(std::move(data));
    state.issues.insert(state.issues.end(), state.data->issues().begin(), state.data->issues().end());
    TrainingJob job;
    LAMINA_TRY(job.network, networkFromJson(state.record.networkDocument));
    job.task = findTask(preparation.task);
    if (!job.task) return fail("jobs.unknown_task", {{"task", preparation.task}});
    const auto validation = state.data->rows(Part::Validation);
    job.data = state.data.get();
    job.trainingRows = repeatedRows(state.data->rows(Part::Training), state.clean);
    if (state.isNew) {
        LAMINA_CHECK(fitPlan(state.plan, *job.task, *state.data, job.trainingRows));
        state.record.settings = planToJson(state.plan);
    }
    job.plan = state.plan;
    job.validationRows.assign(validation.begin(), validation.end());
    job.resumeFrom = std::move(checkpoint);
    if (!job.resumeFrom) {
        LAMINA_TRY(auto initial, initialParameters(state.project, job.network));
        job.startFrom = std::move(initial.numbers);
        state.issues.insert(state.issues.end(), initial.issues.begin(), initial.issues.end());
    }
    LAMINA_TRY(state.device, chooseDeviceFor(job, request.device, request.threads, state.issues));
    if (!request.trace.empty()) {
        state.traceFile = request.trace;
        job.trace = &state.trace;
    }
    return job;
}

/// Refuses what would not fit, before anything is written. A GPU says itself what it has no room for.
template <class State>
Result<void> checkRoom(State& state, const TrainingJob& job) {
    if (state.device->id() != "cpu") return {};
    const std::uint64_t available = availableMemory();
    LAMINA_TRY(const auto plan, planMemory(job, available));
    state.plannedPeak = residentMemory() + plan.bytes();
    return checkMemory(job, plan, available);
}

/// What a start and a resume have in common: data, device, attempt, session. A new run is added once nothing stands against it.
template <class State>
Result<void> launch(State& state, const TrainingRequest& request, const Preparation& preparation, const Split& split, std::int64_t generation,
                    std::optional<Checkpoint> checkpoint) {
    LAMINA_TRY(auto job, makeJob(state, request, preparation, split, std::move(checkpoint)));
    LAMINA_CHECK(checkRoom(state, job));
    if (state.isNew) LAMINA_CHECK(state.project.runs().add(state.record).get());
    if (state.extended) {
        state.record.settings = planToJson(state.plan);
        LAMINA_CHECK(state.project.runs().setSettings(state.record.id, state.record.settings).get());
    }
    LAMINA_TRY(state.attempt, state.project.runs().startAttempt(state.record.id, state.device->description()));
    state.sink = std::make_unique<ProjectTrainingSink>(state.project, state.record.id, state.attempt.number, generation, state.plan.monitor, request.onCheckpoint);
    job.sink = state.sink.get();
    if (job.resumeFrom && job.resumeFrom->state.device != state.device->description())
        state.issues.push_back({Severity::Note, fail("jobs.other_device", {{"before", job.resumeFrom->state.device}, {"now", state.device->description()}}), 1});
    state.session = std::make_unique<TrainingSession>(std::move(job));
    return {};
}

/// What a new run trains on.
struct Drawn {
    Preparation preparation;
    Split split;
};

/// Network, data and plan of a new run, and its record, which is not in the project yet.
template <class State>
Result<Drawn> drawUp(State& state, const TrainingRequest& request) {
    Project& project = state.project;
    LAMINA_TRY(const auto network, findNetwork(project, request.network));
    LAMINA_TRY(const auto dataset, findDataset(project, network.datasetId));
    LAMINA_TRY(const auto splitRecord, findSplit(project, dataset, request.split));
    CleanRequest how;
    how.split = splitRecord;
    how.cancel = request.cancel;
    how.threads = request.threads;
    LAMINA_TRY(const auto cleaned, cleanTable(project, dataset, how));
    state.clean = cleaned.clean;
    Drawn drawn;
    LAMINA_TRY(drawn.split, splitOfCleaned(project, splitRecord, cleaned));
    LAMINA_TRY(const Network read, networkFromJson(network.document));
    LAMINA_TRY(drawn.preparation, prepareDataset(cleaned.dataset, state.clean.table, drawn.split, network.taskId, request.cancel, wishesOf(read, request.plan)));
    state.issues = remarksOf(cleaned);
    state.issues.insert(state.issues.end(), drawn.preparation.issues.begin(), drawn.preparation.issues.end());
    std::vector<std::string> features;
    for (const FeatureColumn& feature : drawn.preparation.features) features.push_back(feature.name);
    LAMINA_TRY(auto recipe, freezeRecipe(project, dataset, cleaned, features, request.cancel));
    state.plan = request.plan;
    const TaskType* task = findTask(drawn.preparation.task);
    if (!task) return fail("jobs.unknown_task", {{"task", drawn.preparation.task}});
    fillPlan(state.plan, drawn.split.counts[static_cast<std::size_t>(Part::Training)], *task, describeNetwork(read).flops);
    LAMINA_CHECK(checkPlan(state.plan));

    RunRecord& record = state.record;
    record.name = request.name.empty() ? freeName(project.runs().all(), network.name, true) : request.name;
    record.networkId = network.id;
    record.networkDocument = network.document;
    record.datasetId = dataset.id;
    record.splitId = splitRecord.id;
    record.settings = planToJson(state.plan);
    record.dataVersion = dataVersionOf(dataset, splitRecord, drawn.preparation, std::move(recipe));
    if (!request.foldSeries.empty()) {
        markFold(record.dataVersion, request.foldSeries, splitRecord);
        record.networkDocument = networkToJson(withInputsFor(read, drawn.preparation));
    }
    state.isNew = true;
    return drawn;
}

}  // namespace

TrainingRun::TrainingRun(std::unique_ptr<State> state) : m_state(std::move(state)) {}

TrainingRun::~TrainingRun() {
    if (!m_state->session || m_state->ended) return;
    m_state->session->stop();
    (void)finish();
}

Result<std::unique_ptr<TrainingRun>> TrainingRun::start(Project& project, const TrainingRequest& request) {
    if (!request.trace.empty()) LAMINA_CHECK(checkTracePlace(request.trace));
    auto state = std::make_unique<State>(project);
    LAMINA_TRY(const auto drawn, drawUp(*state, request));
    LAMINA_CHECK(launch(*state, request, drawn.preparation, drawn.split, 1, std::nullopt));
    return std::unique_ptr<TrainingRun>(new TrainingRun(std::move(state)));
}

Result<MemoryPlan> TrainingRun::planMemory(Project& project, const TrainingRequest& request) {
    State state(project);
    LAMINA_TRY(const auto drawn, drawUp(state, request));
    LAMINA_TRY(const auto job, makeJob(state, request, drawn.preparation, drawn.split, std::nullopt));
    return lamina::planMemory(job);
}

Result<std::unique_ptr<TrainingRun>> TrainingRun::resume(Project& project, const std::string& run, const TrainingRequest& request) {
    auto state = std::make_unique<State>(project);
    LAMINA_TRY(state->record, findResumable(project, run, request.moreEpochs > 0));
    std::int64_t generation = 0;
    LAMINA_TRY(auto checkpoint, newestCheckpoint(project, state->record, state->issues, generation));
    if (checkpoint) state->from = checkpoint->state;
    LAMINA_TRY(state->plan, planFromJson(state->record.settings));
    if (request.moreEpochs > 0) LAMINA_CHECK(extend(*state, request.moreEpochs));
    LAMINA_TRY(const auto dataset, findDataset(project, state->record.datasetId));
    LAMINA_TRY(const auto splitRecord, findSplit(project, dataset, state->record.splitId));
    LAMINA_TRY(const auto cleaned, cleanAsRun(project, state->record, request.cancel));
    state->clean = cleaned.clean;
    LAMINA_TRY(const auto split, splitOfCleaned(project, splitRecord, cleaned));
    LAMINA_TRY(const auto preparation, preparationFromJson(state->record.dataVersion.value("preparation", nlohmann::json())));
    LAMINA_CHECK(launch(*state, request, preparation, split, generation + 1, std::move(checkpoint)));
    return std::unique_ptr<TrainingRun>(new TrainingRun(std::move(state)));
}

const RunRecord& TrainingRun::record() const { return m_state->record; }
const TrainingPlan& TrainingRun::plan() const { return m_state->plan; }
std::uint64_t TrainingRun::plannedPeak() const { return m_state->plannedPeak; }
std::string TrainingRun::device() const { return m_state->device->description(); }
const TrainingState& TrainingRun::from() const { return m_state->from; }
const std::vector<Issue>& TrainingRun::issues() const { return m_state->issues; }
std::vector<Issue> TrainingRun::pictureIssues() const { return m_state->data->pictureIssues(); }
TrainingSession& TrainingRun::session() { return *m_state->session; }

Result<TrainingResult> TrainingRun::finish() {
    const TrainingResult& result = m_state->session->wait();
    if (!std::exchange(m_state->ended, true)) {
        const RunStatus status = endStatus(result.end);
        LAMINA_CHECK(m_state->project.runs().endAttempt(m_state->attempt, endReason(result), status).get());
        if (status == RunStatus::Finished) LAMINA_CHECK(forgetCheckpoints(m_state->project, m_state->record.id, 1));
        if (!m_state->trace.operations.empty()) LAMINA_CHECK(writeTrace(m_state->traceFile, m_state->trace));
    }
    return result;
}

}  // namespace lamina
