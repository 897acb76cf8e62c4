// From files that somebody brings to a dataset in the project: choosing, the dialog with its preview, the import in the background, and what it
// had to say.
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <optional>
#include <string>

#include "app/jobs/dataset_jobs.h"
#include "app/workspace/workspace.h"
#include "widgets/common/notice.h"

class QWidget;

namespace lamina {

class ImportBanner;
class ImportDialog;

class ImportFlow : public QObject {
    Q_OBJECT
public:
    /// `page`: the parent of dialogs and menus; deletes this.
    ImportFlow(Workspace& workspace, Notice& notice, ImportBanner& banner, QWidget* page);

    /// Opens the dialog on each of these, one after the other.
    void importFiles(const QStringList& files);
    /// Asks in a menu below `button` what is to be imported, then for the file.
    void ask(QWidget* button);
    void importSample();
    /// What a spreadsheet or a file manager put on the clipboard; says so where that is nothing to import.
    void paste();
    /// Imports without asking, as a task; then draws a split. Gives the task's id.
    int start(const ImportRequest& request);
    /// Forgets what waits and closes the dialog: the project is gone.
    void forget();

signals:
    /// A dataset was added; the workspace looks at it now.
    void imported();
    void remarksWanted();

private:
    struct Imported {
        ImportOutcome import;
        std::optional<Error> splitError;
        std::vector<Issue> splitIssues;
    };

    /// Says why not.
    bool mayImport();
    static Result<Imported> importAndSplit(Project& project, const ImportRequest& request, TaskContext& context);
    void askForFile(bool folder);
    void next();
    void openDialog(const ImportRequest& request);
    void openPasted(const QString& file, bool tabs);
    void ended(const ImportRequest& request, const Result<Imported>& result);
    void sayImported(const Imported& imported);
    void sayFailed(const ImportRequest& request, const Error& error);

    Workspace& m_workspace;
    Notice& m_notice;
    ImportBanner& m_banner;
    QWidget* m_page;
    std::string m_pasted;   ///< file of a pasted table that is not imported yet
    QStringList m_waiting;  ///< files after the one in the dialog
    QPointer<ImportDialog> m_dialog;
};

}  // namespace lamina
