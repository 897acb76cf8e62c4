// A training of a project's network: the run's records around a TrainingSession. What the session gives is kept in the project as it comes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/training/memory_plan.h"
#include "core/training/session.h"

namespace lamina {

struct TrainingRequest {
    std::string network;     ///< id or name; empty: the newest
    std::string split;       ///< id; empty: the newest of the network's dataset
    std::string name;        ///< of the run; empty: from the network's name
    TrainingPlan plan;       ///< losses without a name come from the task, the monitor's direction from its metric; 0 epochs or a batch of 0: see core/training/default_plan.h
    std::int64_t moreEpochs = 0;  ///< resume: so many more than the plan holds; a finished run is extended. 0: as planned
    int threads = 0;         ///< 0: one per core
    std::string foldSeries;  ///< what the runs of one draw of folds have in common (app/jobs/fold_jobs.h); empty: a run of its own
    Path trace;              ///< file for a Chrome trace of one of the first steps (CPU); empty: none
    std::string device = "auto";  ///< "auto", "cpu", "cuda" or "cuda-tf32": chooseDeviceFor()
    CancelToken cancel;      ///< while data is prepared; a training is stopped with stop()
    /// After each checkpoint is durable, from the training's thread.
    std::function<void(const CheckpointRecord&)> onCheckpoint;
};

class TrainingRun {
public:
    /// Adds the run to the project and starts its first attempt. "training.memory" {need, available, batch, fits}, "training.memory_any_batch"
    /// where the machine has too little memory for it (CPU): nothing was added then.
    static Result<std::unique_ptr<TrainingRun>> start(Project& project, const TrainingRequest& request);
    /// What start() would take of the memory, without starting.
    static Result<MemoryPlan> planMemory(Project& project, const TrainingRequest& request);
    /// Starts the next attempt of a run from its newest checkpoint that can be read. `run` empty: the newest run that is not finished,
    /// or the newest at all where epochs are added. With moreEpochs a run goes on to so many epochs after its end (extendPlan says what the
    /// schedule does), with all its patience; the run's settings keep the longer plan. Where the last checkpoint of a finished run is gone
    /// the best one is taken, and issues() says so. "jobs.run_is_finished" (without moreEpochs), "jobs.nothing_to_resume", "plan.out_of_range".
    /// Of the request only moreEpochs, threads, device, cancel and onCheckpoint count.
    static Result<std::unique_ptr<TrainingRun>> resume(Project& project, const std::string& run, const TrainingRequest& request);
    /// Stops at a checkpoint where it is still going.
    ~TrainingRun();

    const RunRecord& record() const;
    const TrainingPlan& plan() const;
    std::string device() const;
    /// The most memory that this process should hold while it trains; 0: not planned (GPU).
    std::uint64_t plannedPeak() const;
    /// Where a resumed run goes on; zeros for a new one.
    const TrainingState& from() const;
    const std::vector<Issue>& issues() const;
    /// Pictures that could not be read so far; any thread.
    std::vector<Issue> pictureIssues() const;

    TrainingSession& session();
    /// Waits for the end, ends the attempt and keeps only the checkpoints that are still of use: the best, and the last to go on from. What the session failed with is in the result.
    Result<TrainingResult> finish();

private:
    struct State;
    explicit TrainingRun(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace lamina
