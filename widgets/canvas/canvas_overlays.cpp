// What lies over the picture in the corners of the canvas: the mini-map and the magnifier.
#include <QPainter>
#include <QRegion>

#include <algorithm>

#include "widgets/canvas/box_painter.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr double overlayMargin = 10, mapEdge = 150, lensEdge = 170, lensZoom = 4;

void paintOverlayFrame(QPainter& painter, const QRectF& place) {
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(themeColours().border, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(place);
}

}  // namespace

QRectF CanvasView::miniMap() const {
    const QRectF whole = m_transform.toView(QRectF(QPointF(), QSizeF(m_size)));
    const bool partly = whole.left() < -1 || whole.top() < -1 || whole.right() > width() + 1 || whole.bottom() > height() + 1;
    if (!m_options.miniMap || m_size.isEmpty() || !partly || width() < 3 * mapEdge || height() < 2 * mapEdge) return {};
    const QSizeF size = QSizeF(m_size).scaled(mapEdge, mapEdge, Qt::KeepAspectRatio);
    return {QPointF(width() - size.width() - overlayMargin, height() - size.height() - overlayMargin), size};
}

/// The whole picture and where its shapes lie.
QImage CanvasView::mapPicture(QSizeF size, double ratio) const {
    QImage map((size * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    map.setDevicePixelRatio(ratio);
    map.fill(Qt::transparent);
    QPainter painter(&map);
    m_picture->paint(painter, QRectF(QPointF(), QSizeF(m_picture->size())), QRectF(QPointF(), size), m_options.adjustment);
    const double scale = size.width() / m_size.width();
    for (const auto& painted : m_shapes) {
        if (painted.shape().hidden || !m_options.shapes) continue;
        const QRectF& bounds = painted.bounds();
        paintBox(painter, QRectF(bounds.topLeft() * scale, bounds.size() * scale), {painted.shape().colour, 1, false}, Qt::transparent);
    }
    return map;
}

void CanvasView::paintMiniMap(QPainter& painter) {
    const QRectF place = miniMap();
    if (place.isEmpty() || !m_picture || m_picture->isNull()) return;
    RestingScene scene;
    scene.picture = m_pictureVersion;
    scene.full = m_size;
    scene.view = place.size().toSize();
    scene.ratio = devicePixelRatioF();
    scene.options = m_options;
    scene.shapes = m_shapesVersion;
    if (m_map.picture.isNull() || !(m_map.scene == scene)) m_map = {scene, mapPicture(place.size(), scene.ratio)};
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(place.topLeft(), m_map.picture);
    paintOverlayFrame(painter, place);
    const double scale = place.width() / m_size.width();
    const QRectF seen = m_transform.toPicture(QRectF(rect())).intersected(QRectF(QPointF(), QSizeF(m_size)));
    const QRectF frame(place.topLeft() + seen.topLeft() * scale, seen.size() * scale);
    for (const QRect& outside : QRegion(place.toRect()) - frame.toRect()) painter.fillRect(outside, QColor(0, 0, 0, 90));
    painter.setPen(QPen(themeColours().accent, 2));
    painter.drawRect(frame);
    painter.restore();
}

/// True: the mini-map has taken it; the view goes there.
bool CanvasView::mapPress(QPointF view) {
    const QRectF place = miniMap();
    if (place.isEmpty() || (!m_onMap && !place.contains(view))) return false;
    m_onMap = true;
    const double scale = place.width() / m_size.width();
    showPlace((view - place.topLeft()) / scale);
    return true;
}

/// Nobody should take a blurred border for the picture's own.
void CanvasView::paintPreviewTag(QPainter& painter) const {
    const QString text = tr("Preview: the sharp picture is on its way");
    const QSizeF size = QSizeF(fontMetrics().size(Qt::TextSingleLine, text)) + QSizeF(16, 8);
    const QRectF place(QPointF(overlayMargin, height() - size.height() - overlayMargin), size);
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setBrush(themeColours().surface);
    painter.drawRoundedRect(place, 4, 4);
    painter.setPen(themeColours().text);
    painter.drawText(place, Qt::AlignCenter, text);
    painter.restore();
}

/// In the corner that is farthest from the mouse to the left or right, so that it never covers what is drawn.
void CanvasView::paintMagnifier(QPainter& painter) const {
    if (!m_mouse || m_panFrom || m_size.isEmpty() || width() < 2 * lensEdge) return;
    const bool left = m_mouse->x() > width() / 2.0;
    const QRectF place(left ? overlayMargin : width() - lensEdge - overlayMargin, overlayMargin, lensEdge, lensEdge);
    const QPointF middle = m_transform.toPicture(*m_mouse);
    CanvasTransform lens;
    lens.zoomTo(std::max(zoom() * lensZoom, 1.0), {});
    lens.centreOn(middle, place.size());
    lens.moveBy(place.topLeft());
    painter.save();
    painter.setClipRect(place);
    painter.fillRect(place, darkTheme() ? QColor(24, 25, 28) : QColor(226, 228, 232));
    const QRectF seen = lens.toPicture(place).intersected(QRectF(QPointF(), QSizeF(m_size)));
    if (m_picture && !m_picture->isNull() && !seen.isEmpty()) {
        const double x = static_cast<double>(m_picture->size().width()) / m_size.width(), y = static_cast<double>(m_picture->size().height()) / m_size.height();
        m_picture->paint(painter, QRectF(seen.x() * x, seen.y() * y, seen.width() * x, seen.height() * y), lens.toView(seen), m_options.adjustment);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& painted : m_shapes)
        if (m_options.shapes && !painted.shape().hidden && painted.bounds().intersects(seen)) painted.paint(painter, lens, {false, false, false, false, 0});
    painter.setPen(QPen(themeColours().accent, 1));
    painter.drawLine(QPointF(place.center().x(), place.top()), QPointF(place.center().x(), place.bottom()));
    painter.drawLine(QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y()));
    painter.setClipping(false);
    paintOverlayFrame(painter, place);
    painter.restore();
}

}  // namespace lamina
