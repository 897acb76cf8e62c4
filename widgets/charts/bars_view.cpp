#include "widgets/charts/bars_view.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <numeric>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int barHeight = 14, barsWidestName = 160, barsGap = 8;

std::int64_t sumOf(const BarsRow& row) { return std::accumulate(row.counts.begin(), row.counts.end(), std::int64_t{0}); }

QColor partColour(std::size_t part) { return themeColours().series[part % themeColours().series.size()]; }

}  // namespace

BarsView::BarsView(QWidget* parent) : QWidget(parent) {
    setObjectName("bars");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BarsView::setRows(const QStringList& parts, const std::vector<BarsRow>& rows) {
    m_parts = parts;
    m_rows = rows;
    QString description;
    for (const BarsRow& row : m_rows) {
        description += row.name + ':';
        for (std::size_t i = 0; i < row.counts.size(); ++i)
            description += (i == 0 ? " " : ", ") + (m_parts.size() > 1 ? m_parts.value(static_cast<qsizetype>(i)) + ' ' : QString()) +
                           QString::number(row.counts[i]);
        description += '\n';
    }
    setAccessibleDescription(description);
    updateGeometry();
    update();
}

int BarsView::rowHeight() const { return std::max(barHeight + 6, fontMetrics().height() + 4); }

int BarsView::headHeight() const { return m_parts.size() > 1 ? fontMetrics().height() + 8 : 0; }

QSize BarsView::sizeHint() const { return {320, headHeight() + rowHeight() * static_cast<int>(m_rows.size())}; }

QSize BarsView::minimumSizeHint() const { return {160, sizeHint().height()}; }

void BarsView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ThemeColours& colours = themeColours();
    int x = 0;
    for (qsizetype i = 0; m_parts.size() > 1 && i < m_parts.size(); ++i) {
        painter.fillRect(x, (headHeight() - 10) / 2, 10, 10, partColour(static_cast<std::size_t>(i)));
        painter.setPen(colours.mutedText);
        painter.drawText(QRect(x + 14, 0, width(), headHeight() - 2), Qt::AlignLeft | Qt::AlignVCenter, m_parts[i]);
        x += 14 + fontMetrics().horizontalAdvance(m_parts[i]) + 2 * barsGap;
    }
    int names = 0, numbers = 0;
    std::int64_t most = 1;
    for (const BarsRow& row : m_rows) {
        names = std::max(names, fontMetrics().horizontalAdvance(row.name) + 1);  // rounded down, it would be too narrow for the name itself
        numbers = std::max(numbers, fontMetrics().horizontalAdvance(QString::number(sumOf(row))));
        most = std::max(most, sumOf(row));
    }
    names = std::min({names, barsWidestName, width() / 2});
    const int left = names + barsGap, room = std::max(10, width() - left - numbers - barsGap);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int top = headHeight() + static_cast<int>(i) * rowHeight();
        painter.setPen(colours.text);
        painter.drawText(QRect(0, top, names, rowHeight()), Qt::AlignRight | Qt::AlignVCenter,
                         fontMetrics().elidedText(m_rows[i].name, Qt::ElideRight, names));
        double at = left;
        for (std::size_t part = 0; part < m_rows[i].counts.size(); ++part) {
            const double length = static_cast<double>(m_rows[i].counts[part]) / static_cast<double>(most) * room;
            painter.fillRect(QRectF(at, top + (rowHeight() - barHeight) / 2.0, length, barHeight), partColour(part));
            at += length;
        }
        painter.setPen(colours.mutedText);
        painter.drawText(QRectF(at + 6, top, numbers + 4, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, QString::number(sumOf(m_rows[i])));
    }
}

bool BarsView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = (help->pos().y() - headHeight()) / rowHeight();
    if (help->pos().y() >= headHeight() && row < static_cast<int>(m_rows.size())) {
        QString text = m_rows[static_cast<std::size_t>(row)].name.toHtmlEscaped();
        const auto& counts = m_rows[static_cast<std::size_t>(row)].counts;
        for (std::size_t i = 0; i < counts.size(); ++i)
            text += "<br>" + (m_parts.value(static_cast<qsizetype>(i)).toHtmlEscaped() + ' ').trimmed() + ' ' + QString::number(counts[i]);
        QToolTip::showText(help->globalPos(), text, this);
    }
    return true;
}

}  // namespace lamina
