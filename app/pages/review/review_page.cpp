#include "app/pages/review/review_page.h"

#include <QBoxLayout>
#include <QEvent>
#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

#include <algorithm>

#include "app/messages/messages.h"
#include "app/pages/curves/fold_summary.h"
#include "app/pages/curves/metric_cards.h"
#include "app/pages/review/evaluation_view.h"
#include "app/pages/review/run_list.h"
#include "app/workspace/training_controller.h"
#include "app/workspace/workspace.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/theme.h"

namespace lamina {

ReviewPage::ReviewPage(Workspace& workspace, QWidget* parent)
    : Page(parent), m_workspace(workspace), m_heading(new QLabel), m_stack(new QStackedWidget), m_empty(new EmptyState("review")), m_toTrain(m_empty->addButton("review_to_train")),
      m_runs(new RunList), m_tabs(new QTabWidget), m_cards(new MetricCards(workspace, "review")), m_evaluation(new EvaluationView(workspace)) {
    m_tabs->setObjectName("review_tabs");
    m_tabs->addTab(m_cards, QString());
    m_tabs->addTab(m_evaluation, QString());
    auto* split = new QSplitter(Qt::Horizontal);
    split->addWidget(m_runs);
    split->addWidget(m_tabs);
    split->setStretchFactor(1, 1);
    split->setSizes({400, 900});
    split->setHandleWidth(12);
    split->setChildrenCollapsible(false);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(split);
    m_heading->setProperty(ThemeRole::heading, true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_heading);
    auto* folds = new FoldSummary(workspace);
    layout->addWidget(folds);
    layout->addWidget(m_stack, 1);
    connect(m_runs, &RunList::currentChanged, folds, &FoldSummary::setRun);
    connect(&workspace, &Workspace::changed, folds, &FoldSummary::refresh);
    connect(&workspace, &Workspace::closed, folds, [folds] { folds->setRun({}); });

    const auto stale = [this] {
        m_stale = true;
        if (isVisible()) refresh();
    };
    connect(&workspace, &Workspace::changed, this, stale);
    connect(&workspace, &Workspace::opened, this, stale);
    connect(&workspace, &Workspace::closed, this, [this] { m_evaluation->setRun(nullptr); });
    connect(m_toTrain, &QPushButton::clicked, this, [this] { m_workspace.show("train"); });
    connect(m_runs, &RunList::currentChanged, this, [this](const std::string& id) {
        if (id.empty()) return;
        m_workspace.setRun(id);
        m_evaluation->setRun(m_runs->model().run(id));
    });
    connect(m_runs, &RunList::removeWanted, this, &ReviewPage::remove);
    connect(m_runs, &RunList::freeSpaceWanted, this, &ReviewPage::askAboutSpace);
    connect(m_runs, &RunList::noteWanted, this, &ReviewPage::editNote);
    connect(&m_runs->model(), &RunListModel::shownChanged, this, &ReviewPage::showCurves);
    connect(&m_runs->model(), &RunListModel::renameWanted, this, &ReviewPage::rename);
    retranslate();
}

void ReviewPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale) refresh();
}

void ReviewPage::refresh() {
    if (!m_workspace.isOpen()) return;
    m_stale = false;
    if (m_reading) m_workspace.tasks().cancel(m_reading);
    m_reading = m_workspace.tasks().quietly(
        this, [project = m_workspace.shared()](TaskContext&) { return project->runs().all(); },
        [this](Result<std::vector<RunRecord>> runs) {
            m_reading = 0;
            if (!runs) return;
            m_stack->setCurrentIndex(runs->empty() ? 0 : 1);
            m_heading->setVisible(!runs->empty());
            m_runs->setReadOnly(m_workspace.readOnly());
            const std::string newest = runs->empty() ? std::string() : runs->back().id;
            m_runs->setRuns(std::move(*runs));
            m_runs->setCurrent(m_runs->model().run(m_workspace.run()) ? m_workspace.run() : newest);
            if (!m_runs->model().run(m_workspace.run())) m_workspace.setRun(m_runs->current());  // it was deleted
            m_evaluation->setRun(m_runs->model().run(m_runs->current()));
            showCurves();
        });
}

void ReviewPage::showCurves() {
    std::vector<ShownRun> shown;
    for (const RunRecord& run : m_runs->model().runs())
        if (m_runs->model().shown(run.id)) shown.push_back({run.id, QString::fromStdString(run.name), m_runs->model().colour(run.id)});
    m_cards->setRuns(shown);
}

