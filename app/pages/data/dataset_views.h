// A dataset as a table, as a gallery and divided into its parts: one of the three at a time.
#pragma once

#include <QStackedWidget>

#include <memory>

#include "app/pages/data/opened_dataset.h"

namespace lamina {

class DataTable;
class SplitView;
class ThumbnailGallery;

enum DatasetView { TableView, GalleryView, PartsView };

class DatasetViews : public QStackedWidget {
    Q_OBJECT
public:
    explicit DatasetViews(QWidget* parent = nullptr);

    /// nullptr: none. What is shown of the same rows and pictures stays as it is. Until show() was called, the view is
    /// the one that fits the data best.
    void setDataset(std::shared_ptr<const OpenedDataset> opened);
    void setEditable(bool editable);
    void show(DatasetView view);
    /// Another dataset comes: the view is chosen by itself again.
    void forgetChoice() { m_chosen = false; }

    DataTable& table() { return *m_table; }
    SplitView& split() { return *m_split; }

signals:
    void viewChanged(lamina::DatasetView view);

protected:
    void changeEvent(QEvent* event) override;

private:
    void change(DatasetView view);
    void markColumns();

    std::shared_ptr<const OpenedDataset> m_opened;
    bool m_chosen = false;
    DataTable* m_table;
    ThumbnailGallery* m_gallery;
    SplitView* m_split;
};

}  // namespace lamina
