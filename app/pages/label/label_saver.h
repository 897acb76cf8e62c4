// What was done on its way to the disk: queued at once, in order; called saved when it is; kept and tried again where the disk has no room.
#pragma once

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <set>

#include "core/project/project.h"

namespace lamina {

class Workspace;

/// GUI thread.
class LabelSaver : public QObject {
    Q_OBJECT
public:
    /// Begins an edit; called again where it found no room.
    using Begin = std::function<EditFuture(Project&)>;

    explicit LabelSaver(Workspace& workspace);

    void write(Begin begin);
    /// On their way.
    int waiting() const { return static_cast<int>(m_writes.size()); }
    /// That found no room: not saved, tried again every few seconds, in their order.
    int kept() const { return static_cast<int>(m_kept.size()); }
    bool isIdle() const { return m_writes.empty() && m_kept.empty(); }
    /// Did this edit of the journal come from here? Asked once for each.
    bool takeOwn(std::int64_t sequence) { return m_own.erase(sequence) > 0; }
    void tryAgain();
    /// Another project: nothing of this one is left to be done.
    void forget();

signals:
    void progressed();  ///< waiting() or kept()
    /// It is not saved and never will be: what is on the screen is not what the project says.
    void refused(const lamina::Error& error);
    /// No room; see kept().
    void noRoom(const lamina::Error& error);
    void idle();

private:
    struct Write {
        Begin begin;
        EditFuture future;
    };
    void await();
    void done(const Result<EditReceipt>& receipt, Begin begin);

    Workspace& m_workspace;
    std::deque<Write> m_writes;
    std::deque<Begin> m_kept;
    std::set<std::int64_t> m_own;
    QTimer m_again;
    bool m_waits = false;      ///< for the first of m_writes
    bool m_retrying = false;   ///< the first of m_writes is the first of m_kept, tried again
    int m_project = 0;         ///< answers for earlier ones are dropped
};

}  // namespace lamina
