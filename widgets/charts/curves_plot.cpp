#include "widgets/charts/curves_plot.h"

#include <QAccessible>
#include <QGraphicsItem>
#include <QGraphicsLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>

#include <algorithm>
#include <cmath>

#include "widgets/charts/axis_ticks.h"
#include "widgets/charts/curves_overlay.h"
#include "widgets/charts/curves_painter.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int pixelsPerXTick = 70, pixelsPerYTick = 30;
constexpr double clickDistance = 5;
constexpr double keyZoom = 1.5;
/// Zooming further in than this share of the numbers' size shows nothing but rounding.
constexpr double finest = 1e-12;

bool reasonable(const AxisRange& range) {
    return std::isfinite(range.width()) && range.width() > finest * std::max({1e-12, std::abs(range.low), std::abs(range.high)});
}

QString placeText(const CurvePoint& point, CurveAxis axis) {
    switch (axis) {
        case CurveAxis::Step: return QString::number(point.step, 'f', 0);
        case CurveAxis::Epoch: return QString::number(std::round(point.epoch * 100) / 100);
        case CurveAxis::Time: return curveTime(point.seconds);
    }
    return {};
}

QCategoryAxis* makeAxis(QChart* chart, Qt::Alignment side) {
    auto* axis = new QCategoryAxis;
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setTruncateLabels(false);
    chart->addAxis(axis, side);
    return axis;
}

}  // namespace

/// The curves in the chart's plot area; kept as a picture until they change, so that the cross-hair moves freely over them.
class CurvesItem : public QGraphicsItem {
public:
    CurvesItem(CurvesPlot& plot, QGraphicsItem* parent) : QGraphicsItem(parent), m_plot(plot) {
        setCacheMode(DeviceCoordinateCache);
        setZValue(10);
        setAcceptedMouseButtons(Qt::NoButton);
    }
    void setArea(const QRectF& area) {
        if (area == m_area) return;
        prepareGeometryChange();
        m_area = area;
    }
    QRectF boundingRect() const override { return m_area.adjusted(-2, -2, 2, 2); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        if (!m_area.isEmpty()) paintCurves(*painter, m_plot.visibleCurves(), m_plot.m_options, m_plot.map());
    }

private:
    CurvesPlot& m_plot;
    QRectF m_area;
};

CurvesPlot::CurvesPlot(const std::map<int, Curve>& curves, QWidget* parent) : QChartView(new QChart, parent), m_curves(curves) {
    setObjectName("curves_plot");
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->legend()->hide();
    chart()->setMargins(QMargins(2, 6, 20, 0));
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setBackgroundRoundness(0);
    m_xAxis = makeAxis(chart(), Qt::AlignBottom);
    m_yAxis = makeAxis(chart(), Qt::AlignLeft);
    // Without a series on them the axes have no length.
    auto* none = new QLineSeries;
    chart()->addSeries(none);
    none->attachAxis(m_xAxis);
    none->attachAxis(m_yAxis);
    m_item = new CurvesItem(*this, chart());
    m_overlay = new CurvesOverlay(viewport());
    connect(chart(), &QChart::plotAreaChanged, this, [this] { layOut(); });
    applyColours();
    retranslate();
    refresh();
}

void CurvesPlot::setOptions(const CurvesOptions& options) {
    if (options.axis != m_options.axis) {
        m_xZoom.reset();
        m_crosshair.reset();
        m_following = true;
    }
    if (options.logarithmic != m_options.logarithmic) m_yZoom.reset();
    m_options = options;
    retranslate();
}

void CurvesPlot::setEmptyText(const QString& text) {
    m_emptyText = text;
    refresh();
}

std::vector<const Curve*> CurvesPlot::visibleCurves() const {
    std::vector<const Curve*> visible;
    for (const auto& [id, curve] : m_curves)
        if (curve.visible) visible.push_back(&curve);
    return visible;
}

CurveMap CurvesPlot::map() const { return {chart()->plotArea(), m_x.low, m_x.high, m_y.low, m_y.high}; }

