#include "widgets/gallery/version_grid.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr double gap = 6, gapAfterOriginal = 14, inside = 4;

}  // namespace

VersionGrid::VersionGrid(QWidget* parent) : QWidget(parent) {
    setObjectName("version_grid");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void VersionGrid::setLines(std::vector<VersionLine> lines) {
    m_lines = std::move(lines);
    update();
}

void VersionGrid::setTitles(const QString& original, const QString& versions) {
    m_original = original;
    m_versions = versions;
    update();
}

void VersionGrid::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

std::size_t VersionGrid::columns() const {
    std::size_t most = 0;
    for (const VersionLine& line : m_lines) most = std::max(most, line.cells.size());
    return most;
}

QRectF VersionGrid::cellRect(std::size_t line, std::size_t column) const {
    const double title = fontMetrics().height() + gap, name = fontMetrics().height() + 2;
    const auto across = static_cast<double>(columns()), down = static_cast<double>(m_lines.size());
    double cellWidth = (width() - gapAfterOriginal - gap * std::max(0.0, across - 2)) / across;
    double cellHeight = (height() - title - (gap + name) * down) / down;
    const bool texts = !m_lines[line].cells.front().lines.isEmpty();
    if (!texts) cellWidth = cellHeight = std::min(cellWidth, cellHeight);
    const double x = static_cast<double>(column) * (cellWidth + gap) + (column > 0 ? gapAfterOriginal - gap : 0);
    return {x, title + static_cast<double>(line) * (cellHeight + gap + name), cellWidth, std::max(8.0, cellHeight)};
}

void VersionGrid::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    if (m_lines.empty() || columns() == 0) {
        painter.setPen(themeColours().mutedText);
        painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    paintTitles(painter);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const VersionLine& line = m_lines[i];
        for (std::size_t column = 0; column < line.cells.size(); ++column) paintCell(painter, cellRect(i, column), line, column);
        const QRectF first = cellRect(i, 0);
        painter.setPen(themeColours().mutedText);
        const QRectF below(first.left(), first.bottom() + 1, width() - first.left(), fontMetrics().height());
        painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(line.name, Qt::ElideRight, static_cast<int>(below.width())));
    }
}

void VersionGrid::paintTitles(QPainter& painter) const {
    painter.setPen(themeColours().mutedText);
    const QRectF first = cellRect(0, 0);
    const int height = fontMetrics().height();
    painter.drawText(QRectF(first.left(), 0, first.width() + gapAfterOriginal, height), Qt::AlignLeft,
                     fontMetrics().elidedText(m_original, Qt::ElideRight, static_cast<int>(first.width() + gapAfterOriginal)));
    if (columns() < 2) return;
    const double left = cellRect(0, 1).left();
    painter.drawText(QRectF(left, 0, width() - left, height), Qt::AlignLeft,
                     fontMetrics().elidedText(m_versions, Qt::ElideRight, static_cast<int>(width() - left)));
}

void VersionGrid::paintCell(QPainter& painter, const QRectF& place, const VersionLine& line, std::size_t column) const {
    const VersionCell& cell = line.cells[column];
    if (!cell.curve.empty()) return paintCurve(painter, place, line, column);
    if (!cell.lines.isEmpty()) return paintTexts(painter, place, line, column);
    if (cell.picture.isNull()) return;
    const QSizeF size = QSizeF(cell.picture.size()).scaled(place.size(), Qt::KeepAspectRatio);
    const QRectF target(place.left() + (place.width() - size.width()) / 2, place.top() + (place.height() - size.height()) / 2, size.width(), size.height());
    // Small pictures are looked at pixel by pixel.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, cell.picture.width() > 64);
    painter.drawImage(target, cell.picture);
    painter.setPen(QPen(column == 0 ? themeColours().accent : themeColours().border, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(target);
}

void VersionGrid::paintCurve(QPainter& painter, const QRectF& place, const VersionLine& line, std::size_t column) const {
    const std::vector<float>& curve = line.cells[column].curve;
    float least = curve[0], most = curve[0];
    for (const VersionCell& cell : line.cells)
        for (const float x : cell.curve) {
            least = std::min(least, x);
            most = std::max(most, x);
        }
    painter.setPen(QPen(themeColours().border, 1));
    painter.setBrush(themeColours().surface);
    painter.drawRect(place);
    const QRectF area = place.adjusted(inside, inside, -inside, -inside);
    const double across = std::max<double>(1, static_cast<double>(curve.size()) - 1), up = most > least ? most - least : 1;
    QPolygonF points;
    for (std::size_t t = 0; t < curve.size(); ++t)
        points << QPointF(area.left() + area.width() * static_cast<double>(t) / across, area.bottom() - area.height() * (curve[t] - least) / up);
    painter.setPen(QPen(column == 0 ? themeColours().accent : themeColours().text, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(points);
}

void VersionGrid::paintTexts(QPainter& painter, const QRectF& place, const VersionLine& line, std::size_t column) const {
    painter.setPen(QPen(column == 0 ? themeColours().accent : themeColours().border, 1));
    painter.setBrush(themeColours().surface);
    painter.drawRoundedRect(place, 3, 3);
    const QStringList &texts = line.cells[column].lines, &original = line.cells.front().lines;
    const QFontMetrics metrics = fontMetrics();
    double y = place.top() + inside;
    for (qsizetype i = 0; i < texts.size() && y + metrics.height() <= place.bottom(); ++i, y += metrics.height()) {
        const bool changed = i >= original.size() || original[i] != texts[i];
        painter.setPen(changed ? themeColours().accent : themeColours().text);
        const QRectF row(place.left() + inside, y, place.width() - 2 * inside, metrics.height());
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(texts[i], Qt::ElideMiddle, static_cast<int>(row.width())));
    }
}

}  // namespace lamina
