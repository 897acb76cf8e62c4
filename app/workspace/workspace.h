// The open project as the window sees it: opening and closing, what changed, undo and redo, which dataset, network and run are looked at.
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/workspace/task_list.h"
#include "core/project/project.h"

namespace lamina {

class TrainingController;

/// Lives in the GUI thread; so do all calls and signals. Pages get it once, in their constructor.
///
/// Reading and editing: inside tasks().start/quietly, through shared() (a task keeps the project alive):
///     m_workspace.tasks().quietly(this, [project = m_workspace.shared()](TaskContext&) { return project->datasets().all(); },
///                                 [this](auto records) { … });
/// Every edit made anywhere (undo, another page, another process) leads to changed().
class Workspace : public QObject {
    Q_OBJECT
public:
    explicit Workspace(QObject* parent = nullptr);
    ~Workspace() override;

    TaskList& tasks();
    TrainingController& training();

    bool isOpen() const;
    bool readOnly() const;     ///< opened while another process writes it, or where nothing can be written
    bool lockedByOther() const;  ///< the former
    bool isPackage() const;    ///< a package of items for one person to label: only that is done in it
    QString name() const;
    QString file() const;
    /// nullptr where none is open.
    std::shared_ptr<Project> shared() const;

    /// All three work in the background and end with opened() or problem(). An open project is closed first.
    void create(const QString& file);
    /// Read-only where somebody else has it open for writing or it cannot be written to (said with notice()). Of a package (.lamina-session) the project that
    /// it holds, in the name of the person whom it is for.
    void open(const QString& file);
    /// Ends tasks and a training (at a checkpoint); closed() is emitted at once, the file is given back in the background.
    void close();

    // What the pages look at together; ids, empty where there is none. Kept per project between sessions.
    std::string dataset() const;
    std::string network() const;
    std::string run() const;
    void setDataset(const std::string& id);
    void setNetwork(const std::string& id);
    void setRun(const std::string& id);

    /// Texts of the newest edit that can be taken back or done again, in the language in use; empty where there is none.
    QString undoText() const;
    QString redoText() const;
    void undo();
    void redo();
    /// Asked before an undo or redo: a page that has to show first what it is about takes `act` and calls it when it has (true); false: it does not
    /// mind. Gone with `owner`. One page at a time.
    using StepGuard = std::function<bool(bool redo, std::function<void()> act)>;
    void guardSteps(QObject* owner, StepGuard guard);
    /// Asked before a person closes the project or the window: what would be lost, in words; empty: nothing. Gone with `owner`. One page at a time.
    using LossGuard = std::function<QString()>;
    void guardClosing(QObject* owner, LossGuard guard);
    QString lossOnClosing() const;
    /// When the last durable commit came back; invalid before the first.
    QDateTime savedAt() const;
    /// Pages that edit call this in `done`: moves savedAt(), asks for changed().
    void noteEdit();

    /// Says an error in words to the person: code and arguments through app/messages.
    static QString words(const Error& error);
    static QString words(const Issue& issue);
    static QString words(const EditName& name);

    /// Asks the frame to show a page: "data", "model", "train", "review", "use", …
    void show(const QString& page) { emit pageWanted(page); }
    /// Asks the frame for its import dialog on these files.
    void importFiles(const QStringList& files) { emit importWanted(files); }

signals:
    void opened();
    void closed();
    /// Something in the project changed: read again what you show. Coalesced, at most 10 times a second; metrics of runs do not count.
    void changed();
    void selectionChanged();  ///< dataset(), network() or run()
    void historyChanged();    ///< undoText(), redoText(), savedAt()
    void stepped();           ///< an undo or redo has come back, done or refused
    void givenBack();         ///< who had the project open has closed it, or has died: opened again, it can be changed here
    void problem(const QString& text);
    void notice(const QString& text);
    void pageWanted(const QString& page);
    void importWanted(const QStringList& files);

private:
    struct Opened;
    static Result<Opened> openForWork(const Path& file);
    void adopt(Opened opened);
    void lookAtLock();
    void choose(std::string& current, const std::string& id, const char* key);
    void step(EditFuture (Project::*direction)());
    void stepNow(EditFuture (Project::*direction)());

    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace lamina
