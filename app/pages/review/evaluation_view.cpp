#include "app/pages/review/evaluation_view.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QToolButton>

#include <algorithm>
#include <cmath>

#include "app/jobs/dataset_jobs.h"
#include "app/pages/review/judged_pictures.h"
#include "app/pages/review/judged_rows.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "widgets/charts/confusion_matrix_view.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/thumbnail_gallery.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

QString metricTitle(const std::string& id) { return messageText("metric." + id + ".title", QString::fromStdString(id)); }

QString number(double value, int digits = 4) { return std::isfinite(value) ? QLocale().toString(value, 'f', digits) : QStringLiteral("–"); }

QString baselineTitle(const std::string& id) {
    if (id == "most_frequent") return EvaluationView::tr("Most frequent class");
    if (id == "mean") return EvaluationView::tr("Mean");
    return EvaluationView::tr("Linear model");
}

/// A line of the table of scores.
QString scoreRow(const QString& title, const std::vector<QString>& cells, bool boldFirst) {
    QString row = "<tr><td style='padding:2px 18px 2px 0'>" + title.toHtmlEscaped() + "</td>";
    bool own = boldFirst;
    for (const QString& cell : cells) {
        row += QStringLiteral("<td align='right' style='padding:2px 12px 2px 0'>") + (own ? "<b>" + cell.toHtmlEscaped() + "</b>" : cell.toHtmlEscaped()) + "</td>";
        own = false;
    }
    return row + "</tr>";
}

}  // namespace

EvaluationView::EvaluationView(Workspace& workspace, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_part(new QComboBox), m_unit(new QComboBox), m_evaluate(new QPushButton), m_export(new QToolButton), m_partText(new QLabel),
      m_when(new QLabel), m_scores(new QLabel), m_matrixTitle(new QLabel), m_itemsTitle(new QLabel), m_stack(new QStackedWidget),
      m_empty(new EmptyState("target")), m_result(nullptr), m_matrixPart(nullptr), m_matrix(new ConfusionMatrixView), m_classes(new QTableWidget), m_itemsStack(new QStackedWidget),
      m_itemsHint(new QLabel), m_gallery(new ThumbnailGallery), m_table(new DataTable) {
    auto* split = new QSplitter(Qt::Horizontal);
    split->addWidget(makeMatrix());
    split->addWidget(makeItems());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    m_result = split;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_result);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addWidget(m_stack, 1);
    retranslate();
}

QWidget* EvaluationView::makeHead() {
    m_part->setObjectName("evaluation_part");
    for (const Part part : {Part::Validation, Part::Test, Part::Training}) m_part->addItem(QString(), static_cast<int>(part));
    m_partText->setBuddy(m_part);
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
    row->addWidget(m_when, 1);
    connect(m_part, &QComboBox::currentIndexChanged, this, [this] {
        m_items.reset();
        show(nullptr);
        read();
    });
    connect(m_evaluate, &QPushButton::clicked, this, &EvaluationView::evaluate);
    return head;
}

QWidget* EvaluationView::makeMatrix() {
    m_scores->setTextFormat(Qt::RichText);
    m_scores->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_scores->setObjectName("evaluation_scores");
    m_matrixTitle->setProperty(ThemeRole::section, true);
    m_matrix->setObjectName("evaluation_matrix");
    m_unit->setObjectName("evaluation_unit");
    for (const MatrixUnit unit : {MatrixUnit::Count, MatrixUnit::ShareOfActual, MatrixUnit::ShareOfPredicted}) m_unit->addItem(QString(), static_cast<int>(unit));
    m_export->setObjectName("evaluation_export");
    m_export->setIcon(themeIcon("export"));
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_matrixTitle, 1);
    head->addWidget(m_unit);
    head->addWidget(m_export);
    m_matrixPart = new QWidget;
    auto* matrix = new QVBoxLayout(m_matrixPart);
    matrix->setContentsMargins(0, 0, 0, 0);
    matrix->setSpacing(6);
    matrix->addLayout(head);
    matrix->addWidget(m_matrix, 1);
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(10);
    layout->addWidget(m_scores);
    layout->addWidget(m_matrixPart, 1);
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this] { m_matrix->setUnit(static_cast<MatrixUnit>(m_unit->currentData().toInt())); });
    connect(m_matrix, &ConfusionMatrixView::cellActivated, this, &EvaluationView::wantItems);
    connect(m_export, &QToolButton::clicked, this, &EvaluationView::exportMatrix);
    return part;
}

