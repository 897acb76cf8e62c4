// The head of the Data page: which dataset is looked at, what can be done with it, and in which view.
#pragma once

#include <QWidget>

#include <vector>

#include "app/pages/data/dataset_views.h"
#include "app/pages/data/opened_dataset.h"

class QBoxLayout;
class QButtonGroup;
class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace lamina {

class ElidedLabel;

/// Shows and asks; changes nothing itself.
class DatasetBar : public QWidget {
    Q_OBJECT
public:
    explicit DatasetBar(QWidget* parent = nullptr);

    void setDatasets(const std::vector<DatasetRecord>& all, std::shared_ptr<const OpenedDataset> opened);
    /// Can the project be changed?
    void setEditable(bool editable);
    /// Is the source looked at for changes?
    void setWatched(bool watched);
    void setView(DatasetView view);
    QPushButton* importButton() const { return m_import; }

signals:
    void datasetChosen(const QString& id);
    void viewChosen(lamina::DatasetView view);
    void importWanted();
    void renameWanted();
    void remarksWanted();
    void removeWanted();
    void againWanted();
    void watchWanted(bool on);
    void picturesWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeMenu();
    void makeViewButtons(QBoxLayout* layout);
    void retranslate();
    void showDetails();

    std::shared_ptr<const OpenedDataset> m_opened;
    QLabel* m_heading;
    QComboBox* m_datasets;
    ElidedLabel* m_details;
    QButtonGroup* m_views;
    QPushButton* m_import;
    QToolButton* m_more;
    QMenu* m_menu;
    QAction *m_rename, *m_remarks, *m_again, *m_watch, *m_pictures, *m_remove;
};

}  // namespace lamina
