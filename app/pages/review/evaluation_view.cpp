#include "app/pages/review/evaluation_view.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

#include <algorithm>

#include "app/pages/review/cell_items.h"
#include "app/pages/review/class_table.h"
#include "app/pages/review/matrix_card.h"
#include "app/pages/review/rate_card.h"
#include "app/pages/review/score_label.h"
#include "app/workspace/workspace.h"
#include "widgets/charts/matrix_values.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr const char* further = "more_outputs";

/// What a document says of the output of this name; empty, or not there: of the main one.
const nlohmann::json& documentOf(const nlohmann::json& document, const std::string& output) {
    if (document.contains(further))
        for (const auto& other : document[further])
            if (other.value("output", std::string()) == output) return other;
    return document;
}

}  // namespace

EvaluationView::EvaluationView(Workspace& workspace, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_part(new QComboBox), m_outputs(new QComboBox), m_evaluate(new QPushButton), m_partText(new QLabel),
      m_outputText(new QLabel), m_when(new QLabel),
      m_stack(new QStackedWidget), m_empty(new EmptyState("target")), m_result(nullptr), m_scores(new ScoreLabel(ScoreLabel::Shows::Headlines)),
      m_more(new ScoreLabel(ScoreLabel::Shows::Others)), m_tabs(new QTabWidget), m_matrix(new MatrixCard(workspace)), m_rates(new RateCard),
      m_classes(new ClassTable), m_cellItems(new CellItems) {
    m_result = makeResult();
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_result);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addWidget(m_stack, 1);
    connect(m_part, &QComboBox::currentIndexChanged, this, [this] {
        m_items.reset();
        show(nullptr);
        read();
    });
    connect(m_outputs, &QComboBox::currentIndexChanged, this, [this] {
        m_output = output();
        m_items.reset();
        showOutput();
    });
    connect(m_evaluate, &QPushButton::clicked, this, &EvaluationView::evaluate);
    connect(m_matrix, &MatrixCard::cellActivated, this, &EvaluationView::wantItems);
    retranslate();
}

QWidget* EvaluationView::makeHead() {
    m_part->setObjectName("evaluation_part");
    for (const Part part : {Part::Validation, Part::Test, Part::Training}) m_part->addItem(QString(), static_cast<int>(part));
    m_partText->setBuddy(m_part);
    m_outputs->setObjectName("evaluation_output");
    m_outputs->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_outputs->setMaximumWidth(240);
    m_outputs->hide();
    m_outputText->setBuddy(m_outputs);
    m_outputText->hide();
    m_evaluate->setObjectName("evaluation_start");
    m_evaluate->setProperty(ThemeRole::primary, true);
    m_evaluate->setEnabled(false);
    m_when->setProperty(ThemeRole::muted, true);
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_partText);
    row->addWidget(m_part);
    row->addWidget(m_evaluate);
    row->addSpacing(8);
    row->addWidget(m_outputText);
    row->addWidget(m_outputs);
    row->addWidget(m_when, 1);
    return head;
}

QWidget* EvaluationView::makeResult() {
    m_scores->setObjectName("evaluation_scores");
    auto* left = new QWidget;
    auto* layout = new QVBoxLayout(left);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(10);
    layout->addWidget(m_scores);
    layout->addWidget(makeTabs(), 1);
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(m_classes);
    right->addWidget(m_cellItems);
    right->setStretchFactor(1, 1);
    right->setSizes({220, 320});
    right->setChildrenCollapsible(false);
    auto* split = new QSplitter(Qt::Horizontal);
    split->addWidget(left);
    split->addWidget(right);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    return split;
}

QWidget* EvaluationView::makeTabs() {
    m_tabs->setObjectName("evaluation_tabs");
    m_more->setObjectName("evaluation_more");
    m_more->setContentsMargins(12, 8, 12, 12);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_more);
    m_tabs->addTab(m_matrix, QString());
    m_tabs->addTab(m_rates, QString());
    m_tabs->addTab(scroll, QString());
    return m_tabs;
}

