#include "widgets/charts/confusion_matrix_view.h"

#include <QAccessible>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int narrowestCell = 34, widestCell = 92, matrixWidestName = 150, matrixGap = 6;

QColor mixed(const QColor& from, const QColor& to, double share) {
    const auto channel = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {channel(from.red(), to.red()), channel(from.green(), to.green()), channel(from.blue(), to.blue())};
}

double brightness(const QColor& colour) { return 0.2126 * colour.redF() + 0.7152 * colour.greenF() + 0.0722 * colour.blueF(); }

/// The larger contrast wins.
QColor readableOn(const QColor& background) {
    const ThemeColours& colours = themeColours();
    const double here = brightness(background);
    return std::abs(brightness(colours.text) - here) >= std::abs(brightness(colours.surface) - here) ? colours.text : colours.surface;
}

}  // namespace

ConfusionMatrixView::ConfusionMatrixView(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName("confusion_matrix");
    setAccessibleName(tr("Confusion matrix"));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setMinimumSize(240, 160);
}

void ConfusionMatrixView::setValues(const MatrixValues& values) {
    m_values = values;
    m_actual = std::clamp(m_actual, 0, std::max(0, values.size() - 1));
    m_predicted = std::clamp(m_predicted, 0, std::max(0, values.size() - 1));
    measure();
}

void ConfusionMatrixView::setUnit(MatrixUnit unit) {
    m_unit = unit;
    measure();
}

std::optional<std::pair<int, int>> ConfusionMatrixView::current() const {
    if (m_values.size() == 0) return std::nullopt;
    return std::pair(m_actual, m_predicted);
}

ConfusionMatrixView::Sizes ConfusionMatrixView::sizes(int width) const {
    const QFontMetrics metrics(font());
    Sizes sizes;
    sizes.title = metrics.height() + 4;
    sizes.heads = metrics.height() + 10;
    sizes.cellHeight = metrics.height() + 14;
    int names = metrics.horizontalAdvance(tr("Total")), cell = narrowestCell;
    for (const QString& name : m_values.classes) names = std::max(names, metrics.horizontalAdvance(name));
    const QString widest = m_unit == MatrixUnit::Count ? QString::number(m_values.total()) : QStringLiteral("100.0 %");
    cell = std::max(cell, metrics.horizontalAdvance(widest) + 12);
    sizes.names = sizes.title + std::min(names, matrixWidestName) + 2 * matrixGap;
    // Wide cells show more of the names above them; beyond that they need not grow.
    const int columns = m_values.size() + 1;
    sizes.cellWidth = std::clamp((width - sizes.names - 2) / std::max(1, columns), cell, std::max(cell, widestCell));
    return sizes;
}

