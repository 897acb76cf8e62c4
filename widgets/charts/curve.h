// One curve of a chart: its points, how it looks, and what of it is drawn.
#pragma once

#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <algorithm>
#include <optional>
#include <vector>

#include "widgets/charts/min_max_pyramid.h"
#include "widgets/charts/series_data.h"
#include "widgets/charts/smoothing.h"

namespace lamina {

struct CurvesOptions {
    double smoothing = 0.6;  ///< 0 … 0.999
    CurveAxis axis = CurveAxis::Step;
    bool logarithmic = false;    ///< y; values ≤ 0 are gaps
    bool ignoreOutliers = true;  ///< when the y axis is scaled
    bool operator==(const CurvesOptions&) const = default;
};

struct CurveStyle {
    QString name;
    int colour = 0;       ///< of ThemeColours::series, counted around
    bool dashed = false;  ///< the second cue besides the colour: validation
    bool operator==(const CurveStyle&) const = default;
};

/// Where the numbers lie on the screen. y in the units of the axis (the decimal logarithm where it is logarithmic).
struct CurveMap {
    QRectF area;
    double left = 0, right = 1, bottom = 0, top = 1;

    double toX(double x) const { return area.left() + (x - left) / (right - left) * area.width(); }
    double toY(double y) const;  ///< never far outside the area, whatever y is
    double fromX(double pixel) const { return left + (pixel - area.left()) / area.width() * (right - left); }
    double fromY(double pixel) const { return top - (pixel - area.top()) / area.height() * (top - bottom); }
};

/// How much a curve of so many points is smoothed. One of fewer than 20 is drawn as it is: an average over so few says something else than they do.
double smoothingFor(std::size_t points, const CurvesOptions& options);

/// The units of the y axis: the value, or its decimal logarithm; NaN where there is none.
float axisValue(double value, bool logarithmic);

class Curve {
public:
    CurveStyle style;
    bool visible = true;
    SeriesData data;

    /// Computes what is missing for these options: only the new points, or all after a change.
    void prepare(const CurvesOptions& options);
    const MinMaxPyramid& raw() const { return m_raw; }
    /// The smoothed curve; the raw one where nothing is smoothed.
    const MinMaxPyramid& line() const { return isSmoothed() ? m_smooth : m_raw; }
    bool isSmoothed() const { return m_smoothing > 0; }
    /// How many points are prepared: nothing may look at more of them, new ones may have come since.
    std::size_t drawable() const { return std::min(data.size(), line().size()); }
    /// The smoothed value of a point, in its own unit.
    double smoothed(std::size_t index) const;

private:
    MinMaxPyramid m_raw, m_smooth;
    DebiasedMean m_mean{0};
    double m_smoothing = 0;
    bool m_logarithmic = false;
    int m_generation = 0;
};

/// Which points of a curve are seen, and in which column of pixels.
struct VisiblePoints {
    std::size_t first = 0, last = 0;      ///< with one more at each side: the line goes on to the border
    std::vector<std::size_t> columnEnds;  ///< index after the last point of each column; empty where the points are few
};
VisiblePoints visiblePoints(const Curve& curve, CurveAxis axis, const CurveMap& map);

/// The stretches of a curve (broken where numbers are missing) that are seen: at most two points per column of pixels, no extreme lost.
std::vector<QPolygonF> curveLines(const SeriesData& data, const MinMaxPyramid& numbers, CurveAxis axis, const CurveMap& map,
                                  const VisiblePoints& visible);

/// What of these lines lies within the area; a line that leaves it and comes back becomes two. (Not every painter can clip: SVG.)
std::vector<QPolygonF> clippedLines(const std::vector<QPolygonF>& lines, const QRectF& area);

struct AxisRange {
    double low = 0, high = 0;
    double width() const { return high - low; }
    bool operator==(const AxisRange&) const = default;
};
/// Of these curves; nothing where there is no point.
std::optional<AxisRange> xRangeOf(const std::vector<const Curve*>& curves, CurveAxis axis);
/// The y range (in units of the axis, with some air) of what lies between the two x. Outliers are left out where they would squeeze the rest.
std::optional<AxisRange> yRangeOf(const std::vector<const Curve*>& curves, const CurvesOptions& options, const AxisRange& x);

}  // namespace lamina
