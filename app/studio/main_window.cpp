#include "app/studio/main_window.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QShortcut>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTimer>

#include "app/pages/clean/clean_page.h"
#include "app/pages/data/data_page.h"
#include "app/pages/data/pasted_table.h"
#include "app/pages/label/label_page.h"
#include "app/pages/model/model_page.h"
#include "app/pages/review/review_page.h"
#include "app/pages/train/train_page.h"
#include "app/pages/use/use_page.h"
#include "app/settings/settings.h"
#include "app/studio/dock_title.h"
#include "app/studio/help.h"
#include "app/studio/history_panel.h"
#include "app/studio/sample_projects.h"
#include "app/studio/settings_dialog.h"
#include "app/studio/stage_rail.h"
#include "app/studio/task_panel.h"
#include "app/studio/welcome_page.h"
#include "app/workspace/training_controller.h"
#include "widgets/common/icon.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr const char* projectEnding = ".lamina";
constexpr const char* packageEnding = ".lamina-session";  ///< items for one person to label
constexpr QSize comfortable(1366, 768);
constexpr int widthWithHistory = 1280;  // of the widest page, Train, and the history beside it

QString projectsFolder() { return settings::value("projects_folder", QDir::home().filePath("Lamina")).toString(); }

Page* makePage(const QString& stage, Workspace& workspace) {
    if (stage == QLatin1String("data")) return new DataPage(workspace);
    if (stage == QLatin1String("clean")) return new CleanPage(workspace);
    if (stage == QLatin1String("label")) return new LabelPage(workspace);
    if (stage == QLatin1String("model")) return new ModelPage(workspace);
    if (stage == QLatin1String("train")) return new TrainPage(workspace);
    if (stage == QLatin1String("review")) return new ReviewPage(workspace);
    return new UsePage(workspace);
}

}  // namespace

MainWindow::MainWindow()
    : m_rail(new StageRail), m_stack(new QStackedWidget), m_sideStack(new QStackedWidget), m_welcome(new WelcomePage), m_notice(new Notice),
      m_tasks(new TaskPanel(m_workspace.tasks())), m_side(new QDockWidget(this)), m_historyDock(new QDockWidget(this)), m_saved(new QLabel) {
    setObjectName("main_window");
    setAcceptDrops(true);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(0, 8, 8, 8);
    body->setSpacing(8);
    auto* notice = new QHBoxLayout;
    notice->setContentsMargins(16, 0, 16, 0);
    notice->addWidget(m_notice);
    body->addLayout(notice);
    body->addWidget(m_stack, 1);
    // One task has its place even while there is none: a page whose buttons move when a task comes or goes is missed by the mouse.
    QSizePolicy place = m_tasks->sizePolicy();
    place.setRetainSizeWhenHidden(true);
    m_tasks->setSizePolicy(place);
    m_saved->setMinimumWidth(m_saved->fontMetrics().averageCharWidth() * 24);
    m_saved->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(16, 0, 16, 0);
    bottom->setSpacing(12);
    bottom->addWidget(m_tasks, 1);
    bottom->addWidget(m_saved, 0, Qt::AlignBottom);
    body->addLayout(bottom);
    auto* centre = new QWidget;
    auto* row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_rail);
    row->addLayout(body, 1);
    setCentralWidget(centre);
    m_stack->addWidget(m_welcome);

    m_side->setObjectName("side_dock");
    m_sideStack->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // what is selected does not move the pages
    m_side->setWidget(m_sideStack);
    m_side->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    m_side->setMinimumWidth(260);
    m_side->setTitleBarWidget(new DockTitle(m_side));
    m_side->installEventFilter(this);
    addDockWidget(Qt::RightDockWidgetArea, m_side);
    m_historyDock->setObjectName("history_dock");
    m_historyDock->setWidget(new HistoryPanel(m_workspace));
    m_historyDock->setTitleBarWidget(new DockTitle(m_historyDock));
    m_historyDock->setMinimumWidth(260);
    addDockWidget(Qt::RightDockWidgetArea, m_historyDock);
    m_historyDock->hide();
    m_side->hide();
    m_saved->setObjectName("saved_label");
    m_saved->setProperty(ThemeRole::muted, true);
    m_saved->setContentsMargins(0, 0, 0, 12);

    buildActions();
    auto* paste = new QShortcut(QKeySequence(QKeySequence::Paste), m_welcome);
    connect(paste, &QShortcut::activated, this, &MainWindow::paste);
    buildMenus();
    connectWorkspace();
    retranslate();
    resize(comfortable);
    // On a small screen the first window takes all of it.
    const QSize room = screen()->availableGeometry().size();
    if (room.width() < comfortable.width() + 100 || room.height() < comfortable.height() + 60) setWindowState(Qt::WindowMaximized);
    restoreGeometry(settings::value("window/geometry").toByteArray());
    restoreState(settings::value("window/state").toByteArray());
    updateStages();
}

