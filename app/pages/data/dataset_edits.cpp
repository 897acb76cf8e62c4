#include "app/pages/data/dataset_edits.h"

#include <QInputDialog>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/pages/data/split_issue_words.h"

namespace lamina {

DatasetEdits::DatasetEdits(Workspace& workspace, Notice& notice, QWidget* page)
    : QObject(page), m_workspace(workspace), m_notice(notice), m_page(page) {}

void DatasetEdits::edit(Work work) {
    if (!m_workspace.isOpen() || m_workspace.readOnly()) return;
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), work = std::move(work)](TaskContext& context) { return work(*project, context); },
        [this](Result<void> done) {
            if (!done) m_notice.say(Notice::Tone::Bad, Workspace::words(done.error()));
            m_workspace.noteEdit();
            emit ended();
        });
}

void DatasetEdits::setRole(const OpenedDataset& dataset, int column, const QString& role, const SplitSettings& settings) {
    if (column < 0 || static_cast<std::size_t>(column) >= dataset.record.columns.size()) return;
    const ColumnRecord chosen = dataset.record.columns[static_cast<std::size_t>(column)];
    if (chosen.role == role.toStdString()) return;
    if (role != QLatin1String("target"))
        return edit([chosen, role = role.toStdString()](Project& project, TaskContext&) -> Result<void> {
            LAMINA_CHECK(project.datasets().setRole(chosen.id, role).get());
            return {};
        });
    edit([record = dataset.record, chosen, settings = settings, wasSplit = dataset.split.has_value()](Project& project,
                                                                                                      TaskContext& context) mutable -> Result<void> {
        LAMINA_CHECK(chooseTarget(project, record, chosen.name));
        settings.target = chosen.name;
        settings.stratify = true;
        if (wasSplit) LAMINA_CHECK(splitDataset(project, record, settings, context.cancel));
        return {};
    });
}

void DatasetEdits::drawSplit(const OpenedDataset& dataset, const SplitSettings& settings) {
    if (!m_workspace.isOpen() || m_workspace.readOnly()) return;
    m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared(), record = dataset.record, settings](TaskContext& context) {
            return splitDataset(*project, record, settings, context.cancel);
        },
        [this](const Result<SplitOutcome>& outcome) { drawn(outcome); });
}

void DatasetEdits::redrawSplit(const OpenedDataset& dataset) {
    const SplitRecord* old = drawnSplit(dataset);
    if (!old || !m_workspace.isOpen() || m_workspace.readOnly()) return;
    m_workspace.tasks().start(
        tr("Divide the data again"), this,
        [project = m_workspace.shared(), record = dataset.record, old = *old](TaskContext& context) {
            return lamina::redrawSplit(*project, record, old, {}, context.cancel);
        },
        [this](const Result<SplitOutcome>& outcome) { drawn(outcome); });
}

void DatasetEdits::drawn(const Result<SplitOutcome>& outcome) {
    if (!outcome) m_notice.say(Notice::Tone::Bad, Workspace::words(outcome.error()));
    else sayDrawn(*outcome);
    m_workspace.noteEdit();
    emit ended();
}

void DatasetEdits::sayDrawn(const SplitOutcome& outcome) {
    QString text = splitIssueWords(outcome.split.issues);
    const auto tone = text.isEmpty() ? Notice::Tone::Info : Notice::Tone::Warning;
    if (!outcome.ignoredColumn.empty())
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + tr("Column %1 says which part an item belongs to, so it is no input any more: it is ignored now.")
                                                                         .arg(QString::fromStdString(outcome.ignoredColumn));
    if (!text.isEmpty()) m_notice.say(tone, text);
}

void DatasetEdits::mendSplit(const OpenedDataset& dataset) {
    if (!dataset.split || !m_workspace.isOpen() || m_workspace.readOnly()) return emit ended();
    m_workspace.tasks().start(
        tr("Mend the split"), this,
        [project = m_workspace.shared(), record = dataset.record, split = *dataset.split](TaskContext& context) {
            return lamina::mendSplit(*project, record, split, context.cancel, context.progress);
        },
        [this](const Result<MendOutcome>& outcome) { mended(outcome); });
}

void DatasetEdits::mended(const Result<MendOutcome>& outcome) {
    if (outcome) {
        const MendReport& report = outcome->report;
        QString text = report.moved.empty()
                           ? tr("Nothing was moved.")
                           : tr("%n item(s) were moved to the part where their like is.", nullptr, static_cast<int>(report.moved.size()));
        if (report.leftGroups > 0)
            text += u' ' + tr("%n group(s) stay apart: they are so large that a part or a class would lose too much.", nullptr,
                              static_cast<int>(report.leftGroups));
        if (report.moved.empty()) m_notice.say(Notice::Tone::Info, text);
        else
            m_notice.say(Notice::Tone::Good, text, tr("Undo"), [this] {
                m_notice.hide();
                m_workspace.undo();
            });
    }
    m_workspace.noteEdit();
    emit ended();
}

void DatasetEdits::rename(const OpenedDataset& dataset) {
    auto* dialog = new QInputDialog(m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("rename_dialog");
    dialog->setWindowTitle(tr("Rename dataset"));
    dialog->setLabelText(tr("New name:"));
    dialog->setTextValue(QString::fromStdString(dataset.record.name));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id = dataset.record.id, old = dataset.record.name](const QString& text) {
        const std::string name = text.trimmed().toStdString();
        if (name.empty() || name == old) return;
        edit([id, name](Project& project, TaskContext&) -> Result<void> {
            LAMINA_CHECK(project.datasets().rename(id, name).get());
            return {};
        });
    });
    dialog->open();
}

void DatasetEdits::remove(const OpenedDataset& dataset) {
    if (!m_workspace.isOpen() || m_workspace.readOnly()) return;
    m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared(), id = dataset.record.id](TaskContext&) -> Result<void> {
            LAMINA_CHECK(project->datasets().remove(id).get());
            return {};
        },
        [this, name = QString::fromStdString(dataset.record.name)](const Result<void>& result) { removed(name, result); });
}

void DatasetEdits::removed(const QString& name, const Result<void>& result) {
    if (result)
        m_notice.say(Notice::Tone::Info, tr("%1 was deleted.").arg(name), tr("Undo"), [this] {
            m_notice.hide();
            m_workspace.undo();
        });
    else if (result.error().code == "store.constraint")
        m_notice.say(Notice::Tone::Warning, tr("%1 cannot be deleted: a network or a training was made with it. Delete those first.").arg(name));
    else m_notice.say(Notice::Tone::Bad, Workspace::words(result.error()));
    m_workspace.noteEdit();
    emit ended();
}

}  // namespace lamina
