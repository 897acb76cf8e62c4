// The Data page: the dataset that is looked at, as a table, as a gallery and divided into its parts. What changes it, brings it and measures it
// stands in files of its own: dataset_edits, import_flow, dataset_figures.
#pragma once

#include <QStringList>

#include <memory>
#include <vector>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/source_state.h"
#include "app/pages/common/page.h"
#include "app/pages/data/dataset_views.h"
#include "app/pages/data/opened_dataset.h"
#include "app/workspace/workspace.h"

class QStackedWidget;

namespace lamina {

class ColumnPanel;
class DatasetBar;
class DatasetEdits;
class DatasetFigures;
class EmptyState;
class ImportAgain;
class ImportBanner;
class ImportFlow;
class NoData;
class PicturesOut;
class Notice;
class SourceWatch;
class SplitBar;

class DataPage : public Page {
    Q_OBJECT
public:
    explicit DataPage(Workspace& workspace, QWidget* parent = nullptr);
    ~DataPage() override;

    /// Opens the import dialog on each of these, one after the other; nothing given: asks for a file first.
    void importFiles(const QStringList& files);
    /// Imports without asking, as a task; then draws a split. Gives the task's id.
    int startImport(const ImportRequest& request);
    /// What a spreadsheet put on the clipboard.
    void paste();

    QWidget* sidePanel() override;
    bool dropFiles(const QStringList& files) override;

    void showView(DatasetView view) { m_views->show(view); }
    std::shared_ptr<const OpenedDataset> opened() const { return m_opened; }

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeContent();
    void connectImport();
    void connectBars();
    void connectEdits();
    void connectFigures();
    void connectSource();
    void sayChanged(const SourceChange& change, bool folder);
    void connectWorkspace();
    void retranslate();

    void refresh();
    void take(ProjectDatasets datasets);
    void showContent();
    void closed();

    Workspace& m_workspace;
    std::shared_ptr<const OpenedDataset> m_opened;
    std::vector<DatasetRecord> m_all;
    int m_load = 0;
    bool m_stale = true, m_loading = false, m_loaded = false;

    QStackedWidget* m_stack;
    EmptyState* m_closed;
    NoData* m_empty;
    QWidget* m_content;
    Notice *m_notice, *m_source;  ///< the second: the source has changed
    ImportBanner* m_banner;
    DatasetBar* m_bar;
    DatasetViews* m_views;
    SplitBar* m_foot;
    ColumnPanel* m_panel;
    ImportFlow* m_import;
    ImportAgain* m_again;
    SourceWatch* m_watch;
    DatasetEdits* m_edits;
    DatasetFigures* m_figures;
    PicturesOut* m_pictures;
};

}  // namespace lamina
