// A training under way: its own thread, watched through snapshots, steered by pause and stop.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/mailbox.h"
#include "core/tasks/task_type.h"
#include "core/training/checkpoint.h"
#include "core/training/training_plan.h"
#include "core/data/prepared_data.h"
#include "core/network/network.h"

namespace lamina {

struct StepTrace;

/// One number of the run; the sink adds run, attempt and time. Names: "batch_loss", "batch_accuracy" (means over the last
/// plan.metricsEvery steps), and per epoch "loss", the task's metrics and the monitor for the splits "training" and "validation"
/// (a monitor of scores, "roc_auc", for "validation" alone). Where the last phase has several outputs also "loss@LAYER" and, for what learns one of the
/// data's targets, its metrics ("accuracy@LAYER").
struct MetricPoint {
    std::int64_t sequence = 0;
    std::int64_t epoch = 0;  ///< from 1, as people count
    std::int64_t step = 0;   ///< updates done
    std::string split;
    std::string name;
    double value = 0;
};

/// Where a session leaves what it produces. Called from the session's thread.
class TrainingSink {
public:
    virtual ~TrainingSink() = default;
    virtual Result<void> metrics(std::vector<MetricPoint> points) = 0;
    /// A checkpoint to go on from; `best`: it also has the best monitor so far. Durable when it returns.
    virtual Result<void> checkpoint(std::vector<std::byte> bytes, const TrainingState& state, bool best) = 0;
};

/// What is trained on what. All pointers must outlive the session.
struct TrainingJob {
    Network network;
    TrainingPlan plan;
    const TaskType* task = nullptr;
    const PreparedData* data = nullptr;
    std::vector<std::int64_t> trainingRows, validationRows;
    Device* device = nullptr;
    TrainingSink* sink = nullptr;            ///< may be nullptr: nothing is kept but the result
    std::optional<Checkpoint> resumeFrom;
    std::shared_ptr<const Checkpoint> startFrom;  ///< numbers to begin with, in the network's shapes; its state does not count. Not with resumeFrom
    StepTrace* trace = nullptr;              ///< records one of the first steps (CPU devices); nullptr: none
};

/// Stopped: by somebody, or (then with an error) because its device failed; it can go on from its last checkpoint.
enum class TrainingEnd { Finished, StoppedEarly, Stopped, Failed };

/// The newest state, for people.
struct TrainingSnapshot {
    bool paused = false;
    std::int64_t epoch = 0, epochs = 0;  ///< running epoch from 1
    std::int64_t batch = 0, batches = 0; ///< of the epoch
    std::int64_t step = 0;
    double samplesPerSecond = 0;
    double loss = 0;                     ///< mean of the epoch so far
    double validationLoss = -1;          ///< of the last whole epoch; -1: none yet
    std::string headline;                ///< the task's metric for a single line: "accuracy", "r2"
    double headlineSoFar = std::numeric_limits<double>::quiet_NaN();     ///< of the epoch so far; NaN: none yet
    double validationHeadline = std::numeric_limits<double>::quiet_NaN();  ///< of the last whole epoch; NaN: none yet
    double seconds = 0, secondsLeft = 0;
    std::int64_t patienceLeft = -1;      ///< epochs; -1: no early stopping
};

struct TrainingResult {
    TrainingEnd end = TrainingEnd::Finished;
    std::optional<Error> error;  ///< why it failed ("training.not_finite" …) or was stopped ("training.device_failed")
    TrainingState state;
    std::vector<std::byte> best; ///< checkpoint of the best epoch (of this session), empty where none was better
    double samplesPerSecond = 0; ///< training steps alone
};

class TrainingSession {
public:
    /// Starts the thread at once.
    explicit TrainingSession(TrainingJob job);
    /// Stops (at the next step, with a checkpoint) and waits.
    ~TrainingSession();

    Mailbox<TrainingSnapshot>& snapshots();
    void pause();
    void resume();
    void stop();            ///< after the running step, with a checkpoint
    void stopAfterEpoch();
    bool done() const;
    /// Waits for the end; any number of times.
    const TrainingResult& wait();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace lamina
