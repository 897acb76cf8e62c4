#include "widgets/charts/line_plot.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

#include "widgets/charts/axis_ticks.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int lineGap = 6, ticksAcross = 6, mostTicksUp = 4;

bool isNumber(const QPointF& point) { return std::isfinite(point.x()) && std::isfinite(point.y()); }

}  // namespace

LinePlot::LinePlot(QWidget* parent) : QWidget(parent) { setObjectName("line_plot"); }

void LinePlot::setData(LinePlotData data) {
    m_data = std::move(data);
    std::erase_if(m_data.points, [&](const QPointF& point) { return !isNumber(point) || (m_data.logarithmicX && point.x() <= 0); });
    measure();
    setAccessibleDescription(m_data.markedText);
    update();
}

double LinePlot::across(double x) const { return m_data.logarithmicX ? std::log10(x) : x; }

void LinePlot::measure() {
    m_left = m_low = 0;
    m_right = m_high = 1;
    if (m_data.points.empty()) return;
    const auto [least, most] = std::minmax_element(m_data.points.begin(), m_data.points.end(), [](const auto& a, const auto& b) { return a.y() < b.y(); });
    m_left = across(m_data.points.front().x());
    m_right = std::max(across(m_data.points.back().x()), m_left + 1e-9);
    const double space = std::max(0.06 * (most->y() - least->y()), 1e-9);
    m_low = least->y() - space;
    m_high = most->y() + space;
}

/// Low plots have room for few numbers one above the other.
int LinePlot::ticksUp() const { return std::clamp(height() / (3 * fontMetrics().height()), 1, mostTicksUp); }

QRectF LinePlot::plot() const {
    const int text = fontMetrics().height();
    int widest = 0;
    for (const AxisTick& tick : linearTicks(m_low, m_high, ticksUp())) widest = std::max(widest, fontMetrics().horizontalAdvance(tick.label));
    const double left = widest + lineGap + (m_data.up.isEmpty() ? 0 : text + lineGap), below = text + lineGap + (m_data.across.isEmpty() ? 0 : text);
    return {left, lineGap + (m_data.markedText.isEmpty() ? 0.0 : text), std::max(20.0, width() - left - 2 * lineGap), std::max(20.0, height() - below - 2 * lineGap - (m_data.markedText.isEmpty() ? 0 : text))};
}

QPointF LinePlot::toWidget(double x, double y) const {
    const QRectF place = plot();
    return {place.left() + (x - m_left) / (m_right - m_left) * place.width(), place.bottom() - (y - m_low) / (m_high - m_low) * place.height()};
}

void LinePlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxes(painter);
    paintMark(painter);
    if (m_data.points.empty()) return;
    QPainterPath path(toWidget(across(m_data.points.front().x()), m_data.points.front().y()));
    for (const QPointF& point : m_data.points) path.lineTo(toWidget(across(point.x()), point.y()));
    painter.strokePath(path, QPen(themeColours().series.front(), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

void LinePlot::paintAxes(QPainter& painter) const {
    const ThemeColours& colours = themeColours();
    const QRectF place = plot();
    const int text = fontMetrics().height();
    const int most = std::max(2, std::min(ticksAcross, static_cast<int>(place.width()) / (6 * fontMetrics().averageCharWidth() + 12)));
    for (const AxisTick& tick : m_data.logarithmicX ? logarithmicTicks(m_left, m_right, most) : linearTicks(m_left, m_right, most)) {
        const double x = toWidget(tick.at, m_low).x();
        painter.setPen(QPen(colours.grid, 1));
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()));
        painter.setPen(colours.mutedText);
        painter.drawText(QRectF(x - 50, place.bottom() + 2, 100, text), Qt::AlignHCenter | Qt::AlignTop, tick.label);
    }
    for (const AxisTick& tick : linearTicks(m_low, m_high, ticksUp())) {
        const double y = toWidget(m_left, tick.at).y();
        painter.setPen(QPen(colours.grid, 1));
        painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y));
        painter.setPen(colours.mutedText);
        painter.drawText(QRectF(0, y - text / 2.0, place.left() - lineGap, text), Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    painter.drawText(QRectF(place.left(), place.bottom() + text + 2, place.width(), text), Qt::AlignCenter, m_data.across);
    painter.save();
    painter.translate(text / 2.0 + 1, place.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-place.height() / 2, -text / 2.0, place.height(), text), Qt::AlignCenter, m_data.up);
    painter.restore();
}

void LinePlot::paintMark(QPainter& painter) const {
    if (!m_data.marked) return;
    const QRectF place = plot();
    const double x = toWidget(across(*m_data.marked), m_low).x();
    painter.setPen(QPen(themeColours().accent, 1.5, Qt::DashLine));
    painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()));
    painter.setPen(themeColours().text);
    const double half = fontMetrics().horizontalAdvance(m_data.markedText) / 2.0 + 2, centre = std::clamp(x, half, std::max(half, width() - half));
    painter.drawText(QRectF(centre - half, 0, 2 * half, fontMetrics().height()), Qt::AlignCenter, m_data.markedText);
}

}  // namespace lamina
