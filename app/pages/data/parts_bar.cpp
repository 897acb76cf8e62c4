#include "app/pages/data/parts_bar.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <numeric>

#include "app/pages/data/part_words.h"

namespace lamina {
namespace {

constexpr int barHeight = 10, gap = 16, dot = 9;

QString shareText(std::int64_t rows, std::int64_t all) {
    const double share = 100.0 * static_cast<double>(rows) / static_cast<double>(std::max<std::int64_t>(all, 1));
    return QLocale().toString(share, 'f', share > 0 && share < 10 && share != static_cast<int>(share) ? 1 : 0);
}

}  // namespace

PartsBar::PartsBar(QWidget* parent) : QWidget(parent) {
    setObjectName("parts_bar");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize PartsBar::sizeHint() const { return {420, barHeight + 8 + fontMetrics().height()}; }
QSize PartsBar::minimumSizeHint() const { return {200, sizeHint().height()}; }

void PartsBar::setCounts(const PartCounts& counts) {
    m_counts = counts;
    QStringList words;
    for (int part = 0; part < partCount; ++part)
        if (m_counts[static_cast<std::size_t>(part)] > 0)
            words << partTitle(static_cast<Part>(part)) + u' ' + QLocale().toString(static_cast<qlonglong>(m_counts[static_cast<std::size_t>(part)]));
    setAccessibleName(words.join(", "));
    setToolTip(words.join("\n"));
    update();
}

void PartsBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto all = std::accumulate(m_counts.begin(), m_counts.end(), std::int64_t{0});
    QPainterPath round;
    round.addRoundedRect(QRectF(0, 0, width(), barHeight), barHeight / 2.0, barHeight / 2.0);
    painter.setClipPath(round);
    painter.fillRect(rect(), themeColours().raised);
    double x = 0;
    for (int part = 0; all > 0 && part < partCount; ++part) {
        const double size = width() * static_cast<double>(m_counts[static_cast<std::size_t>(part)]) / static_cast<double>(all);
        painter.fillRect(QRectF(x, 0, size, barHeight), partColour(static_cast<Part>(part)));
        x += size;
    }
    painter.setClipping(false);
    int left = 0;
    const int top = barHeight + 8, line = fontMetrics().height();
    for (int part = 0; part < partCount; ++part) {
        const auto rows = m_counts[static_cast<std::size_t>(part)];
        if (rows == 0 && part == static_cast<int>(Part::Unused)) continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(partColour(static_cast<Part>(part)));
        painter.drawEllipse(QRectF(left, top + (line - dot) / 2.0, dot, dot));
        const QString text =
            tr("%1 %2 (%3 %)").arg(partTitle(static_cast<Part>(part)), QLocale().toString(static_cast<qlonglong>(rows)), shareText(rows, all));
        painter.setPen(themeColours().text);
        painter.drawText(QRect(left + dot + 5, top, width() - left - dot - 5, line), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text, Qt::ElideRight, width() - left - dot - 5));
        left += dot + 5 + fontMetrics().horizontalAdvance(text) + gap;
    }
}

}  // namespace lamina
