#include "app/pages/data/source_watch.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QWidget>

#include "app/settings/settings.h"

namespace lamina {
namespace {

/// Files that are being copied come one after the other.
constexpr int waitForMore = 700;
/// Where the system tells nothing (network drives) it is asked for; less often where that takes long.
constexpr int lookAgainAfter = 15'000, mostTimesLonger = 100;
/// A system has some thousands for all programs together.
constexpr int mostFolders = 32;

QString watchKey(const DatasetRecord& dataset) { return QStringLiteral("watch/") + QString::fromStdString(dataset.id); }

}  // namespace

SourceWatch::SourceWatch(Workspace& workspace, QWidget* page) : QObject(page), m_workspace(workspace), m_page(page) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(waitForMore);
    m_again.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &SourceWatch::look);
    connect(&m_again, &QTimer::timeout, this, &SourceWatch::look);
    const auto soon = [this] { m_soon.start(); };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, soon);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, soon);
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive && m_opened) m_soon.start();
    });
}

void SourceWatch::setDataset(std::shared_ptr<const OpenedDataset> opened) {
    const bool same = m_opened && opened && m_opened->record.id == opened->record.id && m_opened->record.sourceHash == opened->record.sourceHash;
    m_opened = std::move(opened);
    if (same) return;
    clear();
    resume();
}

void SourceWatch::clear() {
    if (m_task != 0) m_workspace.tasks().cancel(m_task);
    m_task = 0;
    m_seen.reset();
    m_dismissed.reset();
    m_soon.stop();
    m_again.stop();
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty()) m_watcher.removePaths(watched);
    emit found({}, false);
}

bool SourceWatch::isOn() const {
    if (!m_opened) return false;
    const QVariant chosen = settings::projectValue(m_workspace.file(), watchKey(m_opened->record));
    return !chosen.isValid() || chosen.toBool();
}

void SourceWatch::setOn(bool on) {
    if (!m_opened) return;
    settings::setProjectValue(m_workspace.file(), watchKey(m_opened->record), on);
    if (on) resume();
    else clear();
}

void SourceWatch::resume() {
    if (isOn() && m_page->isVisible()) m_soon.start();
}

void SourceWatch::dismiss() { m_dismissed = m_seen; }

Result<SourceWatch::Look> SourceWatch::lookAt(const Project& project, const DatasetRecord& dataset, const CancelToken& cancel) {
    QElapsedTimer clock;
    clock.start();
    Look look;
    LAMINA_TRY(look.now, lookAtSource(Path(dataset.sourcePath), cancel));
    if (const auto kept = keptSourceState(project, dataset)) look.change = changesBetween(*kept, look.now);
    else keepSourceState(project, dataset, look.now);
    look.milliseconds = clock.elapsed();
    return look;
}

void SourceWatch::look() {
    if (!isOn() || m_task != 0 || !m_page->isVisible() || m_workspace.readOnly() || m_opened->record.sourcePath.empty()) return;
    m_task = m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared(), dataset = m_opened->record](TaskContext& context) { return lookAt(*project, dataset, context.cancel); },
        [this](const Result<Look>& look) {
            m_task = 0;
            // A source that is not there (a drive that is not plugged in) is no news.
            if (look) take(*look);
        });
}

void SourceWatch::take(const Look& look) {
    const bool other = m_seen && *m_seen != look.now;
    m_seen = look.now;
    watch();
    m_again.start(static_cast<int>(std::max<qint64>(lookAgainAfter, mostTimesLonger * look.milliseconds)));
    // Who is in the middle of copying is looked at once more.
    if (other) m_soon.start();
    if (m_dismissed && *m_dismissed == look.now) return;
    emit found(look.change, look.now.folder);
}

/// A file that was replaced by another one of its name is not watched any more.
void SourceWatch::watch() {
    const QString source = QString::fromStdString(m_opened->record.sourcePath);
    QStringList paths{source};
    if (m_seen->folder) {
        QDirIterator folders(source, QDir::Dirs | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (folders.hasNext() && paths.size() < mostFolders) paths << folders.next();
    }
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    for (const QString& path : paths)
        if (!watched.contains(path)) m_watcher.addPath(path);
}

}  // namespace lamina
