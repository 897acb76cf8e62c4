#include "widgets/charts/curves_painter.h"

#include <QPainterPath>
#include <QPen>

#include <cmath>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

/// Above so many points wide, smooth strokes get too slow: Qt's stroker looks at every pair of segments that may overlap.
constexpr qsizetype fewPoints = 300;
/// Up to so many points each gets a dot.
constexpr qsizetype fewDots = 60;
constexpr double dashOn = 7, dashOff = 4;

qsizetype pointCount(const std::vector<QPolygonF>& lines) {
    qsizetype count = 0;
    for (const QPolygonF& line : lines) count += line.size();
    return count;
}

QPen wideDashedPen(const QColor& colour) {
    QPen pen(colour, 2, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
    pen.setDashPattern({dashOn / 2, dashOff / 2});
    return pen;
}

/// Dashes by the x of the points: the dash pattern of a pen would begin anew with every segment.
QList<QLineF> segments(const std::vector<QPolygonF>& lines, bool dashed) {
    QList<QLineF> all;
    for (const QPolygonF& line : lines)
        for (qsizetype i = 1; i < line.size(); ++i)
            if (!dashed || std::fmod(line[i].x(), dashOn + dashOff) < dashOn) all.append(QLineF(line[i - 1], line[i]));
    return all;
}

void paintFew(QPainter& painter, const std::vector<QPolygonF>& lines, const QColor& colour, bool dashed) {
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(dashed ? wideDashedPen(colour) : QPen(colour, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF& line : lines) painter.drawPolyline(line);
}

void paintMany(QPainter& painter, const std::vector<QPolygonF>& lines, const QColor& colour, bool dashed, double width) {
    painter.setRenderHint(QPainter::Antialiasing, false);
    QPen pen(colour, width);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.drawLines(segments(lines, dashed));
}

enum class Dots { Lone, All };

/// Lone points are seen in no line. Border points that clipping made are none: hence the whole lines and the area. The dots of a dashed curve
/// are rings.
void paintDots(QPainter& painter, const std::vector<QPolygonF>& lines, const QRectF& area, const QColor& colour, double radius, Dots which,
               bool dashed) {
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(dashed ? QPen(colour, 1.5) : QPen(Qt::NoPen));
    painter.setBrush(dashed ? themeColours().surface : colour);
    for (const QPolygonF& line : lines) {
        if (which == Dots::Lone && line.size() > 1) continue;
        for (const QPointF& point : line)
            if (area.contains(point)) painter.drawEllipse(point, radius, radius);
    }
}

void paintRaw(QPainter& painter, const std::vector<QPolygonF>& lines, const QRectF& area, QColor colour, bool dashed) {
    colour.setAlphaF(darkTheme() ? 0.35F : 0.3F);
    paintMany(painter, clippedLines(lines, area), colour, false, 1);
    if (pointCount(lines) <= fewDots) paintDots(painter, lines, area, colour, 2.5, Dots::All, dashed);
}

void paintCurve(QPainter& painter, const Curve& curve, const CurvesOptions& options, const CurveMap& map) {
    const QColor colour = curveColour(curve.style);
    const QRectF area = map.area.adjusted(-1, -1, 1, 1);
    const VisiblePoints visible = visiblePoints(curve, options.axis, map);
    const bool smooth = curve.isSmoothed();
    if (smooth) paintRaw(painter, curveLines(curve.data, curve.raw(), options.axis, map, visible), area, colour, curve.style.dashed);
    const auto lines = curveLines(curve.data, curve.line(), options.axis, map, visible);
    const auto inside = clippedLines(lines, area);
    if (pointCount(lines) <= fewPoints) paintFew(painter, inside, colour, curve.style.dashed);
    else paintMany(painter, inside, colour, curve.style.dashed, smooth ? 2 : 1);
    const bool everyOne = !smooth && pointCount(lines) <= fewDots;
    paintDots(painter, lines, area, colour, 3, everyOne ? Dots::All : Dots::Lone, curve.style.dashed);
}

}  // namespace

QColor curveColour(const CurveStyle& style) {
    const auto& colours = themeColours().series;
    return colours[static_cast<std::size_t>(style.colour < 0 ? 0 : style.colour) % colours.size()];
}

void paintCurveSample(QPainter& painter, const QRectF& place, const CurveStyle& style) {
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(style.dashed ? wideDashedPen(curveColour(style)) : QPen(curveColour(style), 2));
    painter.drawLine(QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y()));
}

void paintCurves(QPainter& painter, const std::vector<const Curve*>& curves, const CurvesOptions& options, const CurveMap& map) {
    painter.save();
    painter.setClipRect(map.area.adjusted(-1, -1, 1, 1));
    for (const Curve* curve : curves) paintCurve(painter, *curve, options, map);
    painter.restore();
}

}  // namespace lamina
