#include "widgets/tables/column_header.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/tables/data_table_model.h"

namespace lamina {
namespace {

constexpr int margin = 8, picture = 16, button = 14, sketchHeight = 26, sharesHeight = 3;

QIcon kindIcon(CellKind kind) {
    static const QIcon icons[] = {themeIcon("number"),   themeIcon("number"), themeIcon("boolean"),
                                  themeIcon("category"), themeIcon("text"),   themeIcon("image"), themeIcon("time")};
    return icons[static_cast<int>(kind)];
}

}  // namespace

ColumnHeader::ColumnHeader(DataTableModel& model, QWidget* parent) : QHeaderView(Qt::Horizontal, parent), m_model(model) {
    setSectionsClickable(true);
    setHighlightSections(false);
    setSectionResizeMode(QHeaderView::Interactive);
    setStretchLastSection(true);
    setMinimumSectionSize(48);
    setMouseTracking(true);
    setObjectName("column_header");
    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&model, &QAbstractItemModel::headerDataChanged, this, [this, had = false]() mutable {
        if (std::exchange(had, m_model.hasSketches()) != m_model.hasSketches()) emit geometriesChanged();
    });
    connect(&model, &QAbstractItemModel::modelReset, this, &QHeaderView::geometriesChanged);
}

QSize ColumnHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(), 2 * fontMetrics().height() + 14 + (m_model.hasSketches() ? sketchHeight + 8 : 0)};
}

int ColumnHeader::wantedWidth(int column) const {
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const int first = QFontMetrics(bold).horizontalAdvance(m_model.heading(column).name) + picture + 6 + 16;
    return std::max(first, fontMetrics().horizontalAdvance(secondLine(column))) + 2 * margin + button + 4;
}

QString ColumnHeader::secondLine(int column) const {
    const ColumnHeading& heading = m_model.heading(column);
    QStringList words;
    if (!heading.mark.isEmpty()) words << heading.mark;
    const auto rows = m_model.source() ? m_model.source()->rows() : 0;
    if (heading.missing > 0 && rows > 0) {
        const double share = 100.0 * static_cast<double>(heading.missing) / static_cast<double>(rows);
        words << tr("%1 % missing")
                     .arg(share < 0.1 ? QStringLiteral("<") + QLocale().toString(0.1, 'f', 1) : QLocale().toString(share, 'f', share < 10 ? 1 : 0));
    }
    if (words.isEmpty()) words << DataTableModel::kindText(heading.kind);
    if (const ColumnSketch* sketch = m_model.sketch(column); sketch && sketch->distinct >= 0 && heading.kind != CellKind::Picture)
        words << tr("%n different", nullptr, static_cast<int>(std::min<std::int64_t>(sketch->distinct, 2'000'000'000)));
    return words.join(QStringLiteral(" · "));
}

void ColumnHeader::paintSection(QPainter* painter, const QRect& rect, int column) const {
    if (column < 0 || column >= m_model.columnCount()) return;
    const ThemeColours& colours = themeColours();
    const ColumnHeading& heading = m_model.heading(column);
    const RowQuery& query = m_model.shownQuery();
    painter->save();
    painter->setClipRect(rect);
    painter->fillRect(rect, column == m_hovered ? colours.raised : colours.window);
    painter->setPen(colours.border);
    painter->drawLine(rect.topRight(), rect.bottomRight());
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());

    const int line = fontMetrics().height();
    QRect first(rect.left() + margin, rect.top() + 6, rect.width() - 2 * margin - button - 4, line);
    kindIcon(heading.kind).paint(painter, first.left(), first.top() + (line - picture) / 2, picture, picture);
    first.setLeft(first.left() + picture + 6);
    painter->setPen(colours.text);
    if (query.sortColumn == column) {
        paintArrow(painter, QPointF(first.right() - 5, first.center().y()), query.descending);
        painter->setPen(colours.text);
        first.setRight(first.right() - 14);
    }
    QFont font = painter->font();
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter, QFontMetrics(font).elidedText(heading.name, Qt::ElideRight, first.width()));
    font.setWeight(QFont::Normal);
    painter->setFont(font);
    painter->setPen(heading.mark.isEmpty() ? colours.mutedText : colours.accent);
    const QRect second(rect.left() + margin, rect.top() + 8 + line, rect.width() - 2 * margin, line);
    painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter, QFontMetrics(font).elidedText(secondLine(column), Qt::ElideRight, second.width()));

    if (const ColumnSketch* sketch = m_model.sketch(column))
        paintSketch(painter, QRect(rect.left() + margin, second.bottom() + 4, rect.width() - 2 * margin, sketchHeight), *sketch);

    const bool filtered = query.filters.contains(column);
    if (heading.kind != CellKind::Picture && (filtered || column == m_hovered)) paintFilter(painter, column, filtered);
    painter->restore();
}

