#include "widgets/charts/histogram_view.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

#include "widgets/charts/axis_ticks.h"
#include "widgets/common/theme.h"

namespace lamina {

HistogramView::HistogramView(QWidget* parent) : QWidget(parent) { setObjectName("histogram"); }

void HistogramView::setCounts(double low, double high, const std::vector<std::int64_t>& counts) {
    m_low = low;
    m_high = high;
    m_counts = counts;
    m_edges.clear();
    const std::int64_t most = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
    setAccessibleDescription(tr("From %1 to %2; at most %3 in one interval.").arg(curveNumber(low), curveNumber(high)).arg(most));
    update();
}

void HistogramView::setBins(const QStringList& edges, const std::vector<std::int64_t>& counts, const QStringList& names) {
    m_counts = counts;
    m_edges = edges;
    m_names = names;
    const std::int64_t most = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
    setAccessibleDescription(
        tr("From %1 to %2; at most %3 in one interval.").arg(edges.value(0), edges.isEmpty() ? QString() : edges.back()).arg(most));
    setCursor(Qt::PointingHandCursor);
    update();
}

std::size_t HistogramView::binAt(int x) const {
    const double share = std::clamp(static_cast<double>(x) / std::max(1, width()), 0.0, 0.9999);
    return static_cast<std::size_t>(share * static_cast<double>(m_counts.size()));
}

void HistogramView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && !m_counts.empty() && !m_edges.isEmpty()) emit binChosen(binAt(static_cast<int>(event->position().x())));
}

void HistogramView::paintEvent(QPaintEvent*) {
    if (m_counts.empty()) return;
    QPainter painter(this);
    const ThemeColours& colours = themeColours();
    const int text = fontMetrics().height() + 2, room = height() - text;
    const double most = static_cast<double>(std::max<std::int64_t>(1, *std::max_element(m_counts.begin(), m_counts.end())));
    const double step = static_cast<double>(width()) / static_cast<double>(m_counts.size());
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] == 0) continue;
        // What is there is seen, however rare.
        const double length = std::max(1.5, static_cast<double>(m_counts[i]) / most * room);
        painter.fillRect(QRectF(static_cast<double>(i) * step, room - length, std::max(1.0, step - (step > 4 ? 1 : 0)), length), colours.series[0]);
    }
    painter.setPen(colours.grid);
    painter.drawLine(0, room, width(), room);
    painter.setPen(colours.mutedText);
    painter.drawText(QRect(0, room, width(), text), Qt::AlignLeft | Qt::AlignVCenter,
                     m_edges.isEmpty() ? QString::number(m_low, 'g', 4) : m_edges.front());
    painter.drawText(QRect(0, room, width(), text), Qt::AlignRight | Qt::AlignVCenter,
                     m_edges.isEmpty() ? QString::number(m_high, 'g', 4) : m_edges.back());
}

QString HistogramView::intervalText(std::size_t interval) const {
    if (const QString name = m_names.value(static_cast<qsizetype>(interval)); !name.isEmpty()) return QStringLiteral("%1: %2").arg(name).arg(m_counts[interval]);
    if (!m_edges.isEmpty())
        return QStringLiteral("%1 … %2: %3")
            .arg(m_edges.value(static_cast<qsizetype>(interval)), m_edges.value(static_cast<qsizetype>(interval) + 1))
            .arg(m_counts[interval]);
    const double width = (m_high - m_low) / static_cast<double>(m_counts.size());
    const double from = m_low + width * static_cast<double>(interval);
    return QStringLiteral("%1 … %2: %3").arg(curveNumber(from), curveNumber(from + width)).arg(m_counts[interval]);
}

bool HistogramView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || m_counts.empty()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), intervalText(binAt(help->pos().x())), this);
    return true;
}

}  // namespace lamina
