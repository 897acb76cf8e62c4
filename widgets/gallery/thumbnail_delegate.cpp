#include "widgets/gallery/thumbnail_delegate.h"

#include <QPainter>
#include <QPixmap>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

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
    if (const QVariant mark = index.data(GalleryModel::MarkRole); mark.isValid()) paintMarks(painter, place, mark.value<GalleryMark>());
    if (m_captions) {
        const QRect line(place.left(), place.bottom() + 3, place.width(), option.fontMetrics.height());
        painter->setPen(chosen ? colours.text : colours.mutedText);
        painter->drawText(line, Qt::AlignHCenter | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, line.width()));
    }
    painter->restore();
}

/// Side by side from the upper right corner, each on a disc of its own colour: they can be told on any picture.
void ThumbnailDelegate::paintMarks(QPainter* painter, const QRect& place, const GalleryMark& mark) const {
    const ThemeColours& colours = themeColours();
    constexpr double radius = 8;
    QPointF middle(place.right() - radius + 2, place.top() + radius - 2);
    for (const GalleryBadge badge : mark.badges) {
        const bool done = badge == GalleryBadge::Tick || badge == GalleryBadge::EmptyTick;
        const bool hollow = badge == GalleryBadge::EmptyTick;
        const QColor colour = done ? colours.good : badge == GalleryBadge::Flag ? colours.warning : badge == GalleryBadge::Cross ? colours.mutedText : colours.accent;
        painter->setPen(QPen(hollow ? colour : colours.surface, 1.5));
        painter->setBrush(hollow ? colours.surface : colour);
        painter->drawEllipse(middle, radius, radius);
        painter->setPen(QPen(hollow ? colour : colours.surface, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        paintBadge(painter, middle, badge);
        middle.rx() -= 2 * radius;
    }
}

void ThumbnailDelegate::paintBadge(QPainter* painter, QPointF middle, GalleryBadge badge) {
    const auto at = [&](double x, double y) { return middle + QPointF(x, y); };
    switch (badge) {
        case GalleryBadge::Tick:
        case GalleryBadge::EmptyTick: painter->drawPolyline(QPolygonF({at(-3.5, 0), at(-1, 3), at(3.5, -3)})); break;
        case GalleryBadge::Cross:
            painter->drawLine(at(-3, -3), at(3, 3));
            painter->drawLine(at(-3, 3), at(3, -3));
            break;
        case GalleryBadge::Dot: painter->drawPoint(middle); break;
        case GalleryBadge::Flag:  // a pole with a cloth
            painter->drawPolyline(QPolygonF({at(-2.5, 4), at(-2.5, -4), at(3, -2), at(-2.5, 0.5)}));
            break;
        case GalleryBadge::Comment:
            for (const double y : {-2.5, 0.0, 2.5}) painter->drawLine(at(-3, y), at(y > 2 ? 1 : 3, y));
            break;
    }
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
