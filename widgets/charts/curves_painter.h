// Paints curves into the area of a chart.
#pragma once

#include <QColor>
#include <QPainter>

#include <vector>

#include "widgets/charts/curve.h"

namespace lamina {

/// The colour of the theme in use.
QColor curveColour(const CurveStyle& style);
/// A short stroke as the curve is drawn: for legends and tables.
void paintCurveSample(QPainter& painter, const QRectF& place, const CurveStyle& style);
/// The curves over each other, in their order: the raw numbers faint, the smoothed ones on top; single points as dots. They must be prepared.
void paintCurves(QPainter& painter, const std::vector<const Curve*>& curves, const CurvesOptions& options, const CurveMap& map);

}  // namespace lamina
