#include "app/pages/use/picture_view.h"

#include <QPainter>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int margin = 8;

}  // namespace

PictureView::PictureView(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding); }

void PictureView::setPicture(const QImage& picture) {
    m_picture = picture;
    update();
}

void PictureView::setHint(const QString& hint) {
    m_hint = hint;
    update();
}

void PictureView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ThemeColours& colours = themeColours();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colours.border);
    painter.setBrush(colours.window);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const QRect room = rect().adjusted(margin, margin, -margin, -margin);
    if (m_picture.isNull()) {
        painter.setPen(colours.mutedText);
        painter.drawText(room, Qt::AlignCenter | Qt::TextWordWrap, m_hint);
        return;
    }
    QSize size = m_picture.size().scaled(room.size(), Qt::KeepAspectRatio);
    const bool larger = size.width() > m_picture.width();
    if (larger && size.width() / m_picture.width() >= 2) size = m_picture.size() * (size.width() / m_picture.width());  // pixels all alike
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !larger);
    QRect place(QPoint(), size);
    place.moveCenter(room.center());
    painter.drawImage(place, m_picture);
}

}  // namespace lamina