MainWindow::~MainWindow() {
    // Pages hold work in the workspace's threads; they go before it does.
    m_workspace.close();
    for (const auto& [stage, page] : m_pages) delete page;
}

void MainWindow::buildActions() {
    const auto add = [this](const char* id, const char* icon, const QKeySequence& key, auto act) {
        auto* action = new QAction(this);
        action->setObjectName(QStringLiteral("action_") + id);
        if (*icon) action->setIcon(themeIcon(icon));
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
        m_actions[id] = action;
    };
    add("new", "new", QKeySequence::New, [this] { newProject(); });
    add("open", "open", QKeySequence::Open, [this] { openProject(); });
    add("import", "import", QKeySequence("Ctrl+I"), [this] { if (m_workspace.isOpen()) m_workspace.importFiles({}); });
    add("close", "close", QKeySequence::Close, [this] { if (mayClose()) m_workspace.close(); });
    add("settings", "settings", QKeySequence("Ctrl+,"), [this] { SettingsDialog(this).exec(); });
    add("quit", "", QKeySequence::Quit, [this] { close(); });
    add("undo", "undo", QKeySequence::Undo, [this] { m_workspace.undo(); });
    add("redo", "redo", QKeySequence("Ctrl+Shift+Z"), [this] { m_workspace.redo(); });
    m_actions["redo"]->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
    add("history", "history", QKeySequence("Ctrl+H"), [this] { showHistory(!m_historyDock->isVisible()); });
    add("side", "menu", QKeySequence("F4"), [this] {
        settings::setValue("window/side", !m_side->isVisible());
        updateSide();
    });
    add("fullscreen", "", QKeySequence("F11"), [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    add("help", "help", QKeySequence::HelpContents, [this] { showHelp(m_workspace.isOpen() ? m_stage : QString(), this); });
    add("about", "info", {}, [this] { showAbout(this); });
    int number = 1;
    for (const QString& stage : StageRail::stages())
        add(qPrintable("stage_" + stage), qPrintable(stage), QKeySequence(QStringLiteral("Ctrl+%1").arg(number++)), [this, stage] { showPage(stage); });
}

void MainWindow::buildMenus() {
    m_projectMenu = menuBar()->addMenu(QString());
    m_projectMenu->addActions({m_actions["new"], m_actions["open"]});
    m_recentMenu = m_projectMenu->addMenu(QString());
    m_projectMenu->addSeparator();
    m_projectMenu->addAction(m_actions["import"]);
    m_projectMenu->addSeparator();
    m_projectMenu->addActions({m_actions["settings"], m_actions["close"], m_actions["quit"]});
    m_editMenu = menuBar()->addMenu(QString());
    m_editMenu->addActions({m_actions["undo"], m_actions["redo"], m_actions["history"]});
    m_viewMenu = menuBar()->addMenu(QString());
    for (const QString& stage : StageRail::stages()) m_viewMenu->addAction(m_actions["stage_" + stage]);
    m_viewMenu->addSeparator();
    m_viewMenu->addActions({m_actions["side"], m_actions["fullscreen"]});
    m_helpMenu = menuBar()->addMenu(QString());
    m_helpMenu->addActions({m_actions["help"], m_actions["about"]});
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
}

void MainWindow::connectWorkspace() {
    connect(m_rail, &StageRail::chosen, this, &MainWindow::showPage);
    connect(m_welcome, &WelcomePage::newWanted, this, &MainWindow::newProject);
    connect(m_welcome, &WelcomePage::openWanted, this, &MainWindow::openProject);
    connect(m_welcome, &WelcomePage::fileWanted, &m_workspace, &Workspace::open);
    connect(m_welcome, &WelcomePage::sampleWanted, this, &MainWindow::openSample);
    connect(&m_workspace, &Workspace::opened, this, [this] {
        m_notice->hide();
        m_summary = {};
        const QString kept = settings::projectValue(m_workspace.file(), "page").toString();
        m_rail->setVisible(!m_workspace.isPackage());
        showPage(m_workspace.isPackage() ? QStringLiteral("label") : kept.isEmpty() ? QStringLiteral("data") : kept);
        if (!m_pendingFiles.isEmpty()) m_workspace.importFiles(std::exchange(m_pendingFiles, {}));
        if (std::exchange(m_pendingPaste, false)) {
            showPage("data");
            static_cast<DataPage*>(page("data"))->paste();
        }
    });
    connect(&m_workspace, &Workspace::closed, this, [this] {
        m_stack->setCurrentWidget(m_welcome);
        m_rail->show();
        updateSide();
        updateStages();
        updateActions();
    });
    connect(&m_workspace, &Workspace::pageWanted, this, &MainWindow::showPage);
    connect(&m_workspace, &Workspace::importWanted, this, [this](const QStringList& files) {
        showPage("data");
        static_cast<DataPage*>(page("data"))->importFiles(files);
    });
    connect(&m_workspace, &Workspace::changed, this, &MainWindow::updateStages);
    connect(&m_workspace, &Workspace::historyChanged, this, [this] { updateActions(); updateSaved(); });
    connect(&m_workspace, &Workspace::problem, this, [this](const QString& text) { m_notice->say(Notice::Tone::Bad, text); });
    connect(&m_workspace, &Workspace::notice, this, [this](const QString& text) {
        m_passingNote = text;
        m_notice->say(Notice::Tone::Info, text);
    });
    connect(&m_workspace, &Workspace::givenBack, this, [this] {
        m_notice->say(Notice::Tone::Good, tr("The other window or program has closed this project."), tr("Change it here"),
                      [this] { m_workspace.open(m_workspace.file()); });
    });
    connect(&m_workspace.tasks(), &TaskList::failed, this, [this](const QString& title, const QString& error) {
        // After the page that began it, which says what can be done.
        QTimer::singleShot(0, this, [this, title, error] {
            if (!pageSays(error)) m_notice->say(Notice::Tone::Bad, tr("%1: %2").arg(title, error));
        });
    });
    connect(&m_workspace.training(), &TrainingController::stateChanged, this, &MainWindow::updateStages);
    auto* clock = new QTimer(this);
    connect(clock, &QTimer::timeout, this, &MainWindow::updateSaved);
    clock->start(1000);
}

Page* MainWindow::page(const QString& stage) {
    Page*& page = m_pages[stage];
    if (page) return page;
    page = makePage(stage, m_workspace);
    page->setObjectName("page_" + stage);
    m_stack->addWidget(page);
    if (QWidget* side = page->sidePanel()) m_sideStack->addWidget(side);
    return page;
}

void MainWindow::showPage(const QString& stage) {
    if (!m_workspace.isOpen() || (m_workspace.isPackage() && stage != QLatin1String("label"))) return;
    // What was said in passing is not carried to the next page; that a project cannot be changed is.
    if (stage != m_stage && m_notice->text() == std::exchange(m_passingNote, {}) && !m_workspace.readOnly()) m_notice->hide();
    m_stage = stage;
    Page* shown = page(stage);
    // A window that has become wider than the screen helps nobody.
    if (m_historyDock->isVisible() && !m_historyDock->isFloating() && width() < widthWithHistory) m_historyDock->hide();
    // The stack is as large as the largest page that counts: only the one on the screen does.
    for (const auto& [id, other] : m_pages) other->setSizePolicy(other == shown ? QSizePolicy::Preferred : QSizePolicy::Ignored, QSizePolicy::Ignored);
    // Never the wide page and the panel of the other one at the same time.
    if (!shown->sidePanel()) m_side->hide();
    m_stack->setCurrentWidget(shown);
    m_stack->updateGeometry();
    centralWidget()->layout()->activate();
    m_rail->setCurrent(stage);
    updateSide();
    settings::setProjectValue(m_workspace.file(), "page", stage);
}

void MainWindow::showHistory(bool on) {
    if (on && m_historyDock->isHidden()) {
        const bool docked = width() >= widthWithHistory;
        m_historyDock->setFloating(!docked);
        // Between the buttons at the top of a page and those at its bottom.
        if (!docked) m_historyDock->setGeometry(QRect(mapToGlobal(QPoint(width() - 340, 150)), QSize(320, std::max(260, height() - 300))));
    }
    m_historyDock->setVisible(on);
}

void MainWindow::updateSide() {
    QWidget* side = m_workspace.isOpen() ? page(m_stage)->sidePanel() : nullptr;
    // Before there is data there is nothing that its panel could show.
    const bool ofData = m_stage == QLatin1String("data") || m_stage == QLatin1String("clean");
    if (ofData && m_summary.open && m_summary.datasets == 0) side = nullptr;
    if (side) m_sideStack->setCurrentWidget(side);
    m_actions["side"]->setEnabled(side != nullptr);
    m_side->setVisible(side != nullptr && settings::value("window/side", true).toBool());
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_side && event->type() == QEvent::Close) settings::setValue("window/side", false);
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::updateStages() {
    if (!m_workspace.isOpen()) {
        m_summary = {};
        for (const auto& [stage, status] : stageStatuses(m_summary)) m_rail->setStatus(stage, status);
        m_rail->setEnabled(false);
        m_rail->setCurrent({});
        return;
    }
    m_rail->setEnabled(true);
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared()](TaskContext&) { return summarize(*project); },
        [this](Result<ProjectSummary> summary) {
            if (!summary || !m_workspace.isOpen()) return;
            m_summary = *summary;
            m_summary.training = m_workspace.training().busy() || (m_workspace.readOnly() && m_summary.training);
            for (const auto& [stage, status] : stageStatuses(m_summary)) m_rail->setStatus(stage, status);
            updateSide();
        });
}

