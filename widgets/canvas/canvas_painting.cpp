// What the canvas looks like: picture, shapes, handles, tool, cross-hair. Only what is seen is painted.
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

#include "widgets/canvas/canvas_view.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

/// A name that the edit under way shows in another state.
bool isReplaced(const std::vector<PaintedShape>& preview, const QString& id) {
    return std::any_of(preview.begin(), preview.end(), [&](const auto& painted) { return painted.shape().id == id; });
}

}  // namespace

void CanvasView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.fillRect(event->rect(), darkTheme() ? QColor(24, 25, 28) : QColor(226, 228, 232));
    if (m_size.isEmpty()) return;
    const QRectF seen = m_transform.toPicture(QRectF(rect())).intersected(QRectF(QPointF(), QSizeF(m_size)));
    if (m_picture && !m_picture->isNull() && !seen.isEmpty()) {
        const double x = static_cast<double>(m_picture->size().width()) / m_size.width(), y = static_cast<double>(m_picture->size().height()) / m_size.height();
        m_picture->paint(painter, QRectF(seen.x() * x, seen.y() * y, seen.width() * x, seen.height() * y), m_transform.toView(seen), m_options.adjustment);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_options.shapes) paintShapes(painter, seen.adjusted(-pixels(40), -pixels(40), pixels(40), pixels(40)));
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

void CanvasView::paintShapes(QPainter& painter, const QRectF& seen) const {
    const auto isSelected = [this](const QString& id) { return std::find(m_selection.begin(), m_selection.end(), id) != m_selection.end(); };
    const auto paintOne = [&](const PaintedShape& painted) {
        const auto& shape = painted.shape();
        const bool selected = isSelected(shape.id);
        if (shape.hidden || (!painted.bounds().isNull() && !painted.bounds().intersects(seen) && !seen.contains(painted.bounds().center()))) return;
        painted.paint(painter, m_transform, {selected, shape.id == m_hovered, shape.locked, m_options.captions, m_options.opacity});
        if (!shape.skeleton.empty()) paintSkeleton(painter, m_transform, shape.shape, shape.skeleton, shape.colour);
        if (selected && m_options.handles && m_selection.size() == 1 && !shape.locked) paintHandles(painter, m_transform, shape.shape, shape.colour, pixels(rotationReach));
    };
    for (const auto& painted : m_shapes)
        if (!isSelected(painted.shape().id) && !isReplaced(m_preview, painted.shape().id)) paintOne(painted);
    for (const auto& painted : m_shapes)
        if (isSelected(painted.shape().id) && !isReplaced(m_preview, painted.shape().id)) paintOne(painted);
    for (const auto& painted : m_preview) paintOne(painted);
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
