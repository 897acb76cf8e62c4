#include "widgets/charts/rate_curves_view.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int marks = 5, sample = 18, rateGap = 8, rateWidestName = 150;
constexpr double reach = 12;

QString shareText(double share) { return QLocale().toString(share, 'f', share == std::round(share * 10) / 10 ? 1 : 3); }

double distance(const QPointF& a, const QPointF& b) { return std::hypot(a.x() - b.x(), a.y() - b.y()); }

/// The place of a stretch that is nearest to a point.
QPointF nearestOn(const QPointF& from, const QPointF& to, const QPointF& place) {
    const QPointF along = to - from;
    const double length = QPointF::dotProduct(along, along);
    return length == 0 ? from : from + along * std::clamp(QPointF::dotProduct(place - from, along) / length, 0.0, 1.0);
}

}  // namespace

RateCurvesView::RateCurvesView(QWidget* parent) : QWidget(parent) {
    setObjectName("rate_curves");
    setMouseTracking(true);
}

void RateCurvesView::setCurves(std::vector<RateCurve> curves, const QString& across, const QString& up, bool diagonal) {
    m_curves = std::move(curves);
    m_across = across;
    m_up = up;
    m_diagonal = diagonal;
    m_front = -1;
    QStringList spoken;
    for (const RateCurve& curve : m_curves) spoken << curve.name + ' ' + curve.value;
    setAccessibleDescription(spoken.join('\n'));
    update();
}

QColor RateCurvesView::colour(int curve) const { return themeColours().series[static_cast<std::size_t>(curve) % themeColours().series.size()]; }

int RateCurvesView::namesWidth() const {
    int names = 0;
    for (const RateCurve& curve : m_curves)
        names = std::max(names, std::min(fontMetrics().horizontalAdvance(curve.name), rateWidestName) + fontMetrics().horizontalAdvance(curve.value));
    return std::min(names + sample + 3 * rateGap, width() / 2);
}

QRectF RateCurvesView::square() const {
    const int text = fontMetrics().height(), left = text + fontMetrics().horizontalAdvance(shareText(0.5)) + 2 * rateGap;
    const double side = std::max(40, std::min(width() - left - namesWidth() - rateGap, height() - 2 * text - 2 * rateGap));
    return {static_cast<double>(left), rateGap / 2.0 + 2, side, side};
}

QRectF RateCurvesView::nameRow(int curve) const {
    const QRectF place = square();
    const double row = std::min<double>(fontMetrics().height() + 4, place.height() / static_cast<double>(std::max<std::size_t>(1, m_curves.size())));
    return {place.right() + rateGap, place.top() + curve * row, static_cast<double>(namesWidth()), row};
}

QPointF RateCurvesView::toWidget(const QPointF& share) const {
    const QRectF place = square();
    return {place.left() + share.x() * place.width(), place.bottom() - share.y() * place.height()};
}

void RateCurvesView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGrid(painter);
    for (int i = 0; i < static_cast<int>(m_curves.size()); ++i)
        if (i != m_front) paintCurve(painter, i);
    if (m_front >= 0) paintCurve(painter, m_front);
    paintNames(painter);
}

void RateCurvesView::paintGrid(QPainter& painter) const {
    const ThemeColours& colours = themeColours();
    const QRectF place = square();
    const int text = fontMetrics().height();
    for (int i = 0; i <= marks; ++i) {
        const double share = static_cast<double>(i) / marks;
        const QPointF low = toWidget({share, 0}), left = toWidget({0, share});
        painter.setPen(QPen(colours.grid, 1));
        painter.drawLine(low, toWidget({share, 1}));
        painter.drawLine(left, toWidget({1, share}));
        painter.setPen(colours.mutedText);
        painter.drawText(QRectF(low.x() - 30, place.bottom() + 2, 60, text), Qt::AlignHCenter | Qt::AlignTop, shareText(share));
        painter.drawText(QRectF(0, left.y() - text / 2.0, place.left() - 4, text), Qt::AlignRight | Qt::AlignVCenter, shareText(share));
    }
    painter.drawText(QRectF(place.left(), place.bottom() + text + 2, place.width(), text), Qt::AlignCenter, m_across);
    painter.save();
    painter.translate(text / 2.0 + 1, place.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-place.height() / 2, -text / 2.0, place.height(), text), Qt::AlignCenter, m_up);
    painter.restore();
    if (!m_diagonal) return;
    painter.setPen(QPen(colours.mutedText, 1, Qt::DashLine));
    painter.drawLine(toWidget({0, 0}), toWidget({1, 1}));
}

