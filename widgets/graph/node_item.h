// A node on the canvas: card with the layer's picture in its category's colour, name, important settings, shape and cost, ports.
#pragma once

#include <QGraphicsItem>
#include <QPixmap>
#include <QStaticText>

#include "widgets/graph/graph_types.h"

namespace lamina {

/// Paints only; the view does hit tests and gestures. Coordinates: (0,0) is the card's upper left corner.
class NodeItem : public QGraphicsItem {
public:
    struct Look {
        bool selected = false, current = false, dimmed = false, target = false;
        bool operator==(const Look&) const = default;
    };

    explicit NodeItem(std::string id);

    const std::string& id() const { return m_id; }
    void setNode(const NetworkNode& node, const GraphLayer& layer, int ports);
    void setNote(const GraphNote& note);
    void setLook(const Look& look);
    const Look& look() const { return m_look; }
    /// Colours and pictures anew: another theme.
    void refresh();

    int ports() const { return m_ports; }
    QPointF inputPort(int port) const;  ///< in the scene
    QPointF outputPort() const;
    QRectF card() const;  ///< in the scene

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void updateBack();
    void layoutTexts();
    QColor colour() const;
    void paintFar(QPainter* painter) const;
    void paintBack(QPainter* painter, double scale) const;
    QPixmap back(double scale, double ratio) const;
    void paintCard(QPainter* painter) const;
    void paintTile(QPainter* painter) const;
    void paintTexts(QPainter* painter) const;
    void paintLargeTexts(QPainter* painter) const;
    void paintPorts(QPainter* painter) const;
    void paintBadge(QPainter* painter) const;

    std::string m_id;
    QString m_name;
    std::string m_type;
    bool m_frozen = false;
    int m_colour = 0;
    int m_ports = 1;
    GraphNote m_note;
    Look m_look;
    QPixmap m_picture, m_lock;
    QString m_backKey;  ///< of everything about the back but its scale
    QStaticText m_nameText, m_settingsText, m_shapeText, m_costText, m_largeNameText, m_largeShapeText;
};

}  // namespace lamina
