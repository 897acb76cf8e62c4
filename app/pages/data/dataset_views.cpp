#include "app/pages/data/dataset_views.h"

#include <QEvent>

#include "app/pages/data/split_view.h"
#include "widgets/gallery/thumbnail_gallery.h"
#include "widgets/tables/data_table.h"

namespace lamina {

DatasetViews::DatasetViews(QWidget* parent)
    : QStackedWidget(parent), m_table(new DataTable), m_gallery(new ThumbnailGallery), m_split(new SplitView) {
    setObjectName("dataset_views");
    m_table->setObjectName("data_table");
    m_gallery->setObjectName("data_gallery");
    for (QWidget* view : std::initializer_list<QWidget*>{m_table, m_gallery, m_split}) addWidget(view);
}

void DatasetViews::setDataset(std::shared_ptr<const OpenedDataset> opened) {
    const bool sameRows = m_opened && opened && opened->source == m_opened->source;
    const bool samePictures = sameRows && opened->pictures == m_opened->pictures;
    m_opened = std::move(opened);
    if (!sameRows) m_table->setSource(m_opened ? m_opened->source : nullptr);
    if (!samePictures) m_gallery->setSource(m_opened ? m_opened->pictures : nullptr);
    if (!m_opened) return forgetChoice();
    markColumns();
    m_split->setDataset(m_opened);
    if (!m_chosen || (currentIndex() == GalleryView && !m_opened->pictures)) change(m_opened->pictures ? GalleryView : TableView);
}

void DatasetViews::setEditable(bool editable) { m_split->setReadOnly(!editable); }

void DatasetViews::show(DatasetView view) {
    m_chosen = true;
    change(view);
}

void DatasetViews::change(DatasetView view) {
    setCurrentIndex(view);
    emit viewChanged(view);
}

void DatasetViews::changeEvent(QEvent* event) {
    QStackedWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_opened) markColumns();
}

void DatasetViews::markColumns() {
    QStringList marks;
    for (const ColumnRecord& column : m_opened->record.columns)
        marks << (column.role == "target" ? tr("target") : column.role == "ignored" ? tr("ignored") : QString());
    m_table->model().setMarks(marks);
}

}  // namespace lamina
