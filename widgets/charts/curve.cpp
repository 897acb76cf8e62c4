#include "widgets/charts/curve.h"

#include <QLineF>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lamina {
namespace {

/// How far a curve may leave the picture: painting stays quick and exact.
constexpr double farOutside = 20000;
/// Whatever a number is, the arithmetic of axes stays finite.
constexpr double largest = 1e30;
constexpr std::size_t fewestSmoothed = 20;

class LineBuilder {
public:
    explicit LineBuilder(const CurveMap& map) : m_map(map) {}
    void gap() {
        if (!m_open.isEmpty()) m_lines.push_back(std::move(m_open));
        m_open = {};
    }
    void add(double pixel, double y) { m_open.append(QPointF(pixel, m_map.toY(y))); }
    /// Least and largest of a column, in the order that makes the shorter way from the point before.
    void addBoth(double pixel, const MinMax& both) {
        const double low = m_map.toY(both.min), high = m_map.toY(both.max);
        const bool lowFirst = m_open.isEmpty() || std::abs(m_open.last().y() - low) < std::abs(m_open.last().y() - high);
        m_open.append(QPointF(pixel, lowFirst ? low : high));
        if (low != high) m_open.append(QPointF(pixel, lowFirst ? high : low));
    }
    std::vector<QPolygonF> take() {
        gap();
        return std::move(m_lines);
    }

private:
    const CurveMap& m_map;
    QPolygonF m_open;
    std::vector<QPolygonF> m_lines;
};

void addEveryPoint(LineBuilder& lines, const SeriesData& data, const MinMaxPyramid& numbers, CurveAxis axis, const CurveMap& map,
                   const VisiblePoints& visible) {
    for (std::size_t i = visible.first; i < visible.last; ++i) {
        if (std::isfinite(numbers.at(i))) lines.add(std::clamp(map.toX(data.x(axis, i)), -farOutside, farOutside), numbers.at(i));
        else lines.gap();
    }
}

void addColumns(LineBuilder& lines, const MinMaxPyramid& numbers, const CurveMap& map, const VisiblePoints& visible) {
    std::size_t from = visible.first;
    double pixel = map.area.left() + 0.5;
    for (const std::size_t to : visible.columnEnds) {
        if (to > from) {
            const MinMax both = numbers.range(from, to);
            if (both.empty()) lines.gap();
            else lines.addBoth(pixel, both);
        }
        from = to;
        ++pixel;
    }
}

/// The part of a segment within a rectangle (Liang and Barsky 1984).
std::optional<QLineF> clippedSegment(const QLineF& segment, const QRectF& area) {
    double from = 0, to = 1;
    const auto cut = [&](double direction, double distance) {
        if (direction == 0) return distance >= 0;
        const double at = distance / direction;
        if (direction < 0) from = std::max(from, at);
        else to = std::min(to, at);
        return from <= to;
    };
    const double dx = segment.dx(), dy = segment.dy();
    const bool seen = cut(-dx, segment.x1() - area.left()) && cut(dx, area.right() - segment.x1()) && cut(-dy, segment.y1() - area.top()) &&
                      cut(dy, area.bottom() - segment.y1());
    if (!seen) return std::nullopt;
    // Ends that need no cutting stay exactly what they are: the next segment begins there.
    return QLineF(from > 0 ? segment.pointAt(from) : segment.p1(), to < 1 ? segment.pointAt(to) : segment.p2());
}

/// Up to so many numbers of each curve decide about the scale.
constexpr std::size_t samples = 1000;

struct Spread {
    std::vector<float> numbers;
    MinMax all;
};

void addSpread(Spread& spread, const Curve& curve, CurveAxis axis, const AxisRange& x) {
    const std::size_t first = curve.data.lowerBound(axis, x.low);
    const std::size_t last = std::min(curve.drawable(), curve.data.lowerBound(axis, std::nextafter(x.high, HUGE_VAL)));
    if (first >= last) return;
    const std::size_t step = std::max<std::size_t>(1, (last - first) / samples);
    for (std::size_t i = first; i < last; i += step)
        if (const float number = curve.line().at(i); std::isfinite(number)) spread.numbers.push_back(number);
    spread.all.add(curve.line().range(first, last));
    if (last - first <= samples) spread.all.add(curve.raw().range(first, last));
}

/// Without the most extreme hundredth (at least two numbers) at either end, where that makes the axis ten times finer: a spike goes, the
/// steep beginning of a curve stays.
AxisRange withoutOutliers(Spread& spread) {
    const AxisRange all{spread.all.min, spread.all.max};
    auto& numbers = spread.numbers;
    if (numbers.size() < 20) return all;
    const std::size_t ignored = std::max<std::size_t>(2, numbers.size() / 100);
    const auto at = [&numbers](std::size_t place) {
        const auto number = numbers.begin() + static_cast<std::ptrdiff_t>(place);
        std::nth_element(numbers.begin(), number, numbers.end());
        return static_cast<double>(*number);
    };
    const AxisRange middle{at(ignored), at(numbers.size() - 1 - ignored)};
    return middle.width() > 0 && all.width() > 10 * middle.width() ? middle : all;
}

}  // namespace