void ColumnHeader::paintSketch(QPainter* painter, const QRect& place, const ColumnSketch& sketch) const {
    const double highest = sketch.bars.empty() ? 0 : *std::max_element(sketch.bars.begin(), sketch.bars.end());
    const int room = place.height() - sharesHeight - 3;
    const double step = sketch.bars.empty() ? 0 : std::min(14.0, static_cast<double>(place.width()) / static_cast<double>(sketch.bars.size()));
    QColor colour = themeColours().series[0];
    colour.setAlphaF(0.55F);
    for (std::size_t i = 0; i < sketch.bars.size() && highest > 0; ++i) {
        const double height = sketch.bars[i] > 0 ? std::max(1.0, sketch.bars[i] / highest * room) : 0;
        painter->fillRect(QRectF(place.left() + static_cast<double>(i) * step, place.top() + room - height, std::max(1.0, step - 1), height), colour);
    }
    paintShares(painter, QRect(place.left(), place.bottom() - sharesHeight, place.width(), sharesHeight), sketch);
}

/// Valid, wrong and empty side by side; whatever is there at all is seen.
void ColumnHeader::paintShares(QPainter* painter, const QRect& place, const ColumnSketch& sketch) const {
    const ThemeColours& colours = themeColours();
    const auto width = [&](double share) { return share <= 0 ? 0 : std::max(2, static_cast<int>(share * place.width())); };
    const int wrong = width(sketch.wrong), empty = width(sketch.empty);
    const int valid = std::max(0, place.width() - wrong - empty);
    painter->fillRect(QRect(place.left(), place.top(), valid, place.height()), colours.good);
    painter->fillRect(QRect(place.left() + valid, place.top(), wrong, place.height()), colours.bad);
    painter->fillRect(QRect(place.left() + valid + wrong, place.top(), empty, place.height()), colours.border);
}

void ColumnHeader::paintArrow(QPainter* painter, const QPointF& middle, bool descending) const {
    const double tip = descending ? 3 : -3;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(themeColours().accent);
    painter->setPen(Qt::NoPen);
    painter->drawPolygon(QPolygonF() << middle + QPointF(-4, -tip / 1.5) << middle + QPointF(4, -tip / 1.5) << middle + QPointF(0, tip));
}

void ColumnHeader::paintFilter(QPainter* painter, int column, bool filtered) const {
    const QRect place = filterRect(column);
    if (filtered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(themeColours().accentSoft);
        painter->drawRoundedRect(place.adjusted(-3, -3, 3, 3), 4, 4);
    }
    static const QIcon funnel = themeIcon("filter");
    funnel.paint(painter, place, Qt::AlignCenter, filtered ? QIcon::Selected : QIcon::Normal);
}

QRect ColumnHeader::filterRect(int column) const {
    const int right = sectionViewportPosition(column) + sectionSize(column) - margin;
    return {right - button, 6 + (fontMetrics().height() - button) / 2, button, button};
}

int ColumnHeader::filterAt(const QPoint& position) const {
    const int column = logicalIndexAt(position);
    const bool hit = column >= 0 && column < m_model.columnCount() && filterRect(column).adjusted(-3, -4, 3, 4).contains(position);
    return hit && m_model.heading(column).kind != CellKind::Picture ? column : -1;
}

void ColumnHeader::mousePressEvent(QMouseEvent* event) {
    m_pressedFilter = event->button() == Qt::LeftButton ? filterAt(event->position().toPoint()) : -1;
    if (m_pressedFilter < 0) QHeaderView::mousePressEvent(event);
}

void ColumnHeader::mouseReleaseEvent(QMouseEvent* event) {
    const int pressed = std::exchange(m_pressedFilter, -1);
    if (pressed < 0) return QHeaderView::mouseReleaseEvent(event);
    if (filterAt(event->position().toPoint()) == pressed) emit filterWanted(pressed);
}

void ColumnHeader::mouseMoveEvent(QMouseEvent* event) {
    QHeaderView::mouseMoveEvent(event);
    const int column = logicalIndexAt(event->position().toPoint());
    if (std::exchange(m_hovered, column) != column) viewport()->update();
}

void ColumnHeader::leaveEvent(QEvent* event) {
    QHeaderView::leaveEvent(event);
    m_hovered = -1;
    viewport()->update();
}

}  // namespace lamina
