// Upright rectangles in whole pixels of the screen: lines are equally thick wherever they lie, and thousands cost little. Filling is many times as fast as
// stroking a path.
#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace lamina {

/// How the border of a box is drawn; its middle lies on the box's edge.
struct BoxBorder {
    QColor colour;
    double width = 1;  ///< view pixels; at least one of the screen
    bool dashed = false;
};

/// From view coordinates to pixels of the screen and back. The painter only scales and shifts.
class ScreenPixels {
public:
    explicit ScreenPixels(const QPainter& painter) : m_map(painter.deviceTransform()) {}
    double ratio() const { return m_map.m11(); }
    int column(double x) const { return whole(x * m_map.m11() + m_map.dx()); }
    int row(double y) const { return whole(y * m_map.m22() + m_map.dy()); }
    QRectF toView(int left, int top, int right, int bottom) const {
        return {QPointF((left - m_map.dx()) / m_map.m11(), (top - m_map.dy()) / m_map.m22()), QPointF((right - m_map.dx()) / m_map.m11(), (bottom - m_map.dy()) / m_map.m22())};
    }
    /// The whole pixels nearest to `place`, in view coordinates again.
    QRectF aligned(const QRectF& place) const { return toView(column(place.left()), row(place.top()), column(place.right()), row(place.bottom())); }

private:
    /// A shift by whole pixels changes no rounding; what lies far outside stays an int.
    static int whole(double pixels);

    QTransform m_map;
};

/// The painter paints in view coordinates, without smoothing. `fill` may be clear.
void paintBox(QPainter& painter, const QRectF& place, const BoxBorder& border, QColor fill);

}  // namespace lamina
