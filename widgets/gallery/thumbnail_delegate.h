// Paints one picture of a gallery: whole, in the middle, its caption below.
#pragma once

#include <QStyledItemDelegate>

#include "widgets/gallery/gallery_model.h"

namespace lamina {

class ThumbnailDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setLook(int edge, bool captions);
    QSize cellSize(const QFontMetrics& metrics) const;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintMarks(QPainter* painter, const QRect& place, const GalleryMark& mark) const;
    static void paintBadge(QPainter* painter, QPointF middle, GalleryBadge badge);
    void paintPicture(QPainter* painter, const QRect& place, const QModelIndex& index) const;

    int m_edge = 96;
    bool m_captions = true;
};

}  // namespace lamina
