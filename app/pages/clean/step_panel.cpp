#include "app/pages/clean/step_panel.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QStyle>

#include <algorithm>

#include "app/pages/clean/step_words.h"
#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"
#include "widgets/properties/property_panel.h"

namespace lamina {
namespace {

constexpr std::size_t mostListed = 200;
constexpr int mostRefusedHeight = 150;
constexpr int rowRole = Qt::UserRole + 1, columnRole = Qt::UserRole + 2;

class EffectWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::EffectWords)
};

QString effectWords(const CleaningStepType& type) {
    switch (type.rows) {
        case RowEffect::Keeps: return {};
        case RowEffect::Removes: return EffectWords::tr("Rows that it takes away get no prediction later on either; the reason is said there.");
        case RowEffect::TrainingOnly: return EffectWords::tr("It counts while a network is trained; when predicting, no row is left out.");
        case RowEffect::Reshapes:
            return EffectWords::tr("It gives other rows than those that come in: new rows cannot be predicted one by one behind it.");
    }
    return {};
}

}  // namespace

StepPanel::StepPanel(QWidget* parent)
    : QWidget(parent),
      m_empty(new QLabel),
      m_does(new QLabel),
      m_report(new QLabel),
      m_refusedTitle(new QLabel),
      m_commentLabel(new QLabel),
      m_details(new QWidget),
      m_panel(new PropertyPanel),
      m_comment(new QLineEdit),
      m_refused(new QListWidget) {
    setObjectName("step_panel");
    m_empty->setObjectName("step_panel_empty");
    m_empty->setProperty(ThemeRole::muted, true);
    m_empty->setAlignment(Qt::AlignTop);
    m_does->setProperty(ThemeRole::muted, true);
    m_report->setObjectName("step_report");
    m_comment->setObjectName("step_comment");
    m_commentLabel->setBuddy(m_comment);
    m_refused->setObjectName("refused_cells");
    m_refused->setUniformItemSizes(true);
    for (QLabel* label : {m_empty, m_does, m_report, m_refusedTitle, m_commentLabel}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    auto* inside = new QVBoxLayout(m_details);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(8);
    inside->addWidget(m_panel, 1);
    auto* below = new QVBoxLayout;
    below->setContentsMargins(12, 0, 12, 12);
    below->setSpacing(6);
    below->addWidget(m_report);
    below->addWidget(m_refusedTitle);
    below->addWidget(m_refused);
    below->addWidget(m_does);
    below->addWidget(m_commentLabel);
    below->addWidget(m_comment);
    inside->addLayout(below);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* margin = new QVBoxLayout;
    margin->setContentsMargins(12, 12, 12, 12);
    margin->addWidget(m_empty);
    layout->addLayout(margin);
    layout->addWidget(m_details, 1);
    connect(m_panel, &PropertyPanel::changed, this, &StepPanel::settingChanged);
    connect(m_comment, &QLineEdit::editingFinished, this, [this] { emit commentChanged(m_comment->text().trimmed()); });
    for (const auto signal : {&QListWidget::itemActivated, &QListWidget::itemClicked})
        connect(m_refused, signal, this,
                [this](QListWidgetItem* item) { emit cellWanted(item->data(rowRole).toLongLong(), item->data(columnRole).toString()); });
    retranslate();
    setNoStep();
}

void StepPanel::setNoStep() {
    m_step = {};
    m_step.id.clear();
    m_details->hide();
    m_empty->parentWidget();
    m_empty->show();
}

void StepPanel::setStep(const RecipeStep& step, const StepSurroundings& around) {
    if (m_step.id != step.id) m_result = {};
    m_step = step;
    m_empty->hide();
    m_details->show();
    const CleaningStepType* type = findCleaningStep(step.type);
    m_panel->setHeading(QString(), stepTitle(step), type ? stepSummary(*type) : QString());
    m_panel->setRows(stepRows(step, around));
    m_does->setText(type ? effectWords(*type) : QString());
    m_does->setVisible(!m_does->text().isEmpty());
    if (!m_comment->hasFocus() || m_comment->text().isEmpty()) m_comment->setText(QString::fromStdString(step.comment));
    showResult();
}

void StepPanel::setResult(const StepResult& result) {
    m_result = result;
    showResult();
}

void StepPanel::showResult() {
    const StepReport& report = m_result.report;
    QStringList words;
    if (m_result.error) words << Workspace::words(*m_result.error);
    else if (const QString did = reportWords(m_step, report); !did.isEmpty()) words << did;
    for (const Issue& issue : report.issues) words << Workspace::words(issue);
    m_report->setText(words.join(u'\n'));
    m_report->setVisible(!words.isEmpty());
    m_report->setProperty(ThemeRole::tone, m_result.error ? QStringLiteral("bad") : QString());
    m_report->style()->polish(m_report);
    m_refused->clear();
    for (std::size_t i = 0; i < std::min(mostListed, report.refused.size()); ++i) {
        const RefusedCell& cell = report.refused[i];
        auto* item = new QListWidgetItem(tr("Row %1, %2: %3")
                                             .arg(QLocale().toString(static_cast<qlonglong>(cell.row + 1)), QString::fromStdString(cell.column),
                                                  QString::fromStdString(cell.text).left(60)),
                                         m_refused);
        item->setData(rowRole, static_cast<qlonglong>(cell.row));
        item->setData(columnRole, QString::fromStdString(cell.column));
    }
    // A few cells need few lines; the settings above want the room.
    m_refused->setMaximumHeight(std::min(mostRefusedHeight, m_refused->sizeHintForRow(0) * m_refused->count() + 2 * m_refused->frameWidth() + 4));
    m_refused->setVisible(!report.refused.empty());
    m_refusedTitle->setVisible(!report.refused.empty());
    const int refused = static_cast<int>(report.refusedCount);
    m_refusedTitle->setText(m_step.type == "join" ? tr("%n row(s) were not found in the other table; their new columns are missing. Choose one to go there:", nullptr, refused)
                                                  : tr("%n cell(s) could not be read and became missing. Choose one to go there:", nullptr, refused));
}

void StepPanel::setReadOnly(bool readOnly) {
    m_panel->setReadOnly(readOnly);
    m_comment->setReadOnly(readOnly);
}

void StepPanel::edit() { m_panel->focusFirst(); }

void StepPanel::commit() { m_panel->commit(); }

void StepPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void StepPanel::retranslate() {
    m_empty->setText(
        tr("Choose a step at the left, and its settings stand here. What you change is tried at once on the table, and can always be undone."));
    m_commentLabel->setText(tr("&Note"));
    m_comment->setAccessibleName(tr("Note on this step"));
    m_comment->setPlaceholderText(tr("Why this step is here"));
    m_refused->setAccessibleName(tr("Cells that could not be read"));
    showResult();
}

}  // namespace lamina
