#include "widgets/graph/edge_item.h"

#include <QLineF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr double margin = 8, arrowLength = 8, arrowWidth = 4.5, farScale = 0.5;

double distanceToSegment(QPointF p, QPointF a, QPointF b) {
    const QPointF way = b - a;
    const double length = QPointF::dotProduct(way, way);
    const double part = length == 0 ? 0 : std::clamp(QPointF::dotProduct(p - a, way) / length, 0.0, 1.0);
    return QLineF(p, a + part * way).length();
}

}  // namespace

EdgeItem::EdgeItem(NetworkEdge edge) : m_edge(std::move(edge)) { setAcceptedMouseButtons(Qt::NoButton); }

void EdgeItem::setEnds(QPointF from, QPointF to) {
    if (from == m_from && to == m_to && !m_path.isEmpty()) return;
    prepareGeometryChange();
    m_from = from;
    m_to = to;
    // The arrow's tip touches the port's ring; the line ends inside the arrow.
    const QPointF tip = to - QPointF(0, 5), end = tip - QPointF(0, arrowLength - 1);
    const double bend = std::max(18.0, std::min(120.0, std::abs(end.y() - from.y()) / 2 + std::abs(end.x() - from.x()) / 6));
    m_path = QPainterPath(from);
    if (from.x() == end.x() && from.y() < end.y()) m_path.lineTo(end);
    else m_path.cubicTo(from + QPointF(0, bend), end - QPointF(0, bend), end);
    m_arrow = QPolygonF({tip, tip + QPointF(-arrowWidth, -arrowLength), tip + QPointF(arrowWidth, -arrowLength)});
    m_rect = m_path.controlPointRect().united(QRectF(to, QSizeF())).adjusted(-margin, -margin, margin, margin);
}

void EdgeItem::setLook(const Look& look) {
    if (look == m_look) return;
    m_look = look;
    setZValue(look.selected || look.target ? 0.5 : 0);
    update();
}

double EdgeItem::distanceTo(QPointF point) const {
    if (!m_rect.contains(point)) return 1e9;
    double nearest = 1e9;
    QPointF last = m_path.pointAtPercent(0);
    for (int i = 1; i <= 24; ++i) {
        const QPointF next = m_path.pointAtPercent(i / 24.0);
        nearest = std::min(nearest, distanceToSegment(point, last, next));
        last = next;
    }
    return nearest;
}

double EdgeItem::distanceWithin(const QRectF& area) const {
    double nearest = 1e9;
    if (!m_rect.intersects(area)) return nearest;
    // Not the ends: they lie at the cards of the nodes, which a card beside them may well touch.
    for (int i = 5; i <= 19; ++i) {
        const QPointF point = m_path.pointAtPercent(i / 24.0);
        if (area.contains(point)) nearest = std::min(nearest, QLineF(point, area.center()).length());
    }
    return nearest;
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const auto& colours = themeColours();
    const QColor colour = m_look.target ? colours.good : m_look.selected ? colours.accent : colours.mutedText;
    const bool strong = m_look.selected || m_look.target;
    painter->setOpacity(m_look.dimmed ? 0.3 : 1);
    if (QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform()) < farScale) {
        QPen thin(colour, strong ? 2 : 1);
        thin.setCosmetic(true);
        painter->setPen(thin);
        painter->drawLine(m_from, m_to);
        return;
    }
    painter->setPen(QPen(colour, strong ? 2.6 : 1.5));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_path);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawPolygon(m_arrow);
}

}  // namespace lamina