void RateCurvesView::paintCurve(QPainter& painter, int curve) const {
    const auto& points = m_curves[static_cast<std::size_t>(curve)].points;
    if (points.empty()) return;
    QPainterPath path(toWidget(points.front()));
    for (const QPointF& point : points) path.lineTo(toWidget(point));
    QColor ink = colour(curve);
    if (m_front >= 0 && curve != m_front) ink.setAlphaF(0.25f);
    // Beyond eight curves the colours come again, dashed.
    const bool again = static_cast<std::size_t>(curve) >= themeColours().series.size();
    painter.strokePath(path, QPen(ink, curve == m_front ? 2.6 : 1.8, again ? Qt::DashLine : Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

void RateCurvesView::paintNames(QPainter& painter) const {
    const ThemeColours& colours = themeColours();
    for (int i = 0; i < static_cast<int>(m_curves.size()); ++i) {
        const RateCurve& curve = m_curves[static_cast<std::size_t>(i)];
        const QRectF row = nameRow(i);
        const bool again = static_cast<std::size_t>(i) >= colours.series.size();
        painter.setPen(QPen(colour(i), i == m_front ? 3.5 : 2.2, again ? Qt::DashLine : Qt::SolidLine));
        painter.drawLine(QPointF(row.left(), row.center().y()), QPointF(row.left() + sample, row.center().y()));
        const int value = fontMetrics().horizontalAdvance(curve.value);
        const QRectF name = row.adjusted(sample + rateGap / 2.0, 0, -value - rateGap, 0);
        painter.setPen(m_front >= 0 && i != m_front ? colours.mutedText : colours.text);
        painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(curve.name, Qt::ElideMiddle, static_cast<int>(name.width())));
        painter.setPen(colours.mutedText);
        painter.drawText(QRectF(name.left() + std::min<double>(name.width(), fontMetrics().horizontalAdvance(curve.name)) + rateGap, row.top(), value + 2, row.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, curve.value);
    }
}

RateCurvesView::Near RateCurvesView::nearest(const QPointF& place) const {
    Near best;
    double least = reach;
    for (int i = 0; i < static_cast<int>(m_curves.size()); ++i) {
        if (nameRow(i).contains(place)) return {i, {}, false};
        const auto& points = m_curves[static_cast<std::size_t>(i)].points;
        for (std::size_t p = 0; p + 1 < points.size(); ++p) {
            const QPointF at = nearestOn(toWidget(points[p]), toWidget(points[p + 1]), place);
            if (distance(at, place) >= least) continue;
            least = distance(at, place);
            const QRectF whole = square();
            best = {i, {(at.x() - whole.left()) / whole.width(), (whole.bottom() - at.y()) / whole.height()}, true};
        }
    }
    return best;
}

void RateCurvesView::mouseMoveEvent(QMouseEvent* event) {
    const int front = nearest(event->position()).curve;
    if (front == m_front) return;
    m_front = front;
    update();
}

void RateCurvesView::leaveEvent(QEvent*) {
    m_front = -1;
    update();
}

bool RateCurvesView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Near near = nearest(help->pos());
    if (near.curve < 0) {
        QToolTip::hideText();
        return true;
    }
    const RateCurve& curve = m_curves[static_cast<std::size_t>(near.curve)];
    QString text = (curve.name + ' ' + curve.value).toHtmlEscaped();
    if (near.onCurve)
        text += QStringLiteral("<br>%1: %2<br>%3: %4").arg(m_across.toHtmlEscaped(), shareText(near.at.x()), m_up.toHtmlEscaped(), shareText(near.at.y()));
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

}  // namespace lamina