AxisRange CurvesPlot::wholeX(const std::vector<const Curve*>& curves) const {
    AxisRange range = xRangeOf(curves, m_options.axis).value_or(AxisRange{0, 1});
    if (range.low > 0 && range.low < 0.1 * range.high) range.low = 0;
    if (range.width() <= 0) range = {range.low - 0.5, range.high + 0.5};
    return range;
}

void CurvesPlot::refresh() {
    const auto curves = visibleCurves();
    const AxisRange whole = wholeX(curves);
    if (m_xZoom && m_following && whole.high > m_xZoom->high) m_xZoom = AxisRange{whole.high - m_xZoom->width(), whole.high};
    m_x = m_xZoom.value_or(whole);
    const auto y = yRangeOf(curves, m_options, m_x);
    m_y = m_yZoom ? *m_yZoom : y.value_or(m_options.logarithmic ? AxisRange{-1, 0} : AxisRange{0, 1});
    m_empty = !xRangeOf(curves, m_options.axis);
    m_overlay->setEmptyText(m_empty ? m_emptyText : QString());
    layOut();
}

void CurvesPlot::layOut() {
    const QRectF area = chart()->plotArea();
    const int xTicks = std::max(2, static_cast<int>(area.width()) / pixelsPerXTick),
              yTicks = std::max(2, static_cast<int>(area.height()) / pixelsPerYTick);
    using Ticks = std::vector<AxisTick>;
    for (QCategoryAxis* axis : {m_xAxis, m_yAxis})
        if (axis->isVisible() == m_empty) axis->setVisible(!m_empty);
    setTicks(m_xAxis, m_empty ? Ticks() : (m_options.axis == CurveAxis::Time ? timeTicks : linearTicks)(m_x.low, m_x.high, xTicks), m_x);
    setTicks(m_yAxis, m_empty ? Ticks() : (m_options.logarithmic ? logarithmicTicks : linearTicks)(m_y.low, m_y.high, yTicks), m_y);
    m_item->setArea(chart()->plotArea());
    m_item->update();
    m_overlay->setGeometry(viewport()->rect());
    m_overlay->setArea(chart()->plotArea());
    showCrosshair();
}

void CurvesPlot::setTicks(QCategoryAxis* axis, const std::vector<AxisTick>& ticks, const AxisRange& range) {
    const QStringList old = axis->categoriesLabels();
    bool same = old.size() == static_cast<qsizetype>(ticks.size());
    for (qsizetype i = 0; same && i < old.size(); ++i)
        same = old[i] == ticks[static_cast<std::size_t>(i)].label && axis->endValue(old[i]) == ticks[static_cast<std::size_t>(i)].at;
    if (!same) {
        // Only the last change is told: every one would lay the chart out again.
        axis->blockSignals(true);
        for (const QString& label : old) axis->remove(label);
        axis->setStartValue(std::min(range.low, ticks.empty() ? range.low : ticks.front().at) - 1);
        for (std::size_t i = 0; i < ticks.size(); ++i) {
            if (i + 1 == ticks.size()) axis->blockSignals(false);
            axis->append(ticks[i].label, ticks[i].at);
        }
        axis->blockSignals(false);
    }
    if (axis->min() != range.low || axis->max() != range.high) axis->setRange(range.low, range.high);
}

void CurvesPlot::setXZoom(std::optional<AxisRange> zoom) {
    if (zoom && !reasonable(*zoom)) return;
    m_xZoom = zoom;
    m_following = !zoom || zoom->high >= wholeX(visibleCurves()).high;
    if (!zoom) m_yZoom.reset();
    refresh();
}

void CurvesPlot::zoomTo(std::optional<AxisRange> x, std::optional<AxisRange> y) {
    if ((x && !reasonable(*x)) || (y && !reasonable(*y))) return;
    m_yZoom = y;
    setXZoom(x);
    emit xZoomChanged(x.has_value(), m_x.low, m_x.high);
}

void CurvesPlot::resetZoom() {
    m_yZoom.reset();
    zoomTo(std::nullopt, std::nullopt);
}