void ConfusionMatrixView::measure() {
    m_sizes = sizes(viewport()->width());
    const QSize whole = wholeSize();
    horizontalScrollBar()->setRange(0, std::max(0, whole.width() - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(m_sizes.cellWidth);
    verticalScrollBar()->setRange(0, std::max(0, whole.height() - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(m_sizes.cellHeight);
    viewport()->update();
}

QSize ConfusionMatrixView::wholeSize() const {
    const int cells = m_values.size() + 1;
    return {m_sizes.names + cells * m_sizes.cellWidth + 2, m_sizes.title + m_sizes.heads + cells * m_sizes.cellHeight + 2};
}

QSize ConfusionMatrixView::sizeHint() const { return wholeSize().boundedTo(QSize(760, 560)).expandedTo(minimumSize()); }

void ConfusionMatrixView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    paint(painter, viewport()->rect(), QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value()));
}

void ConfusionMatrixView::paintAll(QPainter& painter) {
    painter.setFont(font());
    paint(painter, QRect(QPoint(), wholeSize()), {});
}

void ConfusionMatrixView::paint(QPainter& painter, const QRect& visible, QPoint scrolled) {
    painter.fillRect(visible, themeColours().surface);
    if (m_values.size() == 0) return;
    const int left = m_sizes.names, top = m_sizes.title + m_sizes.heads, cells = m_values.size() + 1;
    painter.save();
    painter.setClipRect(visible.adjusted(left, top, 0, 0));
    const int firstColumn = scrolled.x() / m_sizes.cellWidth, firstRow = scrolled.y() / m_sizes.cellHeight;
    for (int row = firstRow; row < cells; ++row) {
        const int y = top + row * m_sizes.cellHeight - scrolled.y();
        if (y > visible.bottom()) break;
        for (int column = firstColumn; column < cells; ++column) {
            const int x = left + column * m_sizes.cellWidth - scrolled.x();
            if (x > visible.right()) break;
            paintCell(painter, QRect(x, y, m_sizes.cellWidth, m_sizes.cellHeight), row, column);
        }
    }
    painter.restore();
    paintNames(painter, visible, scrolled);
}

void ConfusionMatrixView::paintCell(QPainter& painter, const QRect& place, int actual, int predicted) const {
    const ThemeColours& colours = themeColours();
    const int size = m_values.size();
    const QRect inside = place.adjusted(1, 1, -1, -1);
    if (actual == size || predicted == size) {
        const std::int64_t total = actual == size && predicted == size ? m_values.total()
                                   : actual == size                    ? m_values.predictedTotal(predicted)
                                                                       : m_values.actualTotal(actual);
        painter.setPen(colours.mutedText);
        painter.drawText(inside, Qt::AlignCenter, QString::number(total));
        return;
    }
    // What is right and what is wrong have a hue of their own; the square root shows rare mistakes beside frequent hits.
    const double share = m_values.share(actual, predicted, m_unit);
    const QColor full = actual == predicted ? colours.series[0] : colours.series[1];
    const QColor background = share > 0 ? mixed(colours.surface, full, 0.08 + 0.85 * std::sqrt(share)) : colours.window;
    painter.fillRect(inside, background);
    painter.setPen(readableOn(background));
    painter.drawText(inside, Qt::AlignCenter, m_values.text(actual, predicted, m_unit));
    if (hasFocus() && actual == m_actual && predicted == m_predicted) {
        painter.setPen(QPen(colours.text, 2));
        painter.drawRect(inside.adjusted(1, 1, -1, -1));
    }
}

void ConfusionMatrixView::paintNames(QPainter& painter, const QRect& visible, QPoint scrolled) const {
    const ThemeColours& colours = themeColours();
    const QFontMetrics metrics(painter.font());
    const int left = m_sizes.names, top = m_sizes.title + m_sizes.heads, cells = m_values.size() + 1;
    const auto name = [this](int i) { return i == m_values.size() ? tr("Total") : m_values.classes[i]; };
    const auto pen = [&](int i) { return i == m_values.size() ? colours.mutedText : colours.text; };

    painter.save();
    painter.setClipRect(visible.adjusted(left, 0, 0, 0));
    for (int column = 0; column < cells; ++column) {
        const QRect place(left + column * m_sizes.cellWidth - scrolled.x(), m_sizes.title, m_sizes.cellWidth, m_sizes.heads);
        if (!place.intersects(visible)) continue;
        painter.setPen(pen(column));
        painter.drawText(place.adjusted(2, 0, -2, 0), Qt::AlignCenter, metrics.elidedText(name(column), Qt::ElideRight, place.width() - 4));
    }
    painter.restore();
    painter.save();
    painter.setClipRect(visible.adjusted(0, top, 0, 0));
    for (int row = 0; row < cells; ++row) {
        const QRect place(m_sizes.title, top + row * m_sizes.cellHeight - scrolled.y(), left - m_sizes.title - matrixGap, m_sizes.cellHeight);
        if (!place.intersects(visible)) continue;
        painter.setPen(pen(row));
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(name(row), Qt::ElideRight, place.width() - 2));
    }
    painter.restore();
    painter.setPen(colours.mutedText);
    painter.drawText(QRect(left, 0, std::min(visible.width() - left, m_values.size() * m_sizes.cellWidth), m_sizes.title), Qt::AlignCenter,
                     tr("Predicted"));
    const int height = std::min(visible.height() - top, m_values.size() * m_sizes.cellHeight);
    painter.save();
    painter.translate(0, top + height);
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, height, m_sizes.title), Qt::AlignCenter, tr("Actual"));
    painter.restore();
}

