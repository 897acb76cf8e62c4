#include "widgets/canvas/canvas_transform.h"

#include <algorithm>

namespace lamina {

void CanvasTransform::fit(const QRectF& area, QSizeF view, double margin) {
    if (area.isEmpty() || view.isEmpty()) return;
    const double width = std::max(1.0, view.width() - 2 * margin), height = std::max(1.0, view.height() - 2 * margin);
    m_scale = std::clamp(std::min(width / area.width(), height / area.height()), smallest, largest);
    centreOn(area.center(), view);
}

void CanvasTransform::zoomTo(double scale, QPointF at) {
    const QPointF kept = toPicture(at);
    m_scale = std::clamp(scale, smallest, largest);
    m_shift = at - kept * m_scale;
}

void CanvasTransform::centreOn(QPointF picture, QSizeF view) { m_shift = QPointF(view.width() / 2, view.height() / 2) - picture * m_scale; }

void CanvasTransform::keepInSight(QSizeF picture, QSizeF view) {
    const double width = picture.width() * m_scale, height = picture.height() * m_scale;
    const auto inside = [](double shift, double length, double room) {
        const double kept = std::min({48.0, length, room});
        return std::clamp(shift, kept - length, room - kept);
    };
    m_shift = {inside(m_shift.x(), width, view.width()), inside(m_shift.y(), height, view.height())};
}

}  // namespace lamina
