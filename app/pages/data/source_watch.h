// Notices that the file or folder that the dataset came from has changed. Cheap: sizes and times of its files, looked at when the page is shown, when the
// program comes to the front, and when the system says that something happened; never more than a few dozen watches.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

#include "app/jobs/source_state.h"
#include "app/pages/data/opened_dataset.h"
#include "app/workspace/workspace.h"

class QWidget;

namespace lamina {

class SourceWatch : public QObject {
    Q_OBJECT
public:
    /// Works only while `page` is visible; it deletes this.
    SourceWatch(Workspace& workspace, QWidget* page);

    /// nullptr: none.
    void setDataset(std::shared_ptr<const OpenedDataset> opened);
    /// Kept with the project; on in the beginning.
    bool isOn() const;
    void setOn(bool on);
    /// Looks now, and soon again whenever something happens.
    void resume();
    /// Says nothing more until something else changes.
    void dismiss();

signals:
    /// Nothing of it: all is as it was imported.
    void found(const lamina::SourceChange& change, bool folder);

private:
    struct Look {
        SourceState now;
        SourceChange change;
        qint64 milliseconds = 0;
    };
    static Result<Look> lookAt(const Project& project, const DatasetRecord& dataset, const CancelToken& cancel);
    void look();
    void take(const Look& look);
    void watch();
    void clear();

    Workspace& m_workspace;
    QWidget* m_page;
    std::shared_ptr<const OpenedDataset> m_opened;
    std::optional<SourceState> m_seen;       ///< at the last look
    std::optional<SourceState> m_dismissed;  ///< what the person knows of
    QFileSystemWatcher m_watcher;
    QTimer m_soon, m_again;
    int m_task = 0;
};

}  // namespace lamina
