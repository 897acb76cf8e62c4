// The training that runs in this window: started, watched and steered from the Train page; it goes on while other pages are used.
#pragma once

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

#include "app/jobs/training_run.h"

namespace lamina {

class Workspace;

/// Lives in the GUI thread. At most one training at a time.
class TrainingController : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Preparing, Running, Paused, Stopping };

    explicit TrainingController(Workspace& workspace);
    ~TrainingController() override;

    State state() const;
    bool busy() const { return state() != State::Idle; }
    /// Id of the run that is or was last trained here.
    std::string run() const;
    QString device() const;
    /// The newest state of the running training.
    const TrainingSnapshot& snapshot() const;
    const TrainingPlan& plan() const;

    /// In the background: prepares, starts, sets the workspace's run. Errors come with failed().
    void start(TrainingRequest request);
    void resume(const std::string& run, TrainingRequest request);
    void pause();
    void goOn();
    void stopNow();         ///< after the running step, with a checkpoint
    void stopAfterEpoch();
    /// Stops and waits for the checkpoint: before the project closes. Blocks for at most one step.
    void stopAndWait();

signals:
    void stateChanged();
    void snapshotChanged();       ///< at most 30 times a second
    void epochEnded();            ///< new numbers of a whole epoch are in the project
    void finished(int end);       ///< TrainingEnd
    void failed(const QString& text);

private:
    void begin(TrainingRequest request, std::function<Result<std::unique_ptr<TrainingRun>>(Project&, const TrainingRequest&)> make);
    void adopt(std::unique_ptr<TrainingRun> run);
    void look();
    void finish();
    void conclude(const QString& error);
    void setState(State state);

    struct Private;
    std::unique_ptr<Private> m_private;
};

}  // namespace lamina
