// A link on the canvas: a smooth line with an arrow.
#pragma once

#include <QGraphicsItem>
#include <QPainterPath>
#include <QPolygonF>

#include "core/network/network.h"

namespace lamina {

/// Paints only.
class EdgeItem : public QGraphicsItem {
public:
    struct Look {
        bool selected = false, target = false, dimmed = false;
        bool operator==(const Look&) const = default;
    };

    explicit EdgeItem(NetworkEdge edge);

    const NetworkEdge& edge() const { return m_edge; }
    void setEnds(QPointF from, QPointF to);
    void setLook(const Look& look);
    /// From a point of the scene to the line.
    double distanceTo(QPointF point) const;
    /// From the middle of an area to the line's nearest point in it; huge where the line's middle part does not pass through it.
    double distanceWithin(const QRectF& area) const;
    const QPainterPath& path() const { return m_path; }

    QRectF boundingRect() const override { return m_rect; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    NetworkEdge m_edge;
    QPointF m_from, m_to;
    QPainterPath m_path;
    QPolygonF m_arrow;
    QRectF m_rect;
    Look m_look;
};

}  // namespace lamina