double CurveMap::toY(double y) const {
    const double pixel = area.bottom() - (y - bottom) / (top - bottom) * area.height();
    return std::clamp(pixel, area.top() - farOutside, area.bottom() + farOutside);
}

double smoothingFor(std::size_t points, const CurvesOptions& options) { return points < fewestSmoothed ? 0 : options.smoothing; }

float axisValue(double value, bool logarithmic) {
    if (!std::isfinite(value) || (logarithmic && value <= 0)) return std::numeric_limits<float>::quiet_NaN();
    return static_cast<float>(logarithmic ? std::log10(value) : std::clamp(value, -largest, largest));
}

void Curve::prepare(const CurvesOptions& options) {
    const double smoothing = smoothingFor(data.size(), options);
    if (m_smoothing != smoothing || m_logarithmic != options.logarithmic || m_generation != data.generation()) {
        m_raw.clear();
        m_smooth.clear();
        m_smoothing = smoothing;
        m_logarithmic = options.logarithmic;
        m_generation = data.generation();
    }
    if (m_raw.size() == 0) {
        m_mean = DebiasedMean(m_smoothing);
        m_raw.reserve(data.size());
        if (m_smoothing > 0) m_smooth.reserve(data.size());
    }
    for (std::size_t i = m_raw.size(); i < data.size(); ++i) {
        m_raw.append(axisValue(data.value(i), m_logarithmic));
        if (m_smoothing > 0) m_smooth.append(axisValue(m_mean.next(data.value(i)), m_logarithmic));
    }
}

double Curve::smoothed(std::size_t index) const {
    if (m_smoothing <= 0) return data.value(index);
    const double shown = m_smooth.at(index);
    return m_logarithmic ? std::pow(10.0, shown) : shown;
}

VisiblePoints visiblePoints(const Curve& curve, CurveAxis axis, const CurveMap& map) {
    VisiblePoints visible;
    const SeriesData& data = curve.data;
    const std::size_t inside = data.lowerBound(axis, map.left);
    visible.first = inside > 0 ? inside - 1 : 0;
    visible.last = std::min(curve.drawable(), data.lowerBound(axis, std::nextafter(map.right, HUGE_VAL)) + 1);
    if (visible.first >= visible.last || static_cast<double>(visible.last - visible.first) <= 2 * map.area.width()) return visible;
    const int columns = static_cast<int>(std::ceil(map.area.width()));
    std::size_t from = visible.first, stride = (visible.last - visible.first) / static_cast<std::size_t>(columns);
    for (int column = 0; column < columns; ++column) {
        const std::size_t to = std::min(visible.last, data.lowerBoundNear(axis, map.fromX(map.area.left() + column + 1), from, stride));
        visible.columnEnds.push_back(to);
        stride = to - from;
        from = to;
    }
    visible.columnEnds.push_back(visible.last);
    return visible;
}

std::vector<QPolygonF> curveLines(const SeriesData& data, const MinMaxPyramid& numbers, CurveAxis axis, const CurveMap& map,
                                  const VisiblePoints& visible) {
    LineBuilder lines(map);
    if (visible.columnEnds.empty()) addEveryPoint(lines, data, numbers, axis, map, visible);
    else addColumns(lines, numbers, map, visible);
    return lines.take();
}

std::vector<QPolygonF> clippedLines(const std::vector<QPolygonF>& lines, const QRectF& area) {
    std::vector<QPolygonF> inside;
    for (const QPolygonF& line : lines) {
        if (line.size() == 1 && area.contains(line.first())) inside.push_back(line);
        QPolygonF open;
        for (qsizetype i = 1; i < line.size(); ++i) {
            const auto part = clippedSegment({line[i - 1], line[i]}, area);
            if (part && !open.isEmpty() && open.last() == part->p1()) {
                open.append(part->p2());
                continue;
            }
            if (!open.isEmpty()) inside.push_back(std::exchange(open, {}));
            if (part) open = QPolygonF({part->p1(), part->p2()});
        }
        if (!open.isEmpty()) inside.push_back(std::move(open));
    }
    return inside;
}

std::optional<AxisRange> xRangeOf(const std::vector<const Curve*>& curves, CurveAxis axis) {
    std::optional<AxisRange> range;
    for (const Curve* curve : curves) {
        if (curve->drawable() == 0) continue;
        const double first = curve->data.x(axis, 0), last = curve->data.x(axis, curve->drawable() - 1);
        range = range ? AxisRange{std::min(range->low, first), std::max(range->high, last)} : AxisRange{first, last};
    }
    return range;
}

std::optional<AxisRange> yRangeOf(const std::vector<const Curve*>& curves, const CurvesOptions& options, const AxisRange& x) {
    Spread spread;
    for (const Curve* curve : curves) addSpread(spread, *curve, options.axis, x);
    if (spread.all.empty()) return std::nullopt;
    AxisRange range = options.ignoreOutliers ? withoutOutliers(spread) : AxisRange{spread.all.min, spread.all.max};
    // A flat curve lies in the middle; its axis still has a length.
    const double air = range.width() > 0 ? range.width() * 0.06 : std::max(std::abs(range.low) * 0.1, options.logarithmic ? 0.5 : 1e-3);
    return AxisRange{range.low - air, range.high + air};
}

}  // namespace lamina
