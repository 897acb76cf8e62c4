#include "app/pages/label/files_panel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

#include "app/jobs/annotation_jobs.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr std::size_t mostRemarksTold = 4;

QString besideProject(const Workspace& workspace) { return QFileInfo(workspace.file()).absolutePath(); }

}  // namespace

FilesPanel::FilesPanel(Workspace& workspace)
    : m_workspace(workspace), m_about(new QLabel), m_outcome(new QLabel), m_folder(new QPushButton), m_file(new QPushButton), m_write(new QPushButton), m_format(new QComboBox), m_pictures(new QCheckBox) {
    build();
    connect(m_folder, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Labels from a folder"), besideProject(m_workspace));
        if (!folder.isEmpty()) takeFrom(folder);
    });
    connect(m_file, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Labels from a file"), besideProject(m_workspace));
        if (!file.isEmpty()) takeFrom(file);
    });
    connect(m_write, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Labels to a folder"), besideProject(m_workspace));
        if (!folder.isEmpty()) writeTo(folder);
    });
    retranslate();
}

void FilesPanel::build() {
    setObjectName("label_files");
    m_folder->setObjectName("label_files_folder");
    m_file->setObjectName("label_files_file");
    m_format->setObjectName("label_files_format");
    m_pictures->setObjectName("label_files_pictures");
    m_write->setObjectName("label_files_write");
    m_outcome->setObjectName("label_files_outcome");
    m_about->setProperty(ThemeRole::muted, true);
    for (auto* text : {m_about, m_outcome}) {
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
    }
    for (const AnnotationFormatType* type : annotationFormatCatalogue()) m_format->addItem(QString(), QString::fromStdString(type->id));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_about);
    layout->addWidget(m_folder);
    layout->addWidget(m_file);
    layout->addSpacing(8);
    layout->addWidget(m_format);
    layout->addWidget(m_pictures);
    layout->addWidget(m_write);
    layout->addWidget(m_outcome);
    layout->addStretch(1);
}

QString FilesPanel::title() const { return tr("Files"); }

void FilesPanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    const bool other = !m_desk || !desk || m_desk->dataset.id != desk->dataset.id;
    m_desk = std::move(desk);
    if (other && m_desk) {
        m_format->setCurrentIndex(std::max(0, m_format->findData(m_desk->kind == DeskKind::Texts ? "spacy" : "coco")));
        m_outcome->clear();
    }
    m_pictures->setVisible(!m_desk || m_desk->kind == DeskKind::Pictures);
    setBusy(m_busy);
}

void FilesPanel::setBusy(bool busy) {
    m_busy = busy;
    const bool edits = !busy && !m_workspace.readOnly();
    m_folder->setEnabled(edits);
    m_file->setEnabled(edits);
    m_write->setEnabled(!busy);
}

/// Each kind of remark once: hundreds of the same say no more.
void FilesPanel::tell(const QString& text, const std::vector<Issue>& issues) {
    QStringList lines{text};
    std::vector<std::string> told;
    for (const Issue& issue : issues) {
        if (std::find(told.begin(), told.end(), issue.what.code) != told.end()) continue;
        if (told.size() == mostRemarksTold) break;
        told.push_back(issue.what.code);
        lines << Workspace::words(issue.what);
    }
    if (issues.size() > told.size()) lines << tr("%Ln remark(s) in all.", nullptr, static_cast<int>(issues.size()));
    m_outcome->setText(lines.join("\n\n"));
}

void FilesPanel::takeFrom(const QString& place) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || m_busy || m_workspace.readOnly()) return;
    AnnotationImportRequest request;
    request.source = Path(place.toStdString());
    request.dataset = m_desk->dataset.id;
    setBusy(true);
    m_outcome->clear();
    const auto work = [project, request](TaskContext& context) { return importAnnotations(*project, request, {context.progress, context.cancel}); };
    m_workspace.tasks().start(tr("Labels from other programs"), this, work, [this](Result<AnnotationImportOutcome> read) {
        setBusy(false);
        if (!read) {
            if (read.error().code != "job.cancelled") m_outcome->setText(Workspace::words(read.error()));
            return;
        }
        m_workspace.noteEdit();
        tell(tr("%Ln label(s) came in.", nullptr, static_cast<int>(read->labels)), read->issues);
    });
}

void FilesPanel::writeTo(const QString& folder) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || m_busy) return;
    AnnotationExportRequest request;
    request.dataset = m_desk->dataset.id;
    request.format = m_format->currentData().toString().toStdString();
    request.folder = Path(folder.toStdString());
    request.pictures = m_pictures->isVisibleTo(this) && m_pictures->isChecked();
    setBusy(true);
    m_outcome->clear();
    const auto work = [project, request](TaskContext& context) { return exportAnnotations(*project, request, {context.progress, context.cancel}); };
    m_workspace.tasks().start(tr("Labels to a folder"), this, work, [this, folder](Result<AnnotationExportOutcome> written) {
        setBusy(false);
        if (!written) {
            if (written.error().code != "job.cancelled") m_outcome->setText(Workspace::words(written.error()));
            return;
        }
        tell(tr("%Ln label(s) are in the folder “%1” now.", nullptr, static_cast<int>(written->labels)).arg(QFileInfo(folder).fileName()), written->issues);
    });
}

void FilesPanel::retranslate() {
    m_about->setText(tr("Labels of other programs come in beside those that are here: items are recognised by their names. Everything that is labelled can be written for other programs."));
    m_folder->setText(tr("Labels from a folder …"));
    m_file->setText(tr("Labels from a file …"));
    m_file->setToolTip(tr("Formats that are one file: COCO, CVAT, tables, texts"));
    for (int i = 0; i < m_format->count(); ++i) {
        const AnnotationFormatType* type = annotationFormatCatalogue()[static_cast<std::size_t>(i)];
        m_format->setItemText(i, messageText("annotation." + type->id + ".title", QString::fromStdString(type->title)));
        m_format->setItemData(i, messageText("annotation." + type->id + ".summary", QString::fromStdString(type->summary)), Qt::ToolTipRole);
    }
    m_format->setAccessibleName(tr("Format of the files"));
    m_pictures->setText(tr("With the pictures"));
    m_write->setText(tr("Labels to a folder …"));
}

}  // namespace lamina