void MainWindow::updateActions() {
    const QString undo = m_workspace.undoText(), redo = m_workspace.redoText();
    m_actions["undo"]->setEnabled(!undo.isEmpty());
    m_actions["redo"]->setEnabled(!redo.isEmpty());
    m_actions["undo"]->setText(undo.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(undo));
    m_actions["redo"]->setText(redo.isEmpty() ? tr("&Redo") : tr("&Redo: %1").arg(redo));
    const bool open = m_workspace.isOpen();
    m_actions["import"]->setEnabled(open && !m_workspace.readOnly());
    for (const char* id : {"close", "history"}) m_actions[id]->setEnabled(open);
    for (const QString& stage : StageRail::stages()) m_actions["stage_" + stage]->setEnabled(open && (!m_workspace.isPackage() || stage == QLatin1String("label")));
    setWindowTitle(!open ? tr("Lamina") : m_workspace.readOnly() ? tr("%1 (only to look at) – Lamina").arg(m_workspace.name()) : tr("%1 – Lamina").arg(m_workspace.name()));
}

void MainWindow::updateSaved() {
    const QDateTime saved = m_workspace.savedAt();
    if (!m_workspace.isOpen()) return m_saved->clear();
    if (m_workspace.lockedByOther()) return m_saved->setText(tr("Open elsewhere: only to look at"));
    if (m_workspace.readOnly()) return m_saved->setText(tr("Cannot be written to: only to look at"));
    if (!m_workspace.lossOnClosing().isEmpty()) return m_saved->setText(tr("Not everything is saved"));
    if (!saved.isValid()) return m_saved->setText(tr("Saved"));
    const qint64 seconds = std::max<qint64>(0, saved.secsTo(QDateTime::currentDateTime()));
    m_saved->setText(seconds < 2    ? tr("Saved just now")
                     : seconds < 60 ? tr("Saved %1 s ago").arg(seconds)
                                    : tr("Saved at %1").arg(QLocale().toString(saved.time(), QLocale::ShortFormat)));
}

