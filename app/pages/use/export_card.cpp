#include "app/pages/use/export_card.h"

#include <QBoxLayout>
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

#include <cmath>

#include "app/pages/use/card_label.h"
#include "app/pages/use/ready_model.h"
#include "app/settings/settings.h"
#include "app/workspace/workspace.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

/// Floats computed in another order differ about so much.
constexpr double roundingDifference = 1e-4;

/// "0.00000012": two digits that say something, without an exponent.
QString plainNumber(double value) {
    const int decimals = value > 0 && value < 1 ? static_cast<int>(std::ceil(-std::log10(value))) + 1 : 2;
    return value == 0 ? QStringLiteral("0") : QLocale().toString(value, 'f', std::min(decimals, 20));
}

}  // namespace

ExportCard::ExportCard(Workspace& workspace, QWidget* parent)
    : QFrame(parent), m_workspace(workspace), m_title(textLabel("export_title")), m_hint(textLabel("export_hint")), m_inside(textLabel("export_inside")),
      m_verdict(textLabel("export_verdict")), m_result(textLabel("export_result")), m_start(new QPushButton), m_open(new QPushButton) {
    setObjectName("export_card");
    setProperty(ThemeRole::card, true);
    m_title->setProperty(ThemeRole::section, true);
    m_hint->setProperty(ThemeRole::muted, true);
    m_inside->setProperty(ThemeRole::muted, true);
    m_start->setObjectName("export_start");
    m_start->setProperty(ThemeRole::primary, true);
    m_open->setObjectName("export_open_folder");
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont bold = m_verdict->font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_start);
    buttons->addWidget(m_open);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addWidget(m_inside);
    layout->addLayout(buttons);
    layout->addWidget(m_verdict);
    layout->addWidget(m_result);
    connect(m_start, &QPushButton::clicked, this, &ExportCard::choose);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_outcome) QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(m_outcome->file.parent_path().string())));
    });
    retranslate();
}

void ExportCard::setModel(const ModelFacts& facts) {
    if (facts.run != m_run) {
        m_outcome.reset();
        m_error.reset();
    }
    m_run = facts.run;
    m_runName = facts.runName;
    m_preparation = facts.preparation;
    m_answers = facts.answers;
    m_cleans = facts.cleaningSteps > 0;
    retranslate();
}

void ExportCard::clearModel() {
    m_run.clear();
    m_outcome.reset();
    m_error.reset();
    retranslate();
}

