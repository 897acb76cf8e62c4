#include "app/workspace/workspace.h"

#include <QFileInfo>
#include <QPointer>
#include <QTimer>

#include <filesystem>
#include <future>
#include <thread>

#include "app/jobs/label_sessions.h"
#include "app/messages/messages.h"
#include "app/settings/settings.h"
#include "app/workspace/language.h"
#include "app/workspace/next_steps.h"
#include "app/workspace/training_controller.h"
#include "core/store/file_lock.h"

namespace lamina {
namespace {

constexpr int pollMilliseconds = 100;
constexpr int lockMilliseconds = 1000;

/// What a look at the project found.
struct Look {
    std::string mark;
    std::optional<EditName> undo, redo;
    std::int64_t newestTime = 0;
};

Result<Look> lookAt(const Project& project, const std::string& knownMark) {
    Look look;
    if (std::error_code error; !std::filesystem::exists(project.file(), error)) return fail("project.vanished", {{"file", project.file().string()}});
    LAMINA_TRY(look.mark, project.changeMark());
    if (look.mark == knownMark) return look;
    LAMINA_TRY(const auto steps, nextSteps(project));
    look.newestTime = steps.newestTime;
    if (steps.undo) look.undo = steps.undo->name;
    if (steps.redo) look.redo = steps.redo->name;
    return look;
}

/// Why a project cannot be opened for writing, where it can still be looked at.
bool onlyToLookAt(const Error& error) {
    return error.code == "project.locked" || error.code == "store.read_only" || error.code == "file.no_permission";
}

}  // namespace

/// A project and, where it can only be looked at, why; with `holder` and `lock` where somebody else has it.
struct Workspace::Opened {
    std::shared_ptr<Project> project;
    QString holder;
    Path lock;
    bool isPackage = false;
};

Result<Workspace::Opened> Workspace::openForWork(const Path& given) {
    Path file = given;
    if (file.extension() == sessionEnding) {
        LAMINA_TRY(file, openSession(given));
    }
    auto writer = Project::open(file, StoreAccess::Write);
    if (writer) {
        LAMINA_TRY(const auto package, (*writer)->labelSessions().package());
        if (package) (*writer)->setAuthor(package->settings.value("annotator", (*writer)->author()));
        return Opened{std::move(*writer), {}, {}, package.has_value()};
    }
    const Error why = writer.takeError();
    if (!onlyToLookAt(why)) return why;
    LAMINA_TRY(auto reader, Project::open(file, StoreAccess::ReadOnly));
    if (why.code != "project.locked") return Opened{std::move(reader), {}, {}};
    return Opened{std::move(reader), QString::fromStdString(why.argument("holder")), why.argument("file")};
}

struct Workspace::State {
    explicit State(Workspace& workspace) : tasks(&workspace) {}