void EvaluationView::showTabs(const nlohmann::json& document) {
    m_scores->setDocument(document);
    m_more->setDocument(document);
    m_classes->setDocument(document);
    m_matrix->setDocument(document);
    m_rates->setDocument(document);
    m_tabs->setTabVisible(0, m_matrix->values().size() > 0);
    m_tabs->setTabVisible(1, RateCard::hasCurves(document));
    m_tabs->setTabVisible(2, ScoreLabel::hasOthers(document));
}

Part EvaluationView::part() const { return static_cast<Part>(m_part->currentData().toInt()); }

void EvaluationView::setRun(const RunRecord* run) {
    const std::string id = run ? run->id : std::string(), model = run ? id + run->best.dump() : std::string();
    m_trained = run && !run->best.is_null();
    if (model != m_model) {
        m_model = model;
        m_reviewed = m_trained ? std::make_shared<ReviewedRun>(m_workspace.shared(), id) : nullptr;
        m_items.reset();
    }
    if (id != m_run) {
        m_run = id;
        m_records.clear();
        show(nullptr);
    }
    read();
}

void EvaluationView::updateButton() {
    m_evaluate->setEnabled(m_trained && !m_workspace.readOnly() && m_evaluating == 0 && m_asking == 0);
    m_evaluate->setToolTip(m_workspace.readOnly()         ? tr("This project is open for reading only, so no evaluation can be kept.")
                           : !m_run.empty() && !m_trained ? tr("This run has no model yet: it ended before its first epoch.")
                                                          : QString());
}

void EvaluationView::read() {
    updateButton();
    if (m_run.empty() || !m_workspace.isOpen()) return;
    if (m_reading) m_workspace.tasks().cancel(m_reading);
    m_reading = m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), run = m_run](TaskContext&) { return project->evaluations().ofRun(run); },
        [this](Result<std::vector<EvaluationRecord>> records) {
            m_reading = 0;
            if (!records) return;
            m_records = std::move(*records);
            const auto found = std::find_if(m_records.begin(), m_records.end(), [&](const EvaluationRecord& r) { return r.split == partName(part()); });
            show(found == m_records.end() ? nullptr : &*found);
        });
}

/// First how often, and when, anybody has looked at this test part before, whatever the run.
void EvaluationView::askForFinalCheck() {
    m_asking = m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared(), run = m_run](TaskContext&) -> Result<std::vector<std::int64_t>> {
            LAMINA_TRY(const RunRecord record, project->runs().find(run));
            return project->evaluations().finalCheckTimes(record.splitId);
        },
        [this, run = m_run](const Result<std::vector<std::int64_t>>& earlier) {
            m_asking = 0;
            updateButton();
            if (run == m_run && confirmFinalCheck(earlier ? *earlier : std::vector<std::int64_t>())) startEvaluation();
        });
    updateButton();
}

/// `earlier`: when the test part was looked at, oldest first.
bool EvaluationView::confirmFinalCheck(const std::vector<std::int64_t>& earlier) {
    const auto number = static_cast<int>(earlier.size()) + 1;
    const QString text =
        earlier.empty() ? tr("The test part was kept aside so that one honest number remains: how the model does on items that nobody has looked at. "
                             "Each look makes the number a little less honest, so looks are counted and dated.\n\nOpen the test part now?")
                        : tr("This would be look no. %1 at this test part. The first was on %2.\n\nWho has seen the first result and changed something since, has "
                             "also fitted the model to these items: the new number comes out better than the model will do on new ones. Decide with the "
                             "validation part. For another honest number bring items that nobody has looked at.\n\nOpen the test part again?")
                              .arg(number)
                              .arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(earlier.front()), QLocale::ShortFormat));
    QMessageBox box(QMessageBox::Question, earlier.empty() ? tr("Final check") : tr("Final check no. %1").arg(number), text, QMessageBox::NoButton, this);
    box.setObjectName("final_check_question");
    QPushButton* yes = box.addButton(earlier.empty() ? tr("Do the final check") : tr("Look again"), QMessageBox::AcceptRole);
    box.addButton(tr("Not yet"), QMessageBox::RejectRole);
    box.exec();
    return box.clickedButton() == static_cast<QAbstractButton*>(yes);
}

void EvaluationView::evaluate() {
    if (!m_reviewed || m_evaluating || m_asking) return;
    if (part() == Part::Test) askForFinalCheck();
    else startEvaluation();
}