void ReviewPage::edit(std::function<EditFuture(RunRepository&)> what) {
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), what = std::move(what)](TaskContext&) { return what(project->runs()).get(); },
        [this](Result<EditReceipt> receipt) {
            if (!receipt) emit m_workspace.problem(Workspace::words(receipt.error()));
            m_workspace.noteEdit();
        });
}

void ReviewPage::rename(const std::string& id, const QString& name) {
    edit([id, name = name.toStdString()](RunRepository& runs) { return runs.rename(id, name); });
}

void ReviewPage::editNote(const std::string& id) {
    const RunRecord* run = m_runs->model().run(id);
    if (!run) return;
    bool accepted = false;
    const QString note = QInputDialog::getMultiLineText(this, tr("Note"), tr("Note on %1:").arg(QString::fromStdString(run->name)), QString::fromStdString(run->note), &accepted);
    if (accepted) edit([id, note = note.toStdString()](RunRepository& runs) { return runs.setNote(id, note); });
}

void ReviewPage::remove(const std::vector<std::string>& ids) {
    if (ids.empty() || !m_workspace.isOpen() || m_workspace.readOnly()) return;
    const TrainingController& training = m_workspace.training();
    const bool trained = training.busy() && std::find(ids.begin(), ids.end(), training.run()) != ids.end();
    const RunRecord* busy = trained ? m_runs->model().run(training.run()) : nullptr;
    if (busy) return emit m_workspace.problem(Workspace::words(fail("run.in_progress", {{"run", busy->name}})));
    if (confirmRemoval(ids)) edit([ids](RunRepository& runs) { return runs.remove(ids); });
}

bool ReviewPage::confirmRemoval(const std::vector<std::string>& ids) {
    constexpr std::size_t mostNames = 6;
    QStringList names;
    for (const std::string& id : ids)
        if (const RunRecord* run = m_runs->model().run(id); run && static_cast<std::size_t>(names.size()) < mostNames)
            names << QString::fromStdString(run->name);
    if (ids.size() > mostNames) names << QStringLiteral("…");
    QMessageBox box(QMessageBox::Question, tr("Delete runs"), tr("Delete %n run(s)?", nullptr, static_cast<int>(ids.size())),
                    QMessageBox::NoButton, this);
    box.setObjectName("delete_runs_question");
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(names.join(QStringLiteral("\n")) + "\n\n" +
                           tr("Curves, models and evaluations are then no longer shown. "
                              "Undo brings them back, as long as the space of deleted runs has not been freed."));
    QPushButton* yes = box.addButton(tr("&Delete"), QMessageBox::AcceptRole);
    box.addButton(tr("&Keep"), QMessageBox::RejectRole);
    box.exec();
    return box.clickedButton() == static_cast<QAbstractButton*>(yes);
}

void ReviewPage::askAboutSpace() {
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared()](TaskContext&) { return removedRuns(*project); },
        [this](Result<RemovedRuns> removed) {
            if (!removed) return emit m_workspace.problem(Workspace::words(removed.error()));
            if (removed->runs == 0) return emit m_workspace.notice(tr("No deleted run takes up any space."));
            freeSpace(*removed);
        });
}

void ReviewPage::freeSpace(const RemovedRuns& removed) {
    QMessageBox box(QMessageBox::Warning, tr("Free space"),
                    tr("Free about %1 that %n deleted run(s) take up?", nullptr, static_cast<int>(removed.runs))
                        .arg(QString::fromStdString(readableBytes(removed.bytes))),
                    QMessageBox::NoButton, this);
    box.setObjectName("free_space_question");
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(tr("Models and curves are removed from the disk and can then no longer be brought back, not even with Undo."));
    QPushButton* yes = box.addButton(tr("&Free the space"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(tr("&Keep"), QMessageBox::RejectRole));
    box.exec();
    if (box.clickedButton() != static_cast<QAbstractButton*>(yes)) return;
    m_workspace.tasks().start(
        tr("Freeing the space of deleted runs"), this,
        [project = m_workspace.shared()](TaskContext& context) { return freeRemovedRuns(*project, context.cancel, context.progress); },
        [this](Result<RemovedRuns>) { m_workspace.noteEdit(); });
}

void ReviewPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ReviewPage::retranslate() {
    m_empty->setTexts(tr("No training to look at yet"),
                      tr("Here the curves of several trainings lie over each other, and a confusion matrix shows which classes are mistaken for which. Train a network first."));
    m_heading->setText(tr("Review"));
    m_toTrain->setText(tr("Go to Train"));
    m_tabs->setTabText(0, tr("Curves"));
    m_tabs->setTabText(1, tr("Evaluation"));
    m_tabs->setAccessibleName(tr("Curves and evaluation"));
}

}  // namespace lamina
