#include "app/pages/data/mini_histogram.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int barsHeight = 64;

}  // namespace

MiniHistogram::MiniHistogram(QWidget* parent) : QWidget(parent) {
    setObjectName("column_histogram");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize MiniHistogram::sizeHint() const { return {200, barsHeight + 4 + fontMetrics().height()}; }

void MiniHistogram::setBins(std::vector<std::int64_t> bins, double from, double to) {
    m_bins = std::move(bins);
    m_from = from;
    m_to = to;
    setAccessibleName(tr("Distribution from %1 to %2").arg(QLocale().toString(from, 'g', 6), QLocale().toString(to, 'g', 6)));
    update();
}

void MiniHistogram::paintEvent(QPaintEvent*) {
    if (m_bins.empty()) return;
    QPainter painter(this);
    const double most = static_cast<double>(std::max<std::int64_t>(1, *std::max_element(m_bins.begin(), m_bins.end())));
    const double step = static_cast<double>(width()) / static_cast<double>(m_bins.size()), gap = step > 5 ? 1.0 : 0.0;
    for (std::size_t i = 0; i < m_bins.size(); ++i) {
        // A bin with few rows is still seen.
        const double height = m_bins[i] == 0 ? 0.0 : std::max(1.5, barsHeight * static_cast<double>(m_bins[i]) / most);
        painter.fillRect(QRectF(static_cast<double>(i) * step, barsHeight - height, step - gap, height), themeColours().series[0]);
    }
    painter.setPen(themeColours().border);
    painter.drawLine(0, barsHeight, width(), barsHeight);
    painter.setPen(themeColours().mutedText);
    const QRect line(0, barsHeight + 4, width(), fontMetrics().height());
    painter.drawText(line, Qt::AlignLeft, QLocale().toString(m_from, 'g', 5));
    if (m_to != m_from) painter.drawText(line, Qt::AlignRight, QLocale().toString(m_to, 'g', 5));
}

}  // namespace lamina
