#include "app/pages/clean/target_choice.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QLabel>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"

namespace lamina {
namespace {

bool canBeTarget(ColumnKind kind) { return kind != ColumnKind::Tensor && kind != ColumnKind::Image; }

/// Was a split there that was drawn again?
Result<bool> chooseAndDraw(Project& project, DatasetRecord dataset, const std::string& column, const CancelToken& cancel) {
    LAMINA_CHECK(chooseTarget(project, dataset, column));
    const auto newest = findSplit(project, dataset, {});
    if (!newest) return false;
    LAMINA_CHECK(redrawSplit(project, dataset, *newest, column, cancel));
    return true;
}

}  // namespace

TargetChoice::TargetChoice(Workspace& workspace, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_label(new QLabel), m_columns(new QComboBox) {
    m_columns->setObjectName("clean_target");
    m_columns->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_columns->setMinimumContentsLength(12);
    m_label->setBuddy(m_columns);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_label);
    layout->addWidget(m_columns);
    connect(m_columns, &QComboBox::activated, this, [this] { choose(m_columns->currentData().toString().toStdString()); });
    retranslate();
}

void TargetChoice::show(const OpenedRecipe& opened, const Table& columns) {
    m_dataset = opened.dataset;
    m_target = opened.target;
    const QSignalBlocker quiet(m_columns);
    m_columns->clear();
    for (std::size_t column = 0; column < columns.columnCount(); ++column)
        if (canBeTarget(columns.info(column).kind)) {
            const QString name = QString::fromStdString(columns.info(column).name);
            m_columns->addItem(name, name);
        }
    m_columns->setCurrentIndex(m_columns->findData(QString::fromStdString(m_target)));
}

void TargetChoice::setEditable(bool editable) { m_columns->setEnabled(editable); }

void TargetChoice::choose(const std::string& column) {
    if (column.empty() || column == m_target || !m_workspace.isOpen()) return;
    m_target = column;
    m_columns->setCurrentIndex(m_columns->findData(QString::fromStdString(column)));
    m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared(), dataset = m_dataset, column](TaskContext& context) {
            return chooseAndDraw(*project, dataset, column, context.cancel);
        },
        [this, column](const Result<bool>& drawnAgain) {
            m_workspace.noteEdit();
            if (drawnAgain) emit chosen(QString::fromStdString(column), *drawnAgain);
            else emit failed(drawnAgain.error());
        });
}

void TargetChoice::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void TargetChoice::retranslate() {
    m_label->setText(tr("To be &predicted"));
    m_columns->setAccessibleName(tr("Column to be predicted"));
    m_columns->setToolTip(tr("The network learns to find this column from the others. It may be one that a step makes."));
    m_columns->setPlaceholderText(tr("none yet"));
}

}  // namespace lamina