std::optional<std::pair<int, int>> ConfusionMatrixView::cellAt(const QPoint& place) const {
    const int x = place.x() - m_sizes.names, y = place.y() - m_sizes.title - m_sizes.heads;
    if (x < 0 || y < 0) return std::nullopt;
    const int predicted = (x + horizontalScrollBar()->value()) / m_sizes.cellWidth, actual = (y + verticalScrollBar()->value()) / m_sizes.cellHeight;
    if (predicted >= m_values.size() || actual >= m_values.size()) return std::nullopt;
    return std::pair(actual, predicted);
}

QString ConfusionMatrixView::cellSentence(int actual, int predicted) const {
    const int count = static_cast<int>(m_values.at(actual, predicted));
    return tr("Actual %1, predicted %2: %n item(s)", nullptr, count).arg(m_values.classes[actual], m_values.classes[predicted]);
}

void ConfusionMatrixView::setCurrent(int actual, int predicted) {
    if (m_values.size() == 0) return;
    m_actual = std::clamp(actual, 0, m_values.size() - 1);
    m_predicted = std::clamp(predicted, 0, m_values.size() - 1);
    const int x = m_predicted * m_sizes.cellWidth, y = m_actual * m_sizes.cellHeight;
    const int width = viewport()->width() - m_sizes.names, height = viewport()->height() - m_sizes.title - m_sizes.heads;
    horizontalScrollBar()->setValue(std::clamp(horizontalScrollBar()->value(), x + m_sizes.cellWidth - width, x));
    verticalScrollBar()->setValue(std::clamp(verticalScrollBar()->value(), y + m_sizes.cellHeight - height, y));
    viewport()->update();
    setAccessibleDescription(cellSentence(m_actual, m_predicted));
    QAccessibleEvent spoken(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&spoken);
    emit currentChanged(m_actual, m_predicted);
}

void ConfusionMatrixView::mousePressEvent(QMouseEvent* event) {
    const auto cell = cellAt(event->pos());
    if (event->button() != Qt::LeftButton || !cell) return;
    setCurrent(cell->first, cell->second);
    emit cellActivated(cell->first, cell->second);
}

void ConfusionMatrixView::keyPressEvent(QKeyEvent* event) {
    if (m_values.size() == 0) return event->ignore();
    switch (event->key()) {
        case Qt::Key_Left: return setCurrent(m_actual, m_predicted - 1);
        case Qt::Key_Right: return setCurrent(m_actual, m_predicted + 1);
        case Qt::Key_Up: return setCurrent(m_actual - 1, m_predicted);
        case Qt::Key_Down: return setCurrent(m_actual + 1, m_predicted);
        case Qt::Key_Home: return setCurrent(m_actual, 0);
        case Qt::Key_End: return setCurrent(m_actual, m_values.size() - 1);
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space: emit cellActivated(m_actual, m_predicted); return;
        default: event->ignore();
    }
}

QString ConfusionMatrixView::nameAt(const QPoint& place) const {
    const int x = place.x() - m_sizes.names, y = place.y() - m_sizes.title - m_sizes.heads;
    int index = -1;
    if (y < 0 && x >= 0) index = (x + horizontalScrollBar()->value()) / m_sizes.cellWidth;
    if (x < 0 && y >= 0) index = (y + verticalScrollBar()->value()) / m_sizes.cellHeight;
    return index >= 0 && index < m_values.size() ? m_values.classes[index] : QString();
}

bool ConfusionMatrixView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    auto* help = static_cast<QHelpEvent*>(event);
    const auto cell = cellAt(help->pos());
    const QString plain = cell ? cellSentence(cell->first, cell->second) + '\n' + tr("Click to see them.") : nameAt(help->pos());
    if (plain.isEmpty()) QToolTip::hideText();
    else QToolTip::showText(help->globalPos(), "<qt>" + plain.toHtmlEscaped().replace('\n', "<br>") + "</qt>", this);
    return true;
}

void ConfusionMatrixView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void ConfusionMatrixView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    measure();
}

void ConfusionMatrixView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Confusion matrix"));
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) measure();
}

}  // namespace lamina
