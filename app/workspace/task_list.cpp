#include "app/workspace/task_list.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <deque>
#include <mutex>
#include <vector>

#include "app/workspace/workspace.h"
#include "core/base/mailbox.h"
#include "core/base/worker_pool.h"

namespace lamina {
namespace {

constexpr int taskPollMilliseconds = 33;

QString unitText(const Progress& progress) {
    const QLocale locale;
    if (progress.unit == "bytes") {
        const QString done = locale.formattedDataSize(progress.done);
        return progress.total > 0 ? TaskList::tr("%1 of %2").arg(done, locale.formattedDataSize(progress.total)) : done;
    }
    const QString done = locale.toString(static_cast<qlonglong>(progress.done)), total = locale.toString(static_cast<qlonglong>(progress.total));
    if (progress.unit == "rows") return progress.total > 0 ? TaskList::tr("%1 of %2 rows").arg(done, total) : TaskList::tr("%1 rows").arg(done);
    return progress.total > 0 ? TaskList::tr("%1 of %2").arg(done, total) : done;
}

}  // namespace

/// One piece of work. Shared by the list and the thread that does it.
struct RunningTask {
    TaskInfo info;
    bool shown = false;
    CancelToken cancel;
    Mailbox<Progress> progress;
    QElapsedTimer clock;
    std::function<void()> cancelOutside;  ///< of an announced task
    std::atomic<bool> begun = false;
};

struct TaskList::State {
    std::vector<std::shared_ptr<RunningTask>> all;  ///< under way, and the shown ones that ended
    std::vector<std::shared_ptr<RunningTask>> rows; ///< the shown ones
    QTimer poll;
    int nextId = 1;
    std::mutex endedMutex;
    std::deque<std::function<void()>> ended;        ///< what the GUI thread has to do for work that ended, one for each finishOne() under way
    WorkerPool shownPool{2}, quietPool{3};          ///< long imports do not hold up queries

    std::shared_ptr<RunningTask> find(int id) const {
        const auto found = std::find_if(all.begin(), all.end(), [id](const auto& task) { return task->info.id == id; });
        return found == all.end() ? nullptr : *found;
    }
    int rowOf(const RunningTask& task) const {
        const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.get() == &task; });
        return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
    }
};

namespace {

bool underWay(const TaskInfo& info) { return info.state == TaskState::Waiting || info.state == TaskState::Running; }

/// Time left from the share that is done; nothing is said before it is likely to be right.
double estimateLeft(const TaskInfo& info) {
    return info.fraction > 0.02 && info.seconds > 1 ? info.seconds * (1 - info.fraction) / info.fraction : -1;
}

void takeProgress(RunningTask& task) {
    if (task.begun && task.info.state == TaskState::Waiting) {
        task.info.state = TaskState::Running;
        task.clock.start();
    }
    if (task.clock.isValid()) task.info.seconds = static_cast<double>(task.clock.elapsed()) / 1000.0;
    if (const auto progress = task.progress.take()) {
        task.info.fraction = progress->total > 0 ? std::clamp(static_cast<double>(progress->done) / static_cast<double>(progress->total), 0.0, 1.0) : -1;
        task.info.detail = unitText(*progress);
        task.info.secondsLeft = estimateLeft(task.info);
    }
}

}  // namespace

TaskList::TaskList(QObject* parent) : QAbstractListModel(parent), m_state(std::make_unique<State>()) {
    qRegisterMetaType<TaskInfo>();
    m_state->poll.setInterval(taskPollMilliseconds);
    connect(&m_state->poll, &QTimer::timeout, this, [this] {
        bool any = false;
        for (const auto& task : m_state->rows) {
            if (!underWay(task->info)) continue;
            any = true;
            takeProgress(*task);
            const QModelIndex row = index(m_state->rowOf(*task));
            emit dataChanged(row, row);
        }
        if (!any) m_state->poll.stop();
    });
}

TaskList::~TaskList() { finishAll(); }

