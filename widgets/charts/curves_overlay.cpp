#include "widgets/charts/curves_overlay.h"

#include <QPainter>

#include <algorithm>
#include <array>

#include "widgets/charts/axis_ticks.h"
#include "widgets/charts/curves_painter.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr std::size_t mostRows = 12;
constexpr int padding = 8, overlayGap = 12, sampleWidth = 18, overlayWidestName = 180;

using Cells = std::array<QString, 4>;  ///< name, smoothed, raw, place

}  // namespace

CurvesOverlay::CurvesOverlay(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
}

void CurvesOverlay::setArea(const QRectF& area) {
    m_area = area;
    update();
}

void CurvesOverlay::setReadout(double pixelX, std::vector<ReadoutRow> rows, bool smoothing, const QString& placeTitle) {
    if (rows.empty() && m_rows.empty()) return;
    m_pixelX = pixelX;
    m_left = rows.size() > mostRows ? rows.size() - mostRows : 0;
    rows.resize(rows.size() - m_left);
    m_rows = std::move(rows);
    m_smoothing = smoothing;
    m_placeTitle = placeTitle;
    update();
}

void CurvesOverlay::setBox(const QRectF& box) {
    m_box = box;
    update();
}

void CurvesOverlay::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

QString CurvesOverlay::readoutText() const {
    QString text;
    for (const ReadoutRow& row : m_rows) {
        if (!text.isEmpty()) text += '\n';
        text += row.style.name + ": " + curveNumber(row.smoothed);
        if (m_smoothing) text += " (" + curveNumber(row.raw) + ")";
        text += ", " + m_placeTitle + ' ' + row.place;
    }
    return text;
}

void CurvesOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!m_emptyText.isEmpty()) {
        painter.setPen(themeColours().mutedText);
        painter.drawText(rect().adjusted(24, 12, -24, -12), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
    if (!m_rows.empty()) {
        paintCrosshair(painter);
        paintTable(painter);
    }
    if (m_box.isValid()) {
        QColor inside = themeColours().accent;
        painter.setPen(inside);
        inside.setAlphaF(0.15F);
        painter.setBrush(inside);
        painter.drawRect(m_box);
    }
}

void CurvesOverlay::paintCrosshair(QPainter& painter) const {
    painter.setPen(QPen(themeColours().mutedText, 1, Qt::DotLine));
    painter.drawLine(QPointF(m_pixelX, m_area.top()), QPointF(m_pixelX, m_area.bottom()));
    painter.setRenderHint(QPainter::Antialiasing);
    for (const ReadoutRow& row : m_rows) {
        if (!m_area.adjusted(-1, -1, 1, 1).contains(row.point)) continue;
        painter.setPen(QPen(themeColours().surface, 1.5));
        painter.setBrush(curveColour(row.style));
        painter.drawEllipse(row.point, 4, 4);
    }
}

void CurvesOverlay::paintTable(QPainter& painter) const {
    const QFontMetrics metrics(font());
    std::vector<Cells> lines{{QString(), m_smoothing ? tr("Smoothed") : tr("Value"), m_smoothing ? tr("Raw") : QString(), m_placeTitle}};
    for (const ReadoutRow& row : m_rows)
        lines.push_back({metrics.elidedText(row.style.name, Qt::ElideMiddle, overlayWidestName), curveNumber(row.smoothed),
                         m_smoothing ? curveNumber(row.raw) : QString(), row.place});
    std::array<int, 4> widths{};
    for (const Cells& cells : lines)
        for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], metrics.horizontalAdvance(cells[i]));
    const int lineHeight = metrics.height() + 2;
    const QString left = m_left > 0 ? tr("and %n more", nullptr, static_cast<int>(m_left)) : QString();
    int width = 2 * padding + sampleWidth + 6;
    for (const int column : widths) width += column > 0 ? column + overlayGap : 0;
    width -= overlayGap;
    const int height = 2 * padding + lineHeight * static_cast<int>(lines.size() + (m_left > 0 ? 1 : 0));

    // Beside the line, on the side with more room.
    const bool right = m_pixelX < m_area.center().x();
    double x = right ? m_pixelX + 14 : m_pixelX - 14 - width;
    x = std::clamp(x, 2.0, std::max(2.0, this->width() - width - 2.0));
    const double y = std::clamp(m_area.top() + 6, 0.0, std::max(0.0, this->height() - height - 2.0));
    painter.setPen(themeColours().border);
    QColor background = themeColours().surface;
    background.setAlphaF(0.94F);
    painter.setBrush(background);
    painter.drawRoundedRect(QRectF(x, y, width, height), 6, 6);

    for (std::size_t line = 0; line < lines.size(); ++line) {
        const double top = y + padding + lineHeight * static_cast<double>(line);
        if (line > 0) paintCurveSample(painter, QRectF(x + padding, top, sampleWidth, lineHeight), m_rows[line - 1].style);
        painter.setPen(line == 0 ? themeColours().mutedText : themeColours().text);
        double cell = x + padding + sampleWidth + 6;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (widths[i] == 0) continue;
            painter.drawText(QRectF(cell, top, widths[i] + 1, lineHeight), (i == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter,
                             lines[line][i]);
            cell += widths[i] + overlayGap;
        }
    }
    painter.setPen(themeColours().mutedText);
    if (m_left > 0) painter.drawText(QRectF(x + padding, y + height - padding - lineHeight, width - 2 * padding, lineHeight), Qt::AlignRight, left);
}

}  // namespace lamina