void CurvesPlot::zoomAt(double x, double factor) {
    const AxisRange whole = wholeX(visibleCurves());
    const AxisRange zoomed{x - (x - m_x.low) / factor, x + (m_x.high - x) / factor};
    if (zoomed.low <= whole.low && zoomed.high >= whole.high) resetZoom();
    else zoomTo(zoomed, m_yZoom);
}

void CurvesPlot::zoomBy(double factor) {
    const bool inside = m_crosshair && *m_crosshair >= m_x.low && *m_crosshair <= m_x.high;
    zoomAt(inside ? *m_crosshair : (m_x.low + m_x.high) / 2, factor);
}

void CurvesPlot::panBy(const QPointF& pixels) {
    const CurveMap at = map();
    const double dx = -pixels.x() / at.area.width() * m_x.width(), dy = pixels.y() / at.area.height() * m_y.width();
    std::optional<AxisRange> y = m_yZoom;
    if (y) y = AxisRange{y->low + dy, y->high + dy};
    zoomTo(AxisRange{m_x.low + dx, m_x.high + dx}, y);
}

void CurvesPlot::setCrosshair(std::optional<double> x) {
    m_crosshair = x;
    showCrosshair();
}

void CurvesPlot::moveByUser(std::optional<double> x) {
    setCrosshair(x);
    emit crosshairMoved(x.has_value(), x.value_or(0));
}

void CurvesPlot::showCrosshair() {
    std::vector<ReadoutRow> rows;
    const CurveMap at = map();
    if (m_crosshair && *m_crosshair >= m_x.low && *m_crosshair <= m_x.high) {
        for (const Curve* curve : visibleCurves()) {
            if (curve->drawable() == 0) continue;
            const std::size_t i = std::min(curve->data.nearest(m_options.axis, *m_crosshair), curve->drawable() - 1);
            const QPointF point(at.toX(curve->data.x(m_options.axis, i)), at.toY(curve->line().at(i)));
            rows.push_back({curve->style, curve->smoothed(i), curve->data.value(i), placeText(curve->data.at(i), m_options.axis), point});
        }
    }
    m_overlay->setReadout(at.toX(m_crosshair.value_or(0)), std::move(rows), m_options.smoothing > 0, m_xAxis->titleText());
}

void CurvesPlot::moveCrosshair(int points) {
    const auto curves = visibleCurves();
    if (!xRangeOf(curves, m_options.axis)) return;
    double x = m_crosshair.value_or(points > 0 ? -HUGE_VAL : HUGE_VAL);
    for (int i = 0; i < std::abs(points); ++i) {
        std::optional<double> next;
        for (const Curve* curve : curves) {
            const SeriesData& data = curve->data;
            const std::size_t bound = data.lowerBound(m_options.axis, points > 0 ? std::nextafter(x, HUGE_VAL) : x);
            if (points > 0 ? bound >= curve->drawable() : bound == 0) continue;
            const double candidate = data.x(m_options.axis, points > 0 ? bound : bound - 1);
            if (!next || (points > 0 ? candidate < *next : candidate > *next)) next = candidate;
        }
        if (!next) break;
        x = *next;
    }
    if (std::isfinite(x)) moveByUser(x);
    setAccessibleDescription(readoutText());
    QAccessibleEvent spoken(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&spoken);
}

QString CurvesPlot::readoutText() const { return m_overlay->readoutText(); }

void CurvesPlot::paintInto(QPainter& painter, const QRectF& place) {
    m_item->setCacheMode(QGraphicsItem::NoCache);
    render(&painter, place, viewport()->rect(), Qt::IgnoreAspectRatio);
    m_item->setCacheMode(QGraphicsItem::DeviceCoordinateCache);
}

void CurvesPlot::mousePressEvent(QMouseEvent* event) {
    const bool pan =
        event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier));
    if (!pan && event->button() != Qt::LeftButton) return event->ignore();
    m_drag = pan ? Drag::Pan : Drag::Box;
    m_dragFrom = event->position();
    moveByUser(std::nullopt);
    if (pan) viewport()->setCursor(Qt::ClosedHandCursor);
}

void CurvesPlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_drag == Drag::Pan) {
        panBy(event->position() - m_dragFrom);
        m_dragFrom = event->position();
    } else if (m_drag == Drag::Box) {
        m_overlay->setBox(QRectF(m_dragFrom, event->position()).normalized() & chart()->plotArea());
    } else {
        const bool inside = chart()->plotArea().contains(event->position());
        moveByUser(inside ? std::optional(map().fromX(event->position().x())) : std::nullopt);
    }
}

void CurvesPlot::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = m_drag;
    m_drag = Drag::None;
    viewport()->unsetCursor();
    m_overlay->setBox({});
    if (drag == Drag::Box) finishBox(QRectF(m_dragFrom, event->position()).normalized() & chart()->plotArea());
}

void CurvesPlot::finishBox(const QRectF& box) {
    // A box that is flat in one direction zooms in the other one alone.
    const bool wide = box.width() >= clickDistance, high = box.height() >= 4 * clickDistance;
    if (!wide && !high) return;
    const CurveMap at = map();
    const std::optional<AxisRange> x = wide ? std::optional(AxisRange{at.fromX(box.left()), at.fromX(box.right())}) : m_xZoom;
    zoomTo(x ? x : std::optional(m_x), high ? std::optional(AxisRange{at.fromY(box.bottom()), at.fromY(box.top())}) : m_yZoom);
}

void CurvesPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) resetZoom();
}

void CurvesPlot::wheelEvent(QWheelEvent* event) {
    // Without a key the wheel belongs to the page. With Alt some platforms turn the wheel sideways.
    if (!(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) return event->ignore();
    const double turned = event->angleDelta().y() + event->angleDelta().x();
    zoomAt(map().fromX(event->position().x()), std::pow(1.0015, turned));
    event->accept();
}

void CurvesPlot::keyPressEvent(QKeyEvent* event) {
    const int far = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    switch (event->key()) {
        case Qt::Key_Left: return moveCrosshair(-far);
        case Qt::Key_Right: return moveCrosshair(far);
        case Qt::Key_Home: m_crosshair.reset(); return moveCrosshair(1);
        case Qt::Key_End: m_crosshair.reset(); return moveCrosshair(-1);
        case Qt::Key_Plus:
        case Qt::Key_Equal: return zoomBy(keyZoom);
        case Qt::Key_Minus: return zoomBy(1 / keyZoom);
        case Qt::Key_0: return resetZoom();
        case Qt::Key_Escape:
            if (m_crosshair) return moveByUser(std::nullopt);
            break;
        default: break;
    }
    event->ignore();
}

void CurvesPlot::leaveEvent(QEvent* event) {
    QChartView::leaveEvent(event);
    if (m_drag == Drag::None && !hasFocus()) moveByUser(std::nullopt);
}

void CurvesPlot::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    moveByUser(std::nullopt);
}

void CurvesPlot::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    layOut();
}

void CurvesPlot::changeEvent(QEvent* event) {
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) applyColours();
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void CurvesPlot::retranslate() {
    switch (m_options.axis) {
        case CurveAxis::Step: m_xAxis->setTitleText(tr("Step")); break;
        case CurveAxis::Epoch: m_xAxis->setTitleText(tr("Epoch")); break;
        case CurveAxis::Time: m_xAxis->setTitleText(tr("Time")); break;
    }
}

void CurvesPlot::applyColours() {
    const ThemeColours& colours = themeColours();
    chart()->setBackgroundBrush(colours.surface);
    chart()->setBackgroundPen(Qt::NoPen);
    setBackgroundBrush(colours.surface);
    QFont small = font();
    small.setPointSizeF(std::max(7.0, font().pointSizeF() - 1));
    for (QCategoryAxis* axis : {m_xAxis, m_yAxis}) {
        axis->setLabelsBrush(colours.mutedText);
        axis->setTitleBrush(colours.mutedText);
        axis->setLabelsFont(small);
        axis->setTitleFont(small);
        axis->setLinePen(QPen(colours.border, 1));
        axis->setGridLinePen(QPen(colours.grid, 1));
    }
    m_item->update();
}

}  // namespace lamina
