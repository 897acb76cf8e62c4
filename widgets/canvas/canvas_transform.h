// Where a pixel of the picture stands in the view: scale and shift, no rotation.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QTransform>

namespace lamina {

/// Picture coordinates are pixels of the upright picture, view coordinates those of the widget. A value; the view owns one.
class CanvasTransform {
public:
    static constexpr double smallest = 1.0 / 64, largest = 64;

    double scale() const { return m_scale; }
    /// Where the picture's upper left corner stands in the view.
    QPointF shift() const { return m_shift; }
    bool operator==(const CanvasTransform&) const = default;
    QPointF toView(QPointF picture) const { return picture * m_scale + m_shift; }
    QPointF toPicture(QPointF view) const { return (view - m_shift) / m_scale; }
    QRectF toView(const QRectF& picture) const { return {toView(picture.topLeft()), picture.size() * m_scale}; }
    QRectF toPicture(const QRectF& view) const { return {toPicture(view.topLeft()), view.size() / m_scale}; }
    QTransform transform() const { return {m_scale, 0, 0, m_scale, m_shift.x(), m_shift.y()}; }

    /// The whole `area` of the picture in the middle of the view, with a margin in view pixels.
    void fit(const QRectF& area, QSizeF view, double margin = 12);
    /// What lies under `at` (view coordinates) stays there.
    void zoomTo(double scale, QPointF at);
    void moveBy(QPointF view) { m_shift += view; }
    /// Puts this point of the picture into the middle of the view.
    void centreOn(QPointF picture, QSizeF view);
    /// At least a corner of the picture, or its middle, stays where it can be seen.
    void keepInSight(QSizeF picture, QSizeF view);

private:
    double m_scale = 1;
    QPointF m_shift;
};

}  // namespace lamina
