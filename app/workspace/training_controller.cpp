#include "app/workspace/training_controller.h"

#include <QLocale>
#include <QTimer>

#include "app/workspace/workspace.h"

namespace lamina {
namespace {

constexpr int trainingPollMilliseconds = 33;

/// A training that was started; the run refers to the project, so they stay together wherever they end.
struct Prepared {
    std::shared_ptr<Project> project;
    std::unique_ptr<TrainingRun> run;
};

/// Why a training ended, and for a full disk what has become of it: people fear for what took hours.
QString reasonOf(const Error& error) {
    const QString words = Workspace::words(error);
    const bool full = error.code == "disk.full" || error.code == "disk.full_while_writing";
    return full ? words + ' ' + TrainingController::tr("The training is kept as it was at its last checkpoint and can go on from there.") : words;
}

}  // namespace

struct TrainingController::Private {
    explicit Private(Workspace& w) : workspace(w) {}

    Workspace& workspace;
    State state = State::Idle;
    std::shared_ptr<Project> project;  ///< declared before run: the run refers to it
    std::unique_ptr<TrainingRun> run;
    std::string runId;
    QString device;
    TrainingSnapshot snapshot;
    TrainingPlan plan;
    CancelToken preparation;
    bool finishing = false;
    int task = 0;
    QTimer poll;
};

TrainingController::TrainingController(Workspace& workspace) : m_private(std::make_unique<Private>(workspace)) {
    m_private->poll.setInterval(trainingPollMilliseconds);
    connect(&m_private->poll, &QTimer::timeout, this, &TrainingController::look);
}

TrainingController::~TrainingController() = default;

TrainingController::State TrainingController::state() const { return m_private->state; }
std::string TrainingController::run() const { return m_private->runId; }
QString TrainingController::device() const { return m_private->device; }
const TrainingSnapshot& TrainingController::snapshot() const { return m_private->snapshot; }
const TrainingPlan& TrainingController::plan() const { return m_private->plan; }

void TrainingController::start(TrainingRequest request) {
    begin(std::move(request), [](Project& project, const TrainingRequest& r) { return TrainingRun::start(project, r); });
}

void TrainingController::resume(const std::string& run, TrainingRequest request) {
    begin(std::move(request), [run](Project& project, const TrainingRequest& r) { return TrainingRun::resume(project, run, r); });
}

void TrainingController::begin(TrainingRequest request, std::function<Result<std::unique_ptr<TrainingRun>>(Project&, const TrainingRequest&)> make) {
    Private& p = *m_private;
    if (busy() || !p.workspace.isOpen()) return;
    p.project = p.workspace.shared();
    p.snapshot = {};
    p.preparation = request.cancel = CancelToken();
    p.task = p.workspace.tasks().announce(tr("Training"), [this] { stopNow(); });
    p.workspace.tasks().update(p.task, -1, tr("Preparing the data"));
    setState(State::Preparing);
    p.workspace.tasks().quietly(
        this,
        [project = p.project, request = std::move(request), make = std::move(make)](TaskContext&) -> Result<Prepared> {
            LAMINA_TRY(auto run, make(*project, request));
            return Prepared{project, std::move(run)};
        },
        [this](Result<Prepared> prepared) {
            if (state() == State::Idle) return;  // the project was closed meanwhile
            if (!prepared) return conclude(prepared.error().code == "job.cancelled" ? QString() : Workspace::words(prepared.error()));
            adopt(std::move(prepared->run));
        });
}

void TrainingController::adopt(std::unique_ptr<TrainingRun> run) {
    Private& p = *m_private;
    p.run = std::move(run);
    p.runId = p.run->record().id;
    p.plan = p.run->plan();
    p.device = QString::fromStdString(p.run->device());
    p.finishing = false;
    p.snapshot.epochs = p.plan.epochs;
    p.workspace.setRun(p.runId);
    p.workspace.noteEdit();
    for (const Issue& issue : p.run->issues()) emit p.workspace.notice(Workspace::words(issue));
    setState(State::Running);
    p.poll.start();
    // Somebody may have asked for the end while the data was prepared.
    if (p.preparation.cancelled()) stopNow();
}

void TrainingController::look() {
    Private& p = *m_private;
    if (!p.run || p.finishing) return;
    if (auto snapshot = p.run->session().snapshots().take()) {
        const bool epoch = snapshot->epoch != p.snapshot.epoch || snapshot->validationLoss != p.snapshot.validationLoss;
        p.snapshot = *snapshot;
        const double batches = static_cast<double>(p.snapshot.batches), done = static_cast<double>(p.snapshot.epoch - 1) + (batches > 0 ? static_cast<double>(p.snapshot.batch) / batches : 0);
        p.workspace.tasks().update(p.task, p.snapshot.epochs > 0 ? done / static_cast<double>(p.snapshot.epochs) : -1,
                                   tr("Epoch %1 of %2").arg(p.snapshot.epoch).arg(p.snapshot.epochs), p.snapshot.secondsLeft);
        if (p.state == State::Running && p.snapshot.paused) setState(State::Paused);
        if (p.state == State::Paused && !p.snapshot.paused) setState(State::Running);
        emit snapshotChanged();
        if (epoch) emit epochEnded();
    }
    if (p.run->session().done()) finish();
}

void TrainingController::finish() {
    Private& p = *m_private;
    p.finishing = true;
    p.poll.stop();
    p.workspace.tasks().quietly(
        this, [run = p.run.get()](TaskContext&) { return run->finish(); },
        [this](Result<TrainingResult> result) {
            m_private->run.reset();
            const bool failed = !result || result->error;
            conclude(failed ? reasonOf(result ? *result->error : result.error()) : QString());
            if (!failed) emit finished(static_cast<int>(result->end));
        });
}

void TrainingController::conclude(const QString& error) {
    Private& p = *m_private;
    p.project.reset();
    p.workspace.tasks().end(p.task, error);
    setState(State::Idle);
    p.workspace.noteEdit();
    emit epochEnded();
    if (!error.isEmpty()) emit failed(error);
}

void TrainingController::pause() {
    if (m_private->run && state() == State::Running) m_private->run->session().pause();
}

void TrainingController::goOn() {
    if (m_private->run && state() == State::Paused) m_private->run->session().resume();
}

void TrainingController::stopNow() {
    m_private->preparation.cancel();
    if (!m_private->run) return;
    m_private->run->session().stop();
    setState(State::Stopping);
}

void TrainingController::stopAfterEpoch() {
    if (!m_private->run) return;
    m_private->run->session().stopAfterEpoch();
    if (state() == State::Paused) m_private->run->session().resume();
    setState(State::Stopping);
}

void TrainingController::stopAndWait() {
    Private& p = *m_private;
    if (!busy()) return;
    p.preparation.cancel();
    p.poll.stop();
    if (p.run) p.run->session().stop();
    p.workspace.tasks().finishAll();
    if (p.run && !p.finishing) (void)p.run->finish();
    p.run.reset();
    p.project.reset();
    p.workspace.tasks().end(p.task);
    setState(State::Idle);
}

void TrainingController::setState(State state) {
    if (m_private->state == state) return;
    m_private->state = state;
    emit stateChanged();
}

}  // namespace lamina
