#include "app/pages/review/matrix_card.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QSaveFile>
#include <QToolButton>

#include "app/workspace/workspace.h"
#include "widgets/charts/confusion_matrix_view.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

MatrixValues matrixOf(const nlohmann::json& document) {
    MatrixValues values;
    for (const auto& scores : document.value("classes", nlohmann::json::array())) values.classes << QString::fromStdString(scores.value("name", std::string()));
    for (const auto& row : document.value("confusion", nlohmann::json::array()))
        for (const auto& cell : row) values.counts.push_back(cell.get<std::int64_t>());
    return values;
}

Result<bool> writeFile(const QString& file, const QByteArray& bytes) {
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit()) return true;
    return fail("file.failed", {{"file", file.toStdString()}, {"call", "write"}, {"reason", out.errorString().toStdString()}});
}

}  // namespace

MatrixCard::MatrixCard(Workspace& workspace, QWidget* parent)
    : QFrame(parent), m_workspace(workspace), m_title(new QLabel), m_unit(new QComboBox), m_export(new QToolButton), m_matrix(new ConfusionMatrixView) {
    setProperty(ThemeRole::card, true);
    setObjectName("evaluation_matrix_card");
    m_title->setProperty(ThemeRole::section, true);
    m_matrix->setObjectName("evaluation_matrix");
    m_unit->setObjectName("evaluation_unit");
    for (const MatrixUnit unit : {MatrixUnit::Count, MatrixUnit::ShareOfActual, MatrixUnit::ShareOfPredicted}) m_unit->addItem(QString(), static_cast<int>(unit));
    m_export->setObjectName("evaluation_export");
    m_export->setIcon(themeIcon("export"));
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_unit);
    head->addWidget(m_export);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_matrix, 1);
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this] { m_matrix->setUnit(static_cast<MatrixUnit>(m_unit->currentData().toInt())); });
    connect(m_matrix, &ConfusionMatrixView::cellActivated, this, &MatrixCard::cellActivated);
    connect(m_export, &QToolButton::clicked, this, &MatrixCard::exportCounts);
    retranslate();
}

void MatrixCard::setDocument(const nlohmann::json& document) {
    m_matrix->setValues(matrixOf(document));
}

const MatrixValues& MatrixCard::values() const { return m_matrix->values(); }

void MatrixCard::exportCounts() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the matrix"), tr("confusion matrix.csv"), tr("CSV tables (*.csv)"));
    if (file.isEmpty()) return;
    m_workspace.tasks().quietly(
        this, [file, bytes = values().csv()](TaskContext&) { return writeFile(file, bytes); },
        [this](Result<bool> written) {
            if (!written) emit m_workspace.problem(Workspace::words(written.error()));
        });
}

void MatrixCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void MatrixCard::retranslate() {
    m_title->setText(tr("Confusion matrix"));
    m_matrix->setAccessibleName(tr("Confusion matrix: rows are the actual classes, columns the predicted ones"));
    m_unit->setItemText(0, tr("Counts"));
    m_unit->setItemText(1, tr("% of actual"));
    m_unit->setItemText(2, tr("% of predicted"));
    m_unit->setAccessibleName(tr("What stands in the cells"));
    m_export->setToolTip(tr("Export the matrix as CSV"));
    m_export->setAccessibleName(tr("Export the matrix as CSV"));
}

}  // namespace lamina
