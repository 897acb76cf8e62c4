#include "app/pages/data/import_flow.h"

#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

#include "app/jobs/road_places.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/usual_split.h"
#include "app/pages/data/grouped_sources.h"
#include "app/pages/data/import_banner.h"
#include "app/pages/data/import_dialog.h"
#include "app/pages/data/import_fix.h"
#include "app/pages/data/pasted_table.h"
#include "app/pages/data/split_issue_words.h"
#include "app/settings/settings.h"
#include "widgets/common/icon.h"

namespace lamina {
namespace {

constexpr std::size_t mostRemarks = 3;  ///< said at once; the others are shown when asked for

}  // namespace

ImportFlow::ImportFlow(Workspace& workspace, Notice& notice, ImportBanner& banner, QWidget* page)
    : QObject(page), m_workspace(workspace), m_notice(notice), m_banner(banner), m_page(page) {}

bool ImportFlow::mayImport() {
    if (m_workspace.isOpen() && m_workspace.readOnly())
        m_notice.say(Notice::Tone::Warning, tr("This project is open in another window or program; nothing can be imported here."));
    return m_workspace.isOpen() && !m_workspace.readOnly();
}

void ImportFlow::importFiles(const QStringList& files) {
    if (!mayImport()) return;
    m_waiting << groupedSources(files);
    if (!m_dialog) next();
}

void ImportFlow::ask(QWidget* button) {
    if (!mayImport()) return;
    auto* menu = new QMenu(m_page);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName("import_what");
    menu->addAction(themeIcon("table"), tr("A &file (table, film, IDX) …"), this, [this] { askForFile(false); });
    menu->addAction(themeIcon("image"), tr("A f&older with pictures or films …"), this, [this] { askForFile(true); });
    menu->addAction(themeIcon("paste"), tr("&Paste cells of a spreadsheet"), QKeySequence(QKeySequence::Paste), this, &ImportFlow::paste);
    menu->addSeparator();
    menu->addAction(tr("&Sample data: pictures of clothes"), this, &ImportFlow::importSample);
    menu->popup(button->mapToGlobal(QPoint(0, button->height() + 2)));
}

void ImportFlow::askForFile(bool folder) {
    auto* dialog = new QFileDialog(m_page, folder ? tr("Import a folder") : tr("Import a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("import_file_dialog");
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    if (folder) dialog->setOption(QFileDialog::ShowDirsOnly, false);
    // Where the last data came from; never the folder of the projects with what lies inside them.
    dialog->setDirectory(settings::value("data/import_folder", QDir::homePath()).toString());
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        settings::setValue("data/import_folder", QFileInfo(files.front()).absolutePath());
        importFiles(files);
    });
    dialog->open();
}

void ImportFlow::importSample() {
    const auto source = roadSource("fashion-mnist");
    if (!source) return m_notice.say(Notice::Tone::Warning, Workspace::words(source.error()));
    importFiles({QString::fromStdString(source->string())});
}

void ImportFlow::paste() {
    if (!mayImport() || m_dialog) return;
    const QMimeData* clipboard = QGuiApplication::clipboard()->mimeData();
    if (!clipboard) return;
    QStringList copied;
    for (const QUrl& url : clipboard->urls())
        if (url.isLocalFile()) copied << url.toLocalFile();
    if (!copied.isEmpty()) return importFiles(copied);
    const auto table = pastedTable(*clipboard);
    if (!table) return m_notice.say(Notice::Tone::Info, tr("There is no table on the clipboard. Copy some cells of a spreadsheet first."));
    // In the project: what the dataset came from can be looked up later.
    const Path folder = m_workspace.shared()->folder() / "pasted";
    const std::string name = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd_hhmmss_zzz")).toStdString() + ".tsv";
    m_workspace.tasks().quietly(
        this,
        [folder, file = folder / name, text = *table](TaskContext&) -> Result<QString> {
            std::error_code error;
            std::filesystem::create_directories(folder, error);
            LAMINA_CHECK(writeFileAtomically(file, text.toStdString()));
            return QString::fromStdString(file.string());
        },
        [this, tabs = table->contains(u'\t')](const Result<QString>& file) {
            if (file) openPasted(*file, tabs);
            else m_notice.say(Notice::Tone::Bad, Workspace::words(file.error()));
        });
}

void ImportFlow::openPasted(const QString& file, bool tabs) {
    if (m_dialog || !m_workspace.isOpen()) return;
    ImportRequest request;
    request.source = file.toStdString();
    request.importer = "csv";
    request.name = tr("Pasted table").toStdString();
    if (tabs) request.settings["delimiter"] = "tab";
    m_pasted = request.source.string();
    openDialog(request);
}

void ImportFlow::next() {
    if (m_waiting.isEmpty() || m_dialog) return;
    ImportRequest request;
    request.source = m_waiting.takeFirst().toStdString();
    openDialog(request);
}

void ImportFlow::openDialog(const ImportRequest& request) {
    m_notice.hide();
    m_dialog = new ImportDialog(m_workspace, request, m_page->window());
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::finished, this, [this, dialog = m_dialog.data()](int result) {
        const ImportRequest accepted = dialog->request();
        m_dialog = nullptr;
        if (result == QDialog::Accepted) {
            start(accepted);
        } else if (accepted.source.string() == m_pasted) {
            std::error_code error;
            std::filesystem::remove(accepted.source, error);
        }
        m_pasted.clear();
        next();
    });
    m_dialog->open();
}

