#include "app/pages/use/predict_file_card.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStyle>
#include <QUrl>

#include "app/messages/messages.h"
#include "app/pages/use/card_label.h"
#include "app/settings/settings.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {
PredictFileCard::PredictFileCard(Workspace& workspace, QWidget* parent)
    : QFrame(parent), m_workspace(workspace), m_title(textLabel("predict_title")), m_hint(textLabel("predict_hint")), m_result(textLabel("predict_result")),
      m_start(new QPushButton), m_show(new QPushButton), m_open(new QPushButton), m_bom(new QCheckBox) {
    setObjectName("predict_card");
    setProperty(ThemeRole::card, true);
    m_title->setProperty(ThemeRole::section, true);
    m_hint->setProperty(ThemeRole::muted, true);
    m_start->setObjectName("predict_start");
    m_show->setObjectName("predict_open_table");
    m_open->setObjectName("predict_open_folder");
    m_bom->setObjectName("predict_bom");
    m_bom->setChecked(settings::value("use/byte_order_mark", false).toBool());
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->hide();
    m_show->hide();
    m_open->hide();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_start);
    buttons->addWidget(m_show);
    buttons->addWidget(m_open);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addWidget(m_bom);
    layout->addLayout(buttons);
    layout->addWidget(m_result);
    connect(m_start, &QPushButton::clicked, this, &PredictFileCard::choose);
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (m_outcome) QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(m_outcome->file.string())));
    });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_outcome) QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(m_outcome->file.parent_path().string())));
    });
    connect(m_bom, &QCheckBox::toggled, this, [](bool on) { settings::setValue("use/byte_order_mark", on); });
    retranslate();
}

void PredictFileCard::setRun(const std::string& run, bool image, std::int64_t cleaningSteps) {
    if (run != m_run) {
        m_outcome.reset();
        m_error.reset();
    }
    m_run = run;
    m_image = image;
    m_cleaningSteps = cleaningSteps;
    retranslate();
}

void PredictFileCard::choose() {
    const QString folder = settings::value("use/predict_folder", QDir::homePath()).toString();
    const QString file = m_image ? QFileDialog::getExistingDirectory(this, tr("Choose a folder of pictures"), folder)
                                 : QFileDialog::getOpenFileName(this, tr("Choose a table"), folder, tr("Tables (*.csv *.tsv *.tab *.txt *.data);;All files (*)"));
    if (!file.isEmpty()) predict(file);
}

void PredictFileCard::predict(const QString& input) {
    if (m_run.empty() || m_busy) return;
    const QFileInfo info(input);
    settings::setValue("use/predict_folder", info.absolutePath());
    const QString wanted = QDir(info.absolutePath()).filePath(tr("%1 with predictions", "file name").arg(info.completeBaseName()) + QStringLiteral(".csv"));
    QString output = QFileDialog::getSaveFileName(this, tr("Where to write the predictions"), wanted, tr("CSV tables (*.csv)"));
    if (output.isEmpty()) return;
    if (QFileInfo(output).suffix().isEmpty()) output += QStringLiteral(".csv");
    predictTo(input, output);
}

void PredictFileCard::predictTo(const QString& input, const QString& output) {
    if (m_run.empty() || m_busy) return;
    m_busy = true;
    m_outcome.reset();
    m_error.reset();
    retranslate();
    const CsvOutput target{Path(output.toStdString()), true, m_bom->isChecked(), [language = currentLanguage()](const Error& e) { return message(e, language); }};
    m_workspace.tasks().start(
        tr("Predict %1").arg(QFileInfo(input).fileName()), this,
        [project = m_workspace.shared(), run = m_run, target, file = Path(input.toStdString())](TaskContext& context) -> Result<CsvOutcome> {
            LAMINA_TRY(auto model, TrainedModel::load(*project, run));
            return predictFileToCsv(*project, model, file, target, context.cancel, context.progress);
        },
        [this](const Result<CsvOutcome>& outcome) { finished(outcome); });
}

void PredictFileCard::finished(const Result<CsvOutcome>& outcome) {
    m_busy = false;
    if (outcome) m_outcome = *outcome;
    else if (outcome.error().code != "job.cancelled") m_error = outcome.error();
    retranslate();
}

void PredictFileCard::updateResult() {
    m_show->setVisible(m_outcome.has_value());
    m_open->setVisible(m_outcome.has_value());
    m_result->setVisible(m_outcome || m_error);
    m_result->setProperty(ThemeRole::tone, m_error ? "bad" : "");
    m_result->style()->unpolish(m_result);
    m_result->style()->polish(m_result);
    if (m_error) return m_result->setText(Workspace::words(*m_error));
    if (!m_outcome) return;
    const auto number = [](std::int64_t n) { return QLocale().toString(static_cast<qlonglong>(n)); };
    QStringList lines{tr("Rows written: %1, to %2").arg(number(m_outcome->rows), QDir::toNativeSeparators(QString::fromStdString(m_outcome->file.string())))};
    if (m_outcome->unanswered > 0) lines << tr("%1 of them could not be answered. The column \"remark\" says why.").arg(number(m_outcome->unanswered));
    if (m_outcome->remarked > 0)
        lines << tr("Answers that rest on an assumption, for example an average for a missing value: %1. See the column \"remark\".")
                     .arg(number(m_outcome->remarked));
    for (const Issue& issue : m_outcome->issues) lines << Workspace::words(issue);
    m_result->setText(lines.join('\n'));
}

void PredictFileCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

QString PredictFileCard::hint() const {
    if (m_image) return tr("A folder of pictures becomes a table: one row for each picture with the model's answer.");
    if (m_cleaningSteps == 0) return tr("A table with the same columns comes back with every row in its order and the model's answers beside it.");
    return tr("A table like the one that was imported comes back with every row in its order and the model's answers beside it. "
              "You need not clean it: it goes through the recipe of the training by itself (steps: %1).")
        .arg(m_cleaningSteps);
}

void PredictFileCard::retranslate() {
    m_title->setText(tr("Predict a file"));
    m_hint->setText(hint());
    m_start->setText(m_busy ? tr("Predicting…") : m_image ? tr("Predict a &folder…") : tr("Predict a &file…"));
    m_start->setEnabled(!m_busy && !m_run.empty());
    m_show->setText(tr("Open table"));
    m_show->setAccessibleName(tr("Open the table of the predictions"));
    m_open->setText(tr("Open folder"));
    m_open->setAccessibleName(tr("Open the folder of the predictions"));
    m_bom->setText(tr("For Excel (with byte order mark)"));
    m_bom->setToolTip(tr("Some spreadsheets show letters beyond A to Z rightly only with this mark at the beginning of the file."));
    updateResult();
}

}  // namespace lamina
