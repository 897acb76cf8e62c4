#include "app/pages/data/import_again.h"

#include <QLocale>
#include <QStringList>

#include "app/pages/data/import_banner.h"

namespace lamina {
namespace {

constexpr std::size_t mostDifferences = 3;

QString rowsText(std::int64_t rows) { return QLocale().toString(static_cast<qlonglong>(rows)); }

}  // namespace

ImportAgain::ImportAgain(Workspace& workspace, Notice& notice, ImportBanner& banner, QObject* page)
    : QObject(page), m_workspace(workspace), m_notice(notice), m_banner(banner) {}

void ImportAgain::start(const OpenedDataset& dataset) {
    if (!m_workspace.isOpen() || m_workspace.readOnly()) return;
    const int task = m_workspace.tasks().start(
        tr("Bring in what is new in %1").arg(QString::fromStdString(dataset.record.name)), this,
        [project = m_workspace.shared(), id = dataset.record.id](TaskContext& context) {
            ReimportRequest request;
            request.dataset = id;
            return importAgain(*project, request, {context.progress, context.cancel, 0});
        },
        [this, of = m_workspace.shared().get()](const Result<ReimportOutcome>& outcome) {
            if (m_workspace.shared().get() != of) return;
            m_workspace.noteEdit();
            if (outcome) say(*outcome);
            else if (outcome.error().code != "job.cancelled") m_notice.say(Notice::Tone::Bad, Workspace::words(outcome.error()));
            emit ended();
        });
    m_banner.follow(task);
}

void ImportAgain::say(const ReimportOutcome& outcome) {
    QStringList words;
    const TableDifference& difference = outcome.difference;
    const QString name = QString::fromStdString(outcome.dataset.name);
    if (outcome.split)
        words << tr("%1 has %2 rows now: %3 new, %4 gone. Those that were there keep their part of the split.")
                     .arg(name, rowsText(difference.rowsAfter), rowsText(outcome.rowsAdded), rowsText(outcome.rowsGone));
    else words << tr("%1 has %2 rows now; it had %3 before.").arg(name, rowsText(difference.rowsAfter), rowsText(difference.rowsBefore));
    bool warned = false;
    for (std::size_t i = 0; i < std::min(outcome.issues.size(), mostDifferences); ++i) words << Workspace::words(outcome.issues[i]);
    for (const Issue& issue : outcome.issues) warned = warned || issue.severity != Severity::Note;
    if (outcome.issues.size() > mostDifferences) words << tr("There are %n more remark(s).", nullptr, static_cast<int>(outcome.issues.size() - mostDifferences));
    m_notice.say(warned ? Notice::Tone::Warning : Notice::Tone::Good, words.join(u' '), tr("Undo"), [this] {
        m_notice.hide();
        m_workspace.undo();
    });
}

}  // namespace lamina