void EvaluationView::startEvaluation() {
    m_evaluating = m_workspace.tasks().start(
        tr("Evaluating the model"), this,
        [reviewed = m_reviewed, part = part()](TaskContext& context) { return reviewed->evaluate(part, context.cancel); },
        [this](Result<EvaluationRecord>) {
            m_evaluating = 0;
            m_workspace.noteEdit();
            read();
        });
    updateButton();
}

void EvaluationView::show(const EvaluationRecord* record) {
    m_stack->setCurrentWidget(record ? m_result : static_cast<QWidget*>(m_empty));
    m_when->setText(!record ? QString()
                    : record->finalCheck
                        ? tr("Final check no. %1, %2").arg(record->count).arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(record->time), QLocale::ShortFormat))
                        : tr("Evaluated %1").arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(record->time), QLocale::ShortFormat)));
    if (!record) {
        m_shown.clear();
        m_cell.reset();
        m_document = nlohmann::json::object();
        return fillOutputs();
    }
    if (record->id == m_shown) return;
    m_shown = record->id;
    m_document = record->document;
    fillOutputs();
    showOutput();
}

/// The main one first; of one output nobody is asked.
void EvaluationView::fillOutputs() {
    const QSignalBlocker quiet(m_outputs);
    m_outputs->clear();
    const bool several = m_document.contains(further);
    const auto add = [this](const nlohmann::json& document) { m_outputs->addItem(QString::fromStdString(document.value("output", std::string()))); };
    if (several) {
        add(m_document);
        for (const auto& other : m_document[further]) add(other);
        m_outputs->setCurrentIndex(std::max(0, m_outputs->findText(QString::fromStdString(m_output))));
    }
    m_outputs->setVisible(several);
    m_outputText->setVisible(several);
}

std::string EvaluationView::output() const { return m_outputs->currentText().toStdString(); }

void EvaluationView::showOutput() {
    m_cell.reset();
    showTabs(documentOf(m_document, output()));
    showItems();
    if (m_matrix->values().size() == 0) wantItems(-1, -1);
}

void EvaluationView::wantItems(int actual, int predicted) {
    m_cell = {actual, predicted};
    if (m_items || !m_reviewed) return showItems();
    m_cellItems->showLooking();
    if (m_fetching) return;
    m_fetching = m_workspace.tasks().quietly(
        this, [reviewed = m_reviewed, part = part(), output = output()](TaskContext& context) { return reviewed->items(part, context.cancel, output); },
        [this, reviewed = m_reviewed, part = part(), output = output()](Result<ReviewedItems> items) {
            m_fetching = 0;
            if (reviewed != m_reviewed || part != this->part() || output != this->output()) return m_cell ? wantItems(m_cell->first, m_cell->second) : void();
            if (!items) return m_cellItems->showProblem(Workspace::words(items.error()));
            m_items = std::make_shared<ReviewedItems>(std::move(*items));
            showItems();
        });
}

void EvaluationView::showItems() {
    if (m_cell && m_items) m_cellItems->showItems(*m_items, m_matrix->values().classes, m_cell->first, m_cell->second);
    else m_cellItems->showNothing();
}

void EvaluationView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void EvaluationView::retranslate() {
    m_partText->setText(tr("Look at"));
    m_part->setItemText(0, tr("Validation part"));
    m_part->setItemText(1, tr("Test part (final check)"));
    m_part->setItemText(2, tr("Training part"));
    m_part->setAccessibleName(tr("Part of the data"));
    m_outputText->setText(tr("Output"));
    m_outputs->setAccessibleName(tr("Output of the network"));
    m_outputs->setToolTip(tr("Which of the network's answers the numbers below are about."));
    m_evaluate->setText(tr("Evaluate"));
    m_tabs->setTabText(0, tr("Confusion matrix"));
    m_tabs->setTabText(1, tr("Curves"));
    m_tabs->setTabText(2, tr("More numbers"));
    m_tabs->setAccessibleName(tr("Confusion matrix, curves and more numbers"));
    m_empty->setTexts(tr("Not evaluated yet"),
                      tr("Evaluate the chosen run to see where it errs: scores beside simple baselines, the confusion matrix and the items behind every cell."));
    m_shown.clear();  // its words come anew
    if (!m_run.empty()) read();
    showItems();
}

}  // namespace lamina
