// What the canvas looks like: picture, shapes, handles, tool, cross-hair. Only what is seen is painted.
#include <QPaintEvent>
#include <QPainter>
#include <QRegion>

#include <algorithm>
#include <numeric>

#include "widgets/canvas/canvas_view.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr std::size_t crowdedPoints = 20'000;  // of all shapes

QColor groundColour() { return darkTheme() ? QColor(24, 25, 28) : QColor(226, 228, 232); }

QSet<QString> idsOf(const std::vector<QString>& selection, const std::vector<PaintedShape>& preview) {
    QSet<QString> ids(selection.begin(), selection.end());
    for (const auto& painted : preview) ids.insert(painted.shape().id);
    return ids;
}

}  // namespace

void CanvasView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    if (m_size.isEmpty()) return painter.fillRect(event->rect(), groundColour());
    const auto moving = idsOf(m_selection, m_preview);
    m_crowded = std::accumulate(m_shapes.begin(), m_shapes.end(), std::size_t{0}, [](std::size_t sum, const auto& painted) { return sum + painted.pointCount(); }) > crowdedPoints;
    RestingScene scene{m_pictureVersion, m_shapesVersion, m_size, size(), devicePixelRatioF(), darkTheme(), font(), m_options, {moving.begin(), moving.end()}, m_hovered, m_transform};
    std::sort(scene.moving.begin(), scene.moving.end());
    m_resting.show(painter, scene, PaintedShape::captionReach(font()), [&](QPainter& on, const QRectF& part) { paintResting(on, part, moving); });
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_options.shapes) paintMoving(painter);
    m_tool->paint(painter);
    if (m_options.crosshair) paintCrosshair(painter);
    if (m_options.magnifier) paintMagnifier(painter);
    if (m_options.miniMap) paintMiniMap(painter);
    if (m_picture && !m_picture->isNull() && !isSharp()) paintPreviewTag(painter);
    if (!hasFocus()) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(themeColours().accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

/// The picture and all shapes that are not being changed.
void CanvasView::paintResting(QPainter& painter, const QRectF& part, const QSet<QString>& moving) const {
    const QRectF seen = m_transform.toPicture(QRectF(rect())).intersected(QRectF(QPointF(), QSizeF(m_size)));
    const bool there = m_picture && !m_picture->isNull() && !seen.isEmpty();
    QRegion ground(part.toAlignedRect());
    if (there && m_picture->isOpaque()) ground -= m_transform.toView(seen).toAlignedRect().adjusted(2, 2, -2, -2);
    for (const QRect& bare : ground) painter.fillRect(bare, groundColour());
    if (there) {
        const double x = static_cast<double>(m_picture->size().width()) / m_size.width(), y = static_cast<double>(m_picture->size().height()) / m_size.height();
        m_picture->paint(painter, QRectF(seen.x() * x, seen.y() * y, seen.width() * x, seen.height() * y), m_transform.toView(seen), m_options.adjustment);
    }
    if (!m_options.shapes) return;
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF near = shapesSeen(part);
    for (const auto& painted : m_shapes)
        if (!moving.contains(painted.shape().id)) paintShape(painter, painted, false, near);
}

/// Over all others: what is selected, then what is being changed.
void CanvasView::paintMoving(QPainter& painter) const {
    if (m_selection.empty() && m_preview.empty()) return;
    const QRectF near = shapesSeen(QRectF(rect()));
    const QSet<QString> selected(m_selection.begin(), m_selection.end()), changed = idsOf({}, m_preview);
    for (const auto& painted : m_shapes)
        if (selected.contains(painted.shape().id) && !changed.contains(painted.shape().id)) paintShape(painter, painted, true, near);
    for (const auto& painted : m_preview) paintShape(painter, painted, selected.contains(painted.shape().id), near);
}

/// In pixels of the picture: tags and handles reach a little beyond their shapes, tags to the right.
QRectF CanvasView::shapesSeen(const QRectF& part) const { return m_transform.toPicture(part.adjusted(-100, -40, 40, 40)); }

void CanvasView::paintShape(QPainter& painter, const PaintedShape& painted, bool selected, const QRectF& seen) const {
    const auto& shape = painted.shape();
    if (shape.hidden || (!painted.bounds().isNull() && !painted.bounds().intersects(seen) && !seen.contains(painted.bounds().center()))) return;
    painted.paint(painter, m_transform, {selected, shape.id == m_hovered, shape.locked, m_options.captions, m_options.opacity, m_crowded});
    if (!shape.skeleton.empty()) paintSkeleton(painter, m_transform, shape.shape, shape.skeleton, shape.colour);
    if (selected && m_options.handles && m_selection.size() == 1 && !shape.locked) paintHandles(painter, m_transform, shape.shape, shape.colour, pixels(rotationReach));
}

void CanvasView::paintCrosshair(QPainter& painter) const {
    if (!m_mouse || m_panFrom || !m_toolType->makes || m_tool->cursor().shape() == Qt::BlankCursor) return;  // a brush shows where it is
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const auto& [colour, style] : {std::pair(QColor(0, 0, 0, 150), Qt::SolidLine), std::pair(QColor(255, 255, 255, 200), Qt::DashLine)}) {
        painter.setPen(QPen(colour, 1, style));
        painter.drawLine(QPointF(0, m_mouse->y()), QPointF(width(), m_mouse->y()));
        painter.drawLine(QPointF(m_mouse->x(), 0), QPointF(m_mouse->x(), height()));
    }
}

}  // namespace lamina