void MainWindow::newProject() {
    if (!mayClose()) return;
    QDir().mkpath(projectsFolder());
    QString file = QFileDialog::getSaveFileName(this, tr("New project"), QDir(projectsFolder()).filePath(tr("My project") + projectEnding),
                                                tr("Lamina projects (*.lamina)"));
    if (file.isEmpty()) return;
    if (!file.endsWith(projectEnding)) file += projectEnding;
    settings::setValue("projects_folder", QFileInfo(file).absolutePath());
    m_workspace.create(file);
}

void MainWindow::openProject() {
    if (!mayClose()) return;
    const QString file = QFileDialog::getOpenFileName(this, tr("Open project"), projectsFolder(), tr("Lamina projects and packages to label (*.lamina *.lamina-session)"));
    if (!file.isEmpty()) m_workspace.open(file);
}

void MainWindow::openSample(const QString& id) {
    if (!mayClose()) return;
    const auto samples = sampleProjects();
    const auto sample = std::find_if(samples.begin(), samples.end(), [&](const SampleProject& s) { return s.id == id; });
    if (sample == samples.end() || !sample->available) return;
    const QString there = QDir(projectsFolder()).filePath(id + projectEnding);
    if (QFileInfo::exists(there)) return m_workspace.open(there);
    m_workspace.tasks().start(
        tr("Making the sample project %1").arg(sample->title), this,
        [sample = *sample, folder = Path(projectsFolder().toStdString())](TaskContext& context) {
            return makeSampleProject(sample, folder, context.cancel, context.progress);
        },
        [this](Result<Path> file) {
            if (!file) return;
            settings::setProjectValue(QString::fromStdString(file->string()), "page", "data");
            m_workspace.open(QString::fromStdString(file->string()));
        });
}

