// The Data page: import with a preview, then the items as a table or a gallery, their columns, their classes and their split.
#pragma once

#include <QStringList>

#include <memory>
#include <optional>
#include <set>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/pages/common/page.h"
#include "app/pages/data/column_profile.h"
#include "app/pages/data/opened_dataset.h"
#include "app/pages/data/repeated_rows.h"
#include "app/workspace/workspace.h"

class QBoxLayout;
class QButtonGroup;
class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace lamina {

class ColumnPanel;
class DataTable;
class ElidedLabel;
class EmptyState;
class ImportBanner;
class ImportDialog;
class Notice;
class PartsBar;
class SplitView;
class ThumbnailGallery;

class DataPage : public Page {
    Q_OBJECT
public:
    enum View { TableView, GalleryView, PartsView };

    explicit DataPage(Workspace& workspace, QWidget* parent = nullptr);
    ~DataPage() override;

    /// Opens the import dialog on each of these, one after the other; nothing given: asks for a file first.
    void importFiles(const QStringList& files);
    /// Imports without asking, as a task; then draws a split. Gives the task's id.
    int startImport(const ImportRequest& request);

    QWidget* sidePanel() override;
    bool dropFiles(const QStringList& files) override;

    void showView(View view);
    std::shared_ptr<const OpenedDataset> opened() const { return m_opened; }

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Imported {
        ImportOutcome import;
        std::optional<Error> splitError;
    };

    QWidget* makeContent();
    QWidget* makeHead();
    void makeMenu();
    void makeViewButtons(QBoxLayout* layout);
    QWidget* makeFoot();
    void connectWorkspace();
    void retranslate();

    void refresh();
    void take(ProjectDatasets datasets);
    void showContent();
    void fillDatasets(const std::vector<DatasetRecord>& all);
    void showWords();
    void showTable(bool sameRows);

    void askForFile();
    void importSample();
    void nextImport();
    void openDialog(const ImportRequest& request);
    void importEnded(const ImportRequest& request, Result<Imported> result);
    void sayImported(const Imported& imported);

    void setRole(int column, const QString& role);
    void drawSplit(const SplitSettings& settings);
    void renameDataset();
    void removeDataset();
    void showRemarks();
    /// Runs an edit in the background; says what went wrong.
    void edit(std::function<Result<void>(Project&, TaskContext&)> work);

    void profileNext();
    void findRepeated();

    Workspace& m_workspace;
    std::shared_ptr<const OpenedDataset> m_opened;
    std::vector<DatasetRecord> m_all;
    QStringList m_waiting;  ///< files to be imported after the one in the dialog
    std::set<int> m_profiled;
    std::string m_repeatedOf;  ///< the split that was searched for repeated rows
    int m_load = 0, m_profiling = 0;
    bool m_stale = true, m_loading = false, m_loaded = false, m_viewChosen = false;
    ImportDialog* m_dialog = nullptr;

    QStackedWidget *m_stack, *m_views;
    EmptyState *m_empty, *m_closed;
    QPushButton *m_emptyImport, *m_emptySample;
    QLabel* m_heading;
    QComboBox* m_datasets;
    ElidedLabel* m_details;
    QButtonGroup* m_viewButtons;
    QPushButton *m_import, *m_toSplit, *m_build;
    QToolButton* m_more;
    QMenu* m_menu;
    QAction *m_rename, *m_remove, *m_remarks;
    Notice* m_notice;
    ImportBanner* m_banner;
    DataTable* m_table;
    ThumbnailGallery* m_gallery;
    SplitView* m_split;
    PartsBar* m_parts;
    QLabel* m_splitWords;
    ColumnPanel* m_panel;
};

}  // namespace lamina