void ImportFlow::forget() {
    m_waiting.clear();
    if (m_dialog) m_dialog->reject();
}

Result<ImportFlow::Imported> ImportFlow::importAndSplit(Project& project, const ImportRequest& request, TaskContext& context) {
    Imported imported;
    LAMINA_TRY(imported.import, importDataset(project, request, {context.progress, context.cancel, 0}));
    // The data is there whether it can be split or not.
    const auto usual = usualSplit(project, imported.import.dataset, context.cancel);
    auto split = usual ? splitDataset(project, imported.import.dataset, *usual, context.cancel) : Result<SplitOutcome>(usual.error());
    if (split) imported.splitIssues = std::move(split->split.issues);
    else imported.splitError = split.takeError();
    return imported;
}

int ImportFlow::start(const ImportRequest& request) {
    const QString name = QFileInfo(QString::fromStdString(request.source.string())).fileName();
    const int task = m_workspace.tasks().start(
        tr("Import %1").arg(name), this,
        [project = m_workspace.shared(), request](TaskContext& context) { return importAndSplit(*project, request, context); },
        [this, request, of = m_workspace.shared().get()](const Result<Imported>& result) {
            // Another project may be open by now.
            if (m_workspace.shared().get() == of) ended(request, result);
        });
    m_banner.follow(task);
    return task;
}

void ImportFlow::ended(const ImportRequest& request, const Result<Imported>& result) {
    m_workspace.noteEdit();
    if (!result) return sayFailed(request, result.error());
    m_workspace.setDataset(result->import.dataset.id);
    sayImported(*result);
    emit imported();
}

void ImportFlow::sayFailed(const ImportRequest& request, const Error& error) {
    if (error.code == "job.cancelled") return m_notice.say(Notice::Tone::Info, tr("The import was cancelled. Nothing was changed."));
    ImportRequest again = request;
    const auto fix = importFix(error);
    if (fix) again.settings[fix->setting] = fix->value;
    m_notice.say(Notice::Tone::Bad, Workspace::words(error), fix ? fix->button : tr("Change the settings …"), [this, again] {
        if (!m_dialog && m_workspace.isOpen()) openDialog(again);
    });
}

void ImportFlow::sayImported(const Imported& imported) {
    const DatasetRecord& dataset = imported.import.dataset;
    QStringList words{
        tr("%1 was imported: %2 rows.").arg(QString::fromStdString(dataset.name), QLocale().toString(static_cast<qlonglong>(dataset.rows)))};
    const auto& issues = imported.import.issues;
    const bool more = issues.size() > mostRemarks;
    for (std::size_t i = 0; i < std::min(issues.size(), mostRemarks); ++i) words << Workspace::words(issues[i]);
    if (more) words << tr("There are %n more remark(s).", nullptr, static_cast<int>(issues.size() - mostRemarks));
    if (imported.splitError) words << Workspace::words(*imported.splitError);
    if (!imported.splitIssues.empty()) words << splitIssueWords(imported.splitIssues);
    const auto tone = issues.empty() && imported.splitIssues.empty() && !imported.splitError ? Notice::Tone::Good : Notice::Tone::Warning;
    if (more) m_notice.say(tone, words.join(u' '), tr("Show all"), [this] { emit remarksWanted(); });
    else m_notice.say(tone, words.join(u' '));
}

}  // namespace lamina