void MainWindow::tidyUp() {
    m_workspace.tasks().quietly(
        this,
        [folder = Path(projectsFolder().toStdString())](TaskContext&) -> Result<bool> {
            sweepSampleWork(folder);
            return true;
        },
        [](const Result<bool>&) {});
}

void MainWindow::take(const QStringList& files) {
    for (const QString& file : files)
        if (file.endsWith(projectEnding) || file.endsWith(packageEnding)) {
            if (mayClose()) m_workspace.open(file);
            return;
        }
    if (files.isEmpty()) return;
    if (m_workspace.isOpen()) return m_workspace.importFiles(files);
    m_pendingFiles = files;
    createBeside(QFileInfo(files.front()).completeBaseName());
}

void MainWindow::paste() {
    const QMimeData* clipboard = QGuiApplication::clipboard()->mimeData();
    if (m_workspace.isOpen() || !clipboard) return;
    QStringList files;
    for (const QUrl& url : clipboard->urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    if (!files.isEmpty()) return take(files);
    if (!pastedTable(*clipboard)) return m_notice->say(Notice::Tone::Info, tr("There is no table on the clipboard. Copy some cells of a spreadsheet first."));
    m_pendingPaste = true;
    createBeside(tr("Pasted table"));
}

/// Is it said on the page that is looked at?
bool MainWindow::pageSays(const QString& error) {
    if (!m_workspace.isOpen()) return false;
    const auto labels = page(m_stage)->findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->isVisible() && label->text().contains(error); });
}

