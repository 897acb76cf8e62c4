// The frame: stage rail, pages, panel at the right, tasks below, menus. No logic of its own: pages and Workspace have it.
#pragma once

#include <QMainWindow>

#include <map>

#include "app/studio/stage_status.h"
#include "app/workspace/workspace.h"

class QDockWidget;
class QLabel;
class QMenu;
class QStackedWidget;

namespace lamina {

class HistoryPanel;
class Notice;
class Page;
class StageRail;
class TaskPanel;
class WelcomePage;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow();
    ~MainWindow() override;

    Workspace& workspace() { return m_workspace; }
    /// Files and folders from the command line or a drop: a project is opened, everything else imported.
    void take(const QStringList& files);
    void paste();
    void createBeside(const QString& name);
    bool pageSays(const QString& error);
    /// Opens the sample project among the person's own ones; made where it is not there yet.
    void openSample(const QString& id);
    /// Removes, in the background, what starts that were killed left half made.
    void tidyUp();
    void showPage(const QString& stage);
    QString currentPage() const { return m_stage; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildActions();
    void buildMenus();
    void connectWorkspace();
    void retranslate();
    void updateActions();
    void updateSide();
    void showHistory(bool on);
    void updateSaved();
    void updateStages();
    Page* page(const QString& stage);
    void newProject();
    void openProject();
    void fillRecentMenu();
    bool mayClose();
    bool mayLose();

    Workspace m_workspace;
    std::map<QString, Page*> m_pages;
    std::map<QString, QAction*> m_actions;
    QStringList m_pendingFiles;  ///< dropped before there was a project
    bool m_pendingPaste = false; ///< pasted before there was one
    ProjectSummary m_summary;
    QString m_stage = "data";
    StageRail* m_rail;
    QStackedWidget* m_stack;
    QStackedWidget* m_sideStack;
    WelcomePage* m_welcome;
    Notice* m_notice;
    QString m_passingNote;  ///< the newest of m_notice that belongs to the page it was said on
    TaskPanel* m_tasks;
    QDockWidget *m_side, *m_historyDock;
    QLabel* m_saved;
    QMenu *m_projectMenu, *m_recentMenu, *m_editMenu, *m_viewMenu, *m_helpMenu;
};

}  // namespace lamina