    TaskList tasks;
    std::unique_ptr<TrainingController> training;
    std::shared_ptr<Project> project;
    QString file;
    std::string dataset, network, run;
    Look look;
    bool looking = false;
    bool vanished = false;  ///< the file was gone at the last look: said once
    bool isPackage = false;
    Path lock;              ///< held by somebody else; empty: by nobody else
    QTimer poll, lockPoll;
    std::shared_future<void> closing;  ///< the last project's file, being given back
    std::vector<std::thread> closers;
    QPointer<QObject> guardOwner;
    StepGuard guard;
    QPointer<QObject> lossOwner;
    LossGuard lossGuard;
};

Workspace::Workspace(QObject* parent) : QObject(parent), m_state(std::make_unique<State>(*this)) {
    m_state->training = std::make_unique<TrainingController>(*this);
    m_state->poll.setInterval(pollMilliseconds);
    connect(&m_state->poll, &QTimer::timeout, this, &Workspace::noteEdit);
    m_state->lockPoll.setInterval(lockMilliseconds);
    connect(&m_state->lockPoll, &QTimer::timeout, this, &Workspace::lookAtLock);
}

Workspace::~Workspace() {
    close();
    for (std::thread& closer : m_state->closers) closer.join();
}

TaskList& Workspace::tasks() { return m_state->tasks; }
TrainingController& Workspace::training() { return *m_state->training; }

bool Workspace::isOpen() const { return m_state->project != nullptr; }
bool Workspace::readOnly() const { return m_state->project && m_state->project->readOnly(); }
bool Workspace::lockedByOther() const { return !m_state->lock.empty(); }
bool Workspace::isPackage() const { return isOpen() && m_state->isPackage; }
QString Workspace::name() const { return QFileInfo(m_state->file).completeBaseName(); }
QString Workspace::file() const { return m_state->file; }
std::shared_ptr<Project> Workspace::shared() const { return m_state->project; }

void Workspace::create(const QString& file) {
    close();
    m_state->tasks.quietly(
        this,
        [path = Path(file.toStdString()), closing = m_state->closing](TaskContext&) -> Result<Opened> {
            if (closing.valid()) closing.wait();
            LAMINA_TRY(auto project, Project::create(path));
            return Opened{std::move(project), {}, {}};
        },
        [this](Result<Opened> result) {
            if (!result) return emit problem(words(result.error()));
            adopt(std::move(*result));
        });
}

void Workspace::open(const QString& file) {
    close();
    m_state->tasks.quietly(
        this,
        [path = Path(file.toStdString()), closing = m_state->closing](TaskContext&) {
            if (closing.valid()) closing.wait();
            return openForWork(path);
        },
        [this, file](Result<Opened> result) {
            if (!result) {
                settings::removeRecentProject(file);
                return emit problem(words(result.error()));
            }
            adopt(std::move(*result));
        });
}

void Workspace::adopt(Opened opened) {
    State& state = *m_state;
    state.project = std::move(opened.project);
    state.lock = std::move(opened.lock);
    state.isPackage = opened.isPackage;
    state.file = QString::fromStdString(state.project->file().string());
    state.look = {};
    const auto kept = [&](const char* key) { return settings::projectValue(state.file, key).toString().toStdString(); };
    state.dataset = kept("dataset");
    state.network = kept("network");
    state.run = kept("run");
    settings::addRecentProject(state.file);
    state.poll.start();
    if (lockedByOther()) state.lockPoll.start();
    emit this->opened();
    emit selectionChanged();
    noteEdit();
    if (lockedByOther())
        emit notice(tr("This project is open in another window or program (%1). You see it live, but cannot change it here until it is closed there.").arg(opened.holder));
    else if (readOnly())
        emit notice(tr("This project is in a place that cannot be written to. You can look at everything but change nothing; copy it elsewhere to work on it."));
    for (const Issue& issue : state.project->issues()) emit notice(words(issue));
}

void Workspace::close() {
    State& state = *m_state;
    if (!state.project) return;
    state.poll.stop();
    state.lockPoll.stop();
    state.lock.clear();
    state.training->stopAndWait();
    state.tasks.finishAll();
    state.tasks.clear();
    auto project = std::exchange(state.project, nullptr);
    state.file.clear();
    state.look = {};
    state.dataset = state.network = state.run = {};
    emit closed();
    emit historyChanged();
    // Finishing what is queued and the last checkpoint of the file can take a moment; the window does not wait for it.
    auto done = std::make_shared<std::promise<void>>();
    state.closing = done->get_future().share();
    state.closers.emplace_back([project = std::move(project), done]() mutable {
        (void)project->close();
        project.reset();
        done->set_value();
    });
}

std::string Workspace::dataset() const { return m_state->dataset; }
std::string Workspace::network() const { return m_state->network; }
std::string Workspace::run() const { return m_state->run; }

void Workspace::choose(std::string& current, const std::string& id, const char* key) {
    if (current == id || !isOpen()) return;
    current = id;
    settings::setProjectValue(m_state->file, key, QString::fromStdString(id));
    emit selectionChanged();
}

void Workspace::setDataset(const std::string& id) { choose(m_state->dataset, id, "dataset"); }
void Workspace::setNetwork(const std::string& id) { choose(m_state->network, id, "network"); }
void Workspace::setRun(const std::string& id) { choose(m_state->run, id, "run"); }

QString Workspace::undoText() const { return m_state->look.undo && !readOnly() ? words(*m_state->look.undo) : QString(); }
QString Workspace::redoText() const { return m_state->look.redo && !readOnly() ? words(*m_state->look.redo) : QString(); }
QDateTime Workspace::savedAt() const { return m_state->look.newestTime ? QDateTime::fromMSecsSinceEpoch(m_state->look.newestTime) : QDateTime(); }

void Workspace::undo() { step(&Project::undo); }
void Workspace::redo() { step(&Project::redo); }

void Workspace::guardSteps(QObject* owner, StepGuard guard) {
    m_state->guardOwner = owner;
    m_state->guard = std::move(guard);
}

void Workspace::step(EditFuture (Project::*direction)()) {
    if (!isOpen() || readOnly()) return;
    const QPointer<Workspace> self(this);
    const auto act = [self, direction] {
        if (self) self->stepNow(direction);
    };
    if (!m_state->guardOwner || !m_state->guard(direction == &Project::redo, act)) act();
}

void Workspace::stepNow(EditFuture (Project::*direction)()) {
    if (!isOpen() || readOnly()) return;
    m_state->tasks.quietly(
        this, [project = shared(), direction](TaskContext&) { return ((*project).*direction)().get(); },
        [this](Result<EditReceipt> receipt) {
            if (!receipt) emit problem(words(receipt.error()));
            emit stepped();
            noteEdit();
        });
}

void Workspace::guardClosing(QObject* owner, LossGuard guard) {
    m_state->lossOwner = owner;
    m_state->lossGuard = std::move(guard);
}

QString Workspace::lossOnClosing() const { return isOpen() && m_state->lossOwner ? m_state->lossGuard() : QString(); }

void Workspace::noteEdit() {
    State& state = *m_state;
    if (!state.project || state.looking) return;
    state.looking = true;
    state.tasks.quietly(
        this, [project = state.project, mark = state.look.mark](TaskContext&) { return lookAt(*project, mark); },
        [this, project = state.project.get()](Result<Look> look) {
            m_state->looking = false;
            if (m_state->project.get() != project) return;
            const bool vanished = !look && look.error().code == "project.vanished";
            if (vanished && !m_state->vanished) emit problem(words(look.error()));
            m_state->vanished = vanished;
            if (!look || look->mark == m_state->look.mark) return;
            m_state->look = std::move(*look);
            emit changed();
            emit historyChanged();
        });
}

void Workspace::lookAtLock() {
    m_state->tasks.quietly(
        this, [lock = m_state->lock](TaskContext&) -> Result<bool> { return FileLock::held(lock); },
        [this, lock = m_state->lock](Result<bool> held) {
            if (!held || *held || !m_state->lockPoll.isActive() || m_state->lock != lock) return;
            m_state->lockPoll.stop();
            emit givenBack();
        });
}

namespace {

/// Where a file lies, short enough for a sentence: the beginning and the last two names.
std::string shortPath(const std::string& path) {
    constexpr std::size_t longest = 56;
    if (path.size() <= longest || path.find('/') != 0 || path.find('\n') != std::string::npos) return path;
    const auto name = path.rfind('/'), folder = path.rfind('/', name - 1), first = path.find('/', 1);
    if (name == 0 || folder == std::string::npos || first >= folder) return path;
    return path.substr(0, first + 1) + "…" + path.substr(folder);
}

}  // namespace

QString Workspace::words(const Error& error) {
    Error shown = error;
    for (auto& [name, value] : shown.arguments) value = shortPath(value);
    return QString::fromStdString(message(shown, currentLanguage()));
}
QString Workspace::words(const EditName& name) { return QString::fromStdString(text(name.code, currentLanguage(), name.arguments)); }
QString Workspace::words(const Issue& issue) {
    const QString sentence = words(issue.what);
    return issue.count > 1 ? tr("%1 (%2 times)").arg(sentence).arg(issue.count) : sentence;
}

}  // namespace lamina