/// A project of that name, or of the next one that is free.
void MainWindow::createBeside(const QString& name) {
    QDir().mkpath(projectsFolder());
    const QString wanted = QDir(projectsFolder()).filePath(name + projectEnding);
    QString file = wanted;
    for (int n = 2; QFileInfo::exists(file); ++n) file = QString(wanted).replace(projectEnding, QStringLiteral(" %1").arg(n) + projectEnding);
    m_workspace.create(file);
}

void MainWindow::fillRecentMenu() {
    m_recentMenu->clear();
    for (const QString& file : settings::recentProjects()) {
        QAction* action = m_recentMenu->addAction(QFileInfo(file).completeBaseName() + QStringLiteral("  (") + QFileInfo(file).absolutePath() + ')');
        connect(action, &QAction::triggered, this, [this, file] { if (mayClose()) m_workspace.open(file); });
    }
    if (m_recentMenu->isEmpty()) m_recentMenu->addAction(tr("None yet"))->setEnabled(false);
}

/// What is not on the disk is lost with the project.
bool MainWindow::mayLose() {
    const QString loss = m_workspace.lossOnClosing();
    if (loss.isEmpty()) return true;
    QMessageBox box(QMessageBox::Warning, tr("Not everything is saved"), loss, QMessageBox::NoButton, this);
    box.setObjectName("loss_question");
    box.setTextFormat(Qt::PlainText);
    QPushButton* lose = box.addButton(tr("Close and lose it"), QMessageBox::DestructiveRole);
    QPushButton* stay = box.addButton(tr("Keep it open"), QMessageBox::RejectRole);
    box.setDefaultButton(stay);
    box.setEscapeButton(stay);
    box.exec();
    return box.clickedButton() == static_cast<QAbstractButton*>(lose);
}

bool MainWindow::mayClose() {
    if (!mayLose()) return false;
    if (!m_workspace.training().busy()) return true;
    QMessageBox box(QMessageBox::Question, tr("A training is running"),
                    tr("Closing stops the training at a checkpoint. You can go on with it later, from the same place."), QMessageBox::NoButton, this);
    box.setObjectName("close_question");
    QPushButton* stop = box.addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(tr("Keep training"), QMessageBox::RejectRole));
    box.exec();
    return box.clickedButton() == static_cast<QAbstractButton*>(stop);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayClose()) return event->ignore();
    settings::setValue("window/geometry", saveGeometry());
    settings::setValue("window/state", saveState());
    m_workspace.close();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    QStringList files;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    event->acceptProposedAction();
    const bool project = std::any_of(files.begin(), files.end(), [](const QString& file) { return file.endsWith(projectEnding); });
    if (!project && m_workspace.isOpen() && page(m_stage)->dropFiles(files)) return;
    // The program that the files come from waits for this event to end; questions come afterwards.
    QTimer::singleShot(0, this, [this, files] { take(files); });
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void MainWindow::retranslate() {
    m_projectMenu->setTitle(tr("&Project"));
    m_recentMenu->setTitle(tr("Recent"));
    m_editMenu->setTitle(tr("&Edit"));
    m_viewMenu->setTitle(tr("&View"));
    m_helpMenu->setTitle(tr("&Help"));
    m_actions["new"]->setText(tr("&New project…"));
    m_actions["open"]->setText(tr("&Open project…"));
    m_actions["import"]->setText(tr("&Import data…"));
    m_actions["close"]->setText(tr("&Close project"));
    m_actions["settings"]->setText(tr("&Settings…"));
    m_actions["quit"]->setText(tr("&Quit"));
    m_actions["history"]->setText(tr("&History"));
    m_actions["side"]->setText(tr("Side &panel"));
    m_actions["fullscreen"]->setText(tr("&Full screen"));
    m_actions["help"]->setText(tr("&Help"));
    m_actions["about"]->setText(tr("&About Lamina"));
    for (const QString& stage : StageRail::stages()) m_actions["stage_" + stage]->setText(StageRail::title(stage));
    m_historyDock->setWindowTitle(tr("History"));
    m_side->setWindowTitle(tr("Properties"));
    updateActions();
    updateSaved();
    updateStages();
}

}  // namespace lamina