QWidget* EvaluationView::makeItems() {
    m_classes->setObjectName("evaluation_classes");
    m_classes->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_classes->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_classes->verticalHeader()->hide();
    m_classes->setColumnCount(5);
    m_classes->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int column = 1; column < 5; ++column) m_classes->setColumnWidth(column, 76);
    m_itemsTitle->setProperty(ThemeRole::section, true);
    m_itemsTitle->setWordWrap(true);
    m_itemsHint->setProperty(ThemeRole::muted, true);
    m_itemsHint->setWordWrap(true);
    m_itemsHint->setAlignment(Qt::AlignTop);
    m_itemsStack->addWidget(m_itemsHint);
    m_itemsStack->addWidget(m_gallery);
    m_itemsStack->addWidget(m_table);
    auto* items = new QWidget;
    auto* itemsLayout = new QVBoxLayout(items);
    itemsLayout->setContentsMargins(0, 4, 0, 0);
    itemsLayout->setSpacing(6);
    itemsLayout->addWidget(m_itemsTitle);
    itemsLayout->addWidget(m_itemsStack, 1);
    auto* split = new QSplitter(Qt::Vertical);
    split->addWidget(m_classes);
    split->addWidget(items);
    split->setStretchFactor(1, 1);
    split->setSizes({220, 320});
    split->setChildrenCollapsible(false);
    return split;
}

Part EvaluationView::part() const { return static_cast<Part>(m_part->currentData().toInt()); }

void EvaluationView::setRun(const std::string& run) {
    if (run != m_run) {
        m_run = run;
        m_items.reset();
        m_records.clear();
        show(nullptr);
    }
    read();
}

void EvaluationView::read() {
    m_evaluate->setEnabled(!m_run.empty() && !m_workspace.readOnly() && m_evaluating == 0);
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

bool EvaluationView::confirmFinalCheck() {
    QMessageBox box(QMessageBox::Question, tr("Final check"),
                    tr("The test part was kept aside so that one honest number remains: how the model does on items that nobody has looked at. "
                       "Each look makes the number a little less honest, so looks are counted and dated.\n\nOpen the test part now?"),
                    QMessageBox::NoButton, this);
    box.setObjectName("final_check_question");
    QPushButton* yes = box.addButton(tr("Do the final check"), QMessageBox::AcceptRole);
    box.addButton(tr("Not yet"), QMessageBox::RejectRole);
    box.exec();
    return box.clickedButton() == static_cast<QAbstractButton*>(yes);
}

void EvaluationView::evaluate() {
    if (m_run.empty() || m_evaluating || (part() == Part::Test && !confirmFinalCheck())) return;
    m_evaluate->setEnabled(false);
    m_evaluating = m_workspace.tasks().start(
        tr("Evaluating the model"), this,
        [project = m_workspace.shared(), run = m_run, part = part()](TaskContext& context) -> Result<EvaluationRecord> {
            LAMINA_TRY(auto model, TrainedModel::load(*project, run));
            LAMINA_TRY(auto outcome, evaluateRun(*project, model, part, true, context.cancel));
            return std::move(outcome.record);
        },
        [this](Result<EvaluationRecord>) {
            m_evaluating = 0;
            m_workspace.noteEdit();
            read();
        });
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
        return;
    }
    if (record->id == m_shown) return;
    m_shown = record->id;
    m_cell.reset();
    showScores(record->document);
    showClasses(record->document);
    showMatrix(record->document);
    showItems();
    if (m_matrix->values().size() == 0) wantItems(-1, -1);
}

void EvaluationView::showScores(const nlohmann::json& document) {
    const auto value = [](const nlohmann::json& scores, const std::string& id) {
        return number(scores.contains(id) && scores[id].is_number() ? scores[id].get<double>() : std::nan(""));
    };
    std::vector<QString> heads{tr("This model")};
    for (const auto& [id, scores] : document["baselines"].items()) heads.push_back(baselineTitle(id));
    QString table = "<table>" + scoreRow(tr("%n item(s)", nullptr, document.value("items", 0)), heads, false);
    for (const auto& [id, own] : document["scores"].items()) {
        std::vector<QString> cells{value(document["scores"], id)};
        for (const auto& [name, scores] : document["baselines"].items()) cells.push_back(value(scores, id));
        table += scoreRow(metricTitle(id), cells, true);
    }
    m_scores->setText(table + "</table>");
}

