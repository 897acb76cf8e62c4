#include "widgets/canvas/line_thinner.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lamina {

namespace {

double crossOf(QPointF a, QPointF b) { return a.x() * b.y() - a.y() * b.x(); }

}  // namespace

void LineThinner::begin(QPointF from) {
    m_kept.push_back(from);
    m_reached = 0;
    m_open = m_narrowed = false;
}

void LineThinner::add(QPointF point) {
    if (m_kept.isEmpty()) return begin(point);
    QPointF along = point - m_kept.back();
    double length = std::sqrt(QPointF::dotProduct(along, along));
    const bool passes = !m_narrowed || (crossOf(m_right, along) >= 0 && crossOf(along, m_left) >= 0 && length >= m_reached - m_tolerance);
    if (!passes) {
        begin(m_last);
        along = point - m_kept.back();
        length = std::sqrt(QPointF::dotProduct(along, along));
    }
    m_last = point;
    m_open = true;
    if (length <= m_tolerance) return;
    m_reached = std::max(m_reached, length);
    const double sine = m_tolerance / length, cosine = std::sqrt(1 - sine * sine);
    const QPointF straight = along * (cosine / length), aside = QPointF(-along.y(), along.x()) * (sine / length), left = straight + aside, right = straight - aside;
    if (!m_narrowed || crossOf(left, m_left) > 0) m_left = left;
    if (!m_narrowed || crossOf(m_right, right) > 0) m_right = right;
    m_narrowed = true;
}

QPolygonF LineThinner::taken() {
    if (m_open) m_kept.push_back(m_last);
    m_open = m_narrowed = false;
    return std::exchange(m_kept, {});
}

}  // namespace lamina