void ExportCard::choose() {
    if (m_run.empty() || m_busy) return;
    const QString folder = settings::value("use/export_folder", QFileInfo(m_workspace.file()).absolutePath()).toString();
    QString name = m_workspace.name() + '-' + m_runName + QStringLiteral(".onnx");
    name.replace('/', '-').replace(' ', '-');
    QFileDialog dialog(this, tr("Export the model"), QDir(folder).filePath(name), tr("ONNX models (*.onnx)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix("onnx");
    dialog.setObjectName("export_dialog");
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
    const QString file = dialog.selectedFiles().constFirst();
    settings::setValue("use/export_folder", QFileInfo(file).absolutePath());
    exportTo(file);
}

void ExportCard::exportTo(const QString& file) {
    if (m_run.empty() || m_busy) return;
    m_busy = true;
    m_outcome.reset();
    m_error.reset();
    retranslate();
    m_workspace.tasks().start(
        tr("Export %1").arg(QFileInfo(file).fileName()), this,
        [project = m_workspace.shared(), run = m_run, path = Path(file.toStdString())](TaskContext& context) -> Result<ExportOutcome> {
            LAMINA_TRY(auto model, TrainedModel::load(*project, run));
            return exportRun(*project, model, {.file = path, .replace = true, .cancel = context.cancel});
        },
        [this](const Result<ExportOutcome>& outcome) { finished(outcome); });
}

void ExportCard::finished(const Result<ExportOutcome>& outcome) {
    m_busy = false;
    if (outcome) m_outcome = *outcome;
    else if (outcome.error().code != "job.cancelled") m_error = outcome.error();
    retranslate();
    if (m_outcome) emit exported(QString::fromStdString(m_outcome->file.string()));
}

QString ExportCard::insideText() const {
    QStringList parts;
    if (m_preparation.isImage()) {
        const auto& shape = m_preparation.features[0].elementShape;
        QStringList sides;
        for (const auto side : shape) sides << QString::number(side);
        parts << tr("It takes pictures as raw values (%1) and scales them itself").arg(sides.join(QStringLiteral(" × ")));
    } else {
        QStringList names;
        for (const FeatureColumn& feature : m_preparation.features) names << QString::fromStdString(feature.name);
        const QString columns = names.size() > 4 ? names.mid(0, 3).join(", ") + QStringLiteral(" …") : names.join(", ");
        parts << (m_cleans ? tr("It takes cleaned columns (%1; the recipe is written beside it) and scales them itself").arg(columns)
                           : tr("It takes the columns as they are (%1) and scales them itself").arg(columns));
    }
    if (m_answers.size() > 1) {
        QStringList names;
        for (const AnswerFacts& answer : m_answers) names << answer.title + (answer.target.classes ? QStringLiteral("_label") : QStringLiteral("_value"));
        parts << tr("it gives all %1 answers, each under its own name (%2)").arg(m_answers.size()).arg(names.join(QStringLiteral(", ")));
    } else if (m_preparation.target.classes) parts << tr("it answers with the name of one of %1 classes and with their probabilities").arg(m_preparation.target.classNames.size());
    else parts << tr("it answers in the unit of %1").arg(QString::fromStdString(m_preparation.target.name));
    return tr("%1; %2.").arg(parts[0], parts[1]);
}

QStringList ExportCard::proofLines() const {
    const ProofReport& proof = m_outcome->proof;
    const QLocale locale;
    QStringList lines;
    lines << tr("Items kept aside that went through the file and through Lamina: %1.").arg(locale.toString(static_cast<qlonglong>(proof.items)));
    lines << (proof.reason ? tr("Checked by Lamina alone: the file was read back and computed anew.")
                           : tr("Checked by %1, a program that is not Lamina.").arg(QString::fromStdString(proof.checkedBy)));
    const QString difference = plainNumber(proof.largestDifference);
    if (m_answers.size() > 1)
        lines << tr("Largest difference of any answer, of numbers in their standard deviations: %1. Different classes: %2.")
                     .arg(difference, locale.toString(static_cast<qlonglong>(proof.differingTexts)));
    else
        lines << (m_preparation.target.classes
                  ? tr("Largest difference of a probability: %1. Different classes: %2.").arg(difference, locale.toString(static_cast<qlonglong>(proof.differingTexts)))
                  : tr("Largest difference: %1 standard deviations of %2.").arg(difference, QString::fromStdString(m_preparation.target.name)));
    if (proof.reason) lines << Workspace::words(*proof.reason);
    return lines;
}

void ExportCard::updateResult() {
    m_open->setVisible(m_outcome.has_value());
    m_result->setVisible(m_outcome || m_error);
    m_verdict->setVisible(m_outcome || m_error);
    if (m_error) {
        m_verdict->setText(tr("The export failed. Nothing was left behind."));
        setTone(m_verdict, "bad");
        return m_result->setText(Workspace::words(*m_error));
    }
    if (!m_outcome) return;
    const bool same = m_outcome->proof.largestDifference < roundingDifference && m_outcome->proof.differingTexts == 0;
    m_verdict->setText(same ? tr("Proven: the file gives the same answers as Lamina.") : tr("Look closely: the file's answers differ from Lamina's."));
    setTone(m_verdict, same ? "good" : "warning");
    QStringList lines = proofLines();
    for (const Issue& issue : m_outcome->issues) lines << Workspace::words(issue);
    lines << tr("%1, %2").arg(QDir::toNativeSeparators(QString::fromStdString(m_outcome->file.string())),
                              QLocale().formattedDataSize(static_cast<qint64>(m_outcome->bytes)));
    m_result->setText(lines.join('\n'));
}

void ExportCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ExportCard::retranslate() {
    m_title->setText(tr("Export"));
    m_hint->setText(tr("Writes the model as an ONNX file, which other programs and programming languages can run."));
    m_inside->setVisible(!m_run.empty());
    if (!m_run.empty()) m_inside->setText(insideText());
    m_start->setText(m_busy ? tr("Exporting and proving…") : tr("&Export…"));
    m_start->setEnabled(!m_busy && !m_run.empty());
    m_open->setText(tr("Open folder"));
    m_open->setAccessibleName(tr("Open the folder of the exported model"));
    updateResult();
}

}  // namespace lamina