void EvaluationView::showClasses(const nlohmann::json& document) {
    const nlohmann::json classes = document.value("classes", nlohmann::json::array());
    m_classes->setVisible(!classes.empty());
    m_classes->setRowCount(static_cast<int>(classes.size()));
    for (int row = 0; row < static_cast<int>(classes.size()); ++row) {
        const auto& scores = classes[static_cast<std::size_t>(row)];
        const QString cells[] = {QString::fromStdString(scores.value("name", std::string())), number(scores.value("precision", 0.0), 3), number(scores.value("recall", 0.0), 3),
                                 number(scores.value("f1", 0.0), 3), QLocale().toString(scores.value("items", 0))};
        for (int column = 0; column < 5; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            if (column > 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_classes->setItem(row, column, item);
        }
    }
}

void EvaluationView::showMatrix(const nlohmann::json& document) {
    MatrixValues values;
    for (const auto& scores : document.value("classes", nlohmann::json::array())) values.classes << QString::fromStdString(scores.value("name", std::string()));
    for (const auto& row : document.value("confusion", nlohmann::json::array()))
        for (const auto& cell : row) values.counts.push_back(cell.get<std::int64_t>());
    m_matrixPart->setVisible(values.size() > 0);
    m_matrix->setValues(values);
}

Result<EvaluationView::Items> EvaluationView::readItems(Project& project, const std::string& run, Part part, const CancelToken& cancel) {
    Items items;
    LAMINA_TRY(items.judged, judgeItems(project, run, part, cancel));
    LAMINA_TRY(const auto record, project.runs().find(run));
    LAMINA_TRY(const auto dataset, project.datasets().find(record.datasetId));
    LAMINA_TRY(auto table, openTable(project, dataset));
    if (const auto column = pictureColumn(table)) items.pictures = std::make_shared<ColumnPictures>(table, *column, std::string());
    items.table = std::make_shared<TableSource>(std::move(table));
    return items;
}

void EvaluationView::wantItems(int actual, int predicted) {
    m_cell = {actual, predicted};
    if (m_items) return showItems();
    m_itemsHint->setText(tr("Looking up the items…"));
    m_itemsStack->setCurrentWidget(m_itemsHint);
    if (m_fetching) return;
    m_fetching = m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), run = m_run, part = part()](TaskContext& context) { return readItems(*project, run, part, context.cancel); },
        [this, run = m_run, part = part()](Result<Items> items) {
            m_fetching = 0;
            if (run != m_run || part != this->part()) return m_cell ? wantItems(m_cell->first, m_cell->second) : void();
            if (!items) return m_itemsHint->setText(Workspace::words(items.error()));
            m_items = std::make_shared<Items>(std::move(*items));
            showItems();
        });
}

void EvaluationView::showItems() {
    const QStringList classes = m_matrix->values().classes;
    if (!m_cell || !m_items) {
        m_itemsTitle->setText(tr("Items"));
        m_itemsHint->setText(tr("Click a cell of the matrix to see the items behind it."));
        m_itemsStack->setCurrentWidget(m_itemsHint);
        return;
    }
    const auto [actual, predicted] = *m_cell;
    std::vector<JudgedItem> chosen;
    for (const JudgedItem& item : m_items->judged)
        if (classes.isEmpty() || (item.actual == actual && item.predicted == predicted)) chosen.push_back(item);
    // What the model was surest of comes first: where it erred, these teach the most.
    std::stable_sort(chosen.begin(), chosen.end(), [&](const JudgedItem& a, const JudgedItem& b) {
        return classes.isEmpty() ? std::abs(a.value - a.target) > std::abs(b.value - b.target) : a.probability > b.probability;
    });
    const int count = static_cast<int>(chosen.size());
    m_itemsTitle->setText(classes.isEmpty()       ? tr("Items, the largest errors first")
                          : actual == predicted ? tr("%n item(s) of %1, rightly found", nullptr, count).arg(classes.value(actual))
                                                : tr("%n item(s) of %1, taken for %2", nullptr, count).arg(classes.value(actual), classes.value(predicted)));
    if (m_items->pictures) {
        m_gallery->setSource(std::make_shared<JudgedPictures>(m_items->pictures, std::move(chosen), classes));
        m_itemsStack->setCurrentWidget(m_gallery);
    } else {
        m_table->setSource(std::make_shared<JudgedRows>(m_items->table, std::move(chosen), classes));
        m_itemsStack->setCurrentWidget(m_table);
    }
}

void EvaluationView::exportMatrix() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the matrix"), tr("confusion matrix.csv"), tr("CSV tables (*.csv)"));
    if (file.isEmpty()) return;
    m_workspace.tasks().quietly(
        this,
        [file, bytes = m_matrix->values().csv()](TaskContext&) -> Result<bool> {
            QSaveFile out(file);
            if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
                return fail("file.failed", {{"file", file.toStdString()}, {"call", "write"}, {"reason", out.errorString().toStdString()}});
            return true;
        },
        [this](Result<bool> written) {
            if (!written) emit m_workspace.problem(Workspace::words(written.error()));
        });
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
    m_evaluate->setText(tr("Evaluate"));
    m_matrixTitle->setText(tr("Confusion matrix"));
    m_matrix->setAccessibleName(tr("Confusion matrix: rows are the actual classes, columns the predicted ones"));
    m_unit->setItemText(0, tr("Counts"));
    m_unit->setItemText(1, tr("% of actual"));
    m_unit->setItemText(2, tr("% of predicted"));
    m_unit->setAccessibleName(tr("What stands in the cells"));
    m_export->setToolTip(tr("Export the matrix as CSV"));
    m_export->setAccessibleName(tr("Export the matrix as CSV"));
    m_classes->setAccessibleName(tr("Scores per class"));
    m_classes->setHorizontalHeaderLabels({tr("Class"), tr("Precision"), tr("Recall"), tr("F1"), tr("Items")});
    m_gallery->setAccessibleName(tr("Items behind the cell"));
    m_empty->setTexts(tr("Not evaluated yet"),
                      tr("Evaluate the chosen run to see where it errs: scores beside simple baselines, the confusion matrix and the items behind every cell."));
    m_shown.clear();
    if (!m_run.empty()) read();
    showItems();
}

}  // namespace lamina
