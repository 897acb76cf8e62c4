// Lines with fewer points, none of those left out further away than can be seen.
#pragma once

#include <QPointF>
#include <QPolygonF>

namespace lamina {

/// Takes points one by one, in constant time each: as long as one straight line from the last kept point passes all that follow within the tolerance, they
/// are left out but for the last ("sleeve fitting", Z. Zhao, A. Saalfeld, "Linear-time sleeve-fitting polyline simplification algorithms", 1997).
class LineThinner {
public:
    explicit LineThinner(double tolerance) : m_tolerance(tolerance) {}
    void add(QPointF point);
    /// The line so far, with its last point. Nothing is left in here.
    QPolygonF taken();

private:
    void begin(QPointF from);

    double m_tolerance;
    QPolygonF m_kept;
    QPointF m_last, m_left, m_right;  ///< directions from the kept point: a line between them passes all
    double m_reached = 0;
    bool m_open = false, m_narrowed = false;  ///< something follows the kept point; the directions are there
};

}  // namespace lamina
