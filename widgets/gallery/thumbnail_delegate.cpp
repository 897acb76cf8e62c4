#include "widgets/gallery/thumbnail_delegate.h"

#include <QPainter>
#include <QPixmap>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/gallery_model.h"

namespace lamina {
namespace {

constexpr int margin = 6;

}  // namespace

void ThumbnailDelegate::setLook(int edge, bool captions) {
    m_edge = edge;
    m_captions = captions;
}

QSize ThumbnailDelegate::cellSize(const QFontMetrics& metrics) const {
    return {m_edge + 2 * margin, m_edge + 2 * margin + (m_captions ? metrics.height() + 2 : 0)};
}

QSize ThumbnailDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const { return cellSize(option.fontMetrics); }

void ThumbnailDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const ThemeColours& colours = themeColours();
    const bool chosen = option.state & QStyle::State_Selected, focused = option.state & QStyle::State_HasFocus;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF cell = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5);
    if (chosen || focused || (option.state & QStyle::State_MouseOver)) {
        painter->setBrush(chosen ? colours.accentSoft : option.state & QStyle::State_MouseOver ? colours.raised : colours.surface);
        painter->setPen(focused ? QPen(colours.accent, 1.5) : QPen(Qt::NoPen));
        painter->drawRoundedRect(cell, 6, 6);
    }
    const QRect place(option.rect.left() + margin, option.rect.top() + margin, m_edge, m_edge);
    paintPicture(painter, place, index);
    if (m_captions) {
        const QRect line(place.left(), place.bottom() + 3, place.width(), option.fontMetrics.height());
        painter->setPen(chosen ? colours.text : colours.mutedText);
        painter->drawText(line, Qt::AlignHCenter | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, line.width()));
    }
    painter->restore();
}

void ThumbnailDelegate::paintPicture(QPainter* painter, const QRect& place, const QModelIndex& index) const {
    const QPixmap picture = index.data(Qt::DecorationRole).value<QPixmap>();
    if (!picture.isNull()) {
        const QSize size = picture.size().scaled(place.size(), Qt::KeepAspectRatio);
        QRect fitted(QPoint(), size);
        fitted.moveCenter(place.center());
        // Tiny pictures are shown as the pixels they are.
        painter->setRenderHint(QPainter::SmoothPixmapTransform, picture.width() > 64 || picture.height() > 64);
        painter->drawPixmap(fitted, picture);
        return;
    }
    painter->setPen(Qt::NoPen);
    painter->setBrush(themeColours().raised);
    painter->drawRoundedRect(place, 4, 4);
    if (!index.data(GalleryModel::BrokenRole).toBool()) return;
    static const QIcon broken = themeIcon("warning");
    broken.paint(painter, QRect(place.center() - QPoint(12, 12), QSize(24, 24)));
}

}  // namespace lamina