int TaskList::launch(const QString& title, bool shown, QObject* context, PackedWork work) {
    auto task = std::make_shared<RunningTask>();
    task->info.id = m_state->nextId++;
    task->info.title = title;
    task->shown = shown;
    m_state->all.push_back(task);
    if (shown) {
        beginInsertRows({}, rowCount(), rowCount());
        m_state->rows.push_back(task);
        endInsertRows();
        m_state->poll.start();
        emit runningChanged();
    }
    const auto finish = [this, task, guard = QPointer<QObject>(context)](const Outcome& outcome) {
        if (!task->shown) std::erase(m_state->all, task);
        const bool cancelled = task->cancel.cancelled();
        if (task->shown) {
            takeProgress(*task);
            task->info.state = !outcome.error ? TaskState::Done : cancelled ? TaskState::Cancelled : TaskState::Failed;
            if (outcome.error) task->info.detail = Workspace::words(*outcome.error);
            if (!outcome.error) task->info.fraction = 1;
            const QModelIndex row = index(m_state->rowOf(*task));
            emit dataChanged(row, row);
            emit runningChanged();
        }
        if (guard && !(cancelled && !task->shown)) outcome.deliver();
        if (task->info.state == TaskState::Failed) emit failed(task->info.title, task->info.detail);
    };
    WorkerPool& pool = shown ? m_state->shownPool : m_state->quietPool;
    pool.start([this, task, finish, work = std::move(work)]() mutable {
        task->begun = true;
        TaskContext context{task->cancel, [task](const Progress& progress) { task->progress.put(progress); }};
        auto outcome = std::make_shared<Outcome>(work(context));
        work = {};  // what the work held (the project) is let go before anybody hears that it ended
        {
            const std::lock_guard lock(m_state->endedMutex);
            m_state->ended.push_back([finish, outcome] { finish(*outcome); });
        }
        outcome.reset();
        QMetaObject::invokeMethod(this, "finishOne", Qt::QueuedConnection);
    });
    return task->info.id;
}

void TaskList::finishOne() {
    std::function<void()> finish;
    {
        const std::lock_guard lock(m_state->endedMutex);
        if (m_state->ended.empty()) return;
        finish = std::move(m_state->ended.front());
        m_state->ended.pop_front();
    }
    finish();
}

int TaskList::announce(const QString& title, std::function<void()> cancel) {
    auto task = std::make_shared<RunningTask>();
    task->info.id = m_state->nextId++;
    task->info.title = title;
    task->info.cancellable = cancel != nullptr;
    task->shown = true;
    task->begun = true;
    task->cancelOutside = std::move(cancel);
    m_state->all.push_back(task);
    beginInsertRows({}, rowCount(), rowCount());
    m_state->rows.push_back(task);
    endInsertRows();
    takeProgress(*task);
    m_state->poll.start();
    emit runningChanged();
    return task->info.id;
}

void TaskList::update(int id, double fraction, const QString& detail, double secondsLeft) {
    const auto task = m_state->find(id);
    if (!task) return;
    task->info.fraction = fraction;
    task->info.detail = detail;
    task->info.secondsLeft = secondsLeft;
}

void TaskList::end(int id, const QString& error) {
    const auto task = m_state->find(id);
    if (!task || !underWay(task->info)) return;
    task->info.state = error.isEmpty() ? TaskState::Done : TaskState::Failed;
    if (!error.isEmpty()) task->info.detail = error;
    if (error.isEmpty()) task->info.fraction = 1;
    task->info.secondsLeft = -1;
    const QModelIndex row = index(m_state->rowOf(*task));
    emit dataChanged(row, row);
    emit runningChanged();
    if (!error.isEmpty()) emit failed(task->info.title, error);
}

void TaskList::cancel(int id) {
    const auto task = m_state->find(id);
    if (!task || !underWay(task->info)) return;
    task->cancel.cancel();
    if (task->cancelOutside) task->cancelOutside();
}

int TaskList::runningCount() const {
    return static_cast<int>(std::count_if(m_state->rows.begin(), m_state->rows.end(), [](const auto& task) { return underWay(task->info); }));
}

void TaskList::clear() {
    beginResetModel();
    const auto ended = [](const auto& task) { return !underWay(task->info); };
    std::erase_if(m_state->rows, ended);
    std::erase_if(m_state->all, [&](const auto& task) { return task->shown && ended(task); });
    endResetModel();
}

void TaskList::forget(int id) {
    const auto task = m_state->find(id);
    if (!task || !task->shown || underWay(task->info)) return;
    const int row = m_state->rowOf(*task);
    beginRemoveRows({}, row, row);
    std::erase(m_state->rows, task);
    std::erase(m_state->all, task);
    endRemoveRows();
}

void TaskList::finishAll() {
    for (const auto& task : m_state->all) task->cancel.cancel();
    m_state->shownPool.waitForDone();
    m_state->quietPool.waitForDone();
}

int TaskList::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_state->rows.size()); }

QVariant TaskList::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const TaskInfo& info = m_state->rows[static_cast<std::size_t>(index.row())]->info;
    if (role == InfoRole) return QVariant::fromValue(info);
    if (role == Qt::DisplayRole) return info.title;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole) return info.detail;
    return {};
}

TaskInfo TaskList::info(int row) const { return m_state->rows[static_cast<std::size_t>(row)]->info; }

}  // namespace lamina
