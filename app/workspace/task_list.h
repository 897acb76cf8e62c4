// Work in background threads: the task list that people see at the bottom of the window, and quiet work that they do not.
#pragma once

#include <QAbstractListModel>
#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>
#include <type_traits>

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace lamina {

/// What work in the background is given.
struct TaskContext {
    CancelToken cancel;
    ProgressFunction progress;  ///< any thread; shown at most 30 times a second
};

enum class TaskState { Waiting, Running, Done, Failed, Cancelled };

struct TaskInfo {
    int id = 0;
    QString title;        ///< "Import clothes.csv"
    TaskState state = TaskState::Waiting;
    double fraction = -1; ///< 0 … 1; -1: unknown
    QString detail;       ///< "41,000 of 70,000 rows", or why it failed
    double seconds = 0;   ///< since it began
    double secondsLeft = -1;
    bool cancellable = true;
};

/// The tasks as a list model (newest last; finished ones stay until clear()). Lives in the GUI thread; so do all calls.
class TaskList : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { InfoRole = Qt::UserRole + 1 };

    explicit TaskList(QObject* parent = nullptr);
    /// Cancels everything and waits.
    ~TaskList() override;

    /// Runs `work` (TaskContext&) → Result<T> on a background thread and shows it in the list. `done` (Result<T>) is called in the GUI thread;
    /// never after `context` is gone. Gives the task's id.
    template <class Work, class Done>
    int start(const QString& title, QObject* context, Work work, Done done) {
        return launch(title, true, context, packed(std::move(work), std::move(done)));
    }
    /// The same unseen: queries and thumbnails. cancel(id) makes `done` not be called.
    template <class Work, class Done>
    int quietly(QObject* context, Work work, Done done) {
        return launch({}, false, context, packed(std::move(work), std::move(done)));
    }
    /// A task that somebody else runs (a training): shown, updated and ended by the caller.
    int announce(const QString& title, std::function<void()> cancel);
    void update(int id, double fraction, const QString& detail, double secondsLeft = -1);
    /// `error` empty: done.
    void end(int id, const QString& error = {});

    void cancel(int id);
    int runningCount() const;  ///< of those that are shown
    /// Forgets the finished ones; one of them.
    void clear();
    void forget(int id);
    /// Cancels all and waits for the threads: before a project is closed.
    void finishAll();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    TaskInfo info(int row) const;

signals:
    void runningChanged();
    /// A shown task ended with an error (not: cancelled).
    void failed(const QString& title, const QString& error);

private:
    /// Work, run in the background, gives what has to be done in the GUI thread; and its error, if any.
    struct Outcome {
        std::optional<Error> error;
        std::function<void()> deliver;
    };
    using PackedWork = std::function<Outcome(TaskContext&)>;

    template <class Work, class Done>
    static PackedWork packed(Work work, Done done) {
        return [work = std::move(work), done = std::move(done)](TaskContext& context) mutable {
            auto result = std::make_shared<std::invoke_result_t<Work&, TaskContext&>>(work(context));
            Outcome outcome;
            if (!*result) outcome.error = result->error();
            outcome.deliver = [done = std::move(done), result]() mutable { done(std::move(*result)); };
            return outcome;
        };
    }
    int launch(const QString& title, bool shown, QObject* context, PackedWork work);
    Q_INVOKABLE void finishOne();

    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace lamina

Q_DECLARE_METATYPE(lamina::TaskInfo)
