#include "widgets/graph/node_item.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmapCache>
#include <QStyleOptionGraphicsItem>

#include <cmath>

#include "core/network/network_edits.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/graph/layer_colour.h"

namespace lamina {
namespace {

constexpr double tileWidth = 40, padding = 10, portRadius = 5, reach = 12;
/// Below this nothing of a node can be read: a plain rectangle is enough, and fast.
constexpr double farNodeScale = 0.4, nearScale = 0.62;
/// Above this few nodes are seen at once, and their pictures would be large.
constexpr double largestCached = 1.6;

QFont fontOf(int pixels, bool bold) {
    QFont font = QGuiApplication::font();
    font.setPixelSize(pixels);
    font.setBold(bold);
    return font;
}
QFont nameFont() { return fontOf(13, true); }
QFont detailFont() { return fontOf(11, false); }
// Seen from further away: fewer words, in larger letters.
QFont largeNameFont() { return fontOf(20, true); }
QFont largeDetailFont() { return fontOf(18, false); }

QStaticText prepared(const QString& text, const QFont& font, double width) {
    QStaticText prepared(QFontMetricsF(font).elidedText(text, Qt::ElideRight, width));
    prepared.setTextFormat(Qt::PlainText);
    prepared.setPerformanceHint(QStaticText::AggressiveCaching);
    prepared.prepare({}, font);
    return prepared;
}

QColor mixed(const QColor& a, const QColor& b, double part) {
    return QColor::fromRgbF(static_cast<float>(a.redF() * part + b.redF() * (1 - part)),
                            static_cast<float>(a.greenF() * part + b.greenF() * (1 - part)),
                            static_cast<float>(a.blueF() * part + b.blueF() * (1 - part)));
}

}  // namespace

NodeItem::NodeItem(std::string id) : m_id(std::move(id)) {
    setAcceptedMouseButtons(Qt::NoButton);
    setZValue(1);
}

void NodeItem::setNode(const NetworkNode& node, const GraphLayer& layer, int ports) {
    const QPointF place(node.x, node.y);
    if (pos() != place) setPos(place);
    const QString name = QString::fromStdString(node.name);
    if (name == m_name && node.type == m_type && layer.colour == m_colour && ports == m_ports && node.frozen == m_frozen) return;
    m_name = name;
    m_type = node.type;
    m_frozen = node.frozen;
    m_colour = layer.colour;
    m_ports = ports;
    refresh();
}

void NodeItem::setNote(const GraphNote& note) {
    if (note == m_note) return;
    m_note = note;
    updateBack();
    layoutTexts();
    update();
}

void NodeItem::setLook(const Look& look) {
    if (look == m_look) return;
    m_look = look;
    updateBack();
    update();
}

void NodeItem::updateBack() {
    const bool wrong = !m_note.problem.isEmpty();
    // What is selected, and the words of a problem, lie above their neighbours.
    setZValue(m_look.selected ? 2 : wrong ? 1.5 : 1);
    const int flags = m_look.selected + 2 * m_look.current + 4 * m_look.target + 8 * wrong + 16 * m_frozen + 32 * darkTheme();
    m_backKey = QStringLiteral("lamina-node:%1:%2:%3:%4:").arg(QString::fromStdString(m_type)).arg(m_colour).arg(m_ports).arg(flags);
}

void NodeItem::refresh() {
    m_picture = themeIcon(QStringLiteral("layers/") + QString::fromStdString(m_type)).pixmap(48, 48);
    m_lock = m_frozen ? themeIcon(QStringLiteral("lock")).pixmap(28, 28) : QPixmap();
    updateBack();
    layoutTexts();
    update();
}

void NodeItem::layoutTexts() {
    const double width = NodeRoom::width - tileWidth - 2 * padding;
    const QFontMetricsF metrics(detailFont());
    const double cost = std::min(width * 0.55, metrics.horizontalAdvance(m_note.cost));
    m_nameText = prepared(m_name, nameFont(), width - (m_frozen ? 18 : 0));
    m_settingsText = prepared(m_note.settings, detailFont(), width);
    m_costText = prepared(m_note.cost, detailFont(), cost + 1);
    m_shapeText = prepared(m_note.shape, detailFont(), width - cost - 8);
    m_largeNameText = prepared(m_name, largeNameFont(), width);
    m_largeShapeText = prepared(m_note.shape, largeDetailFont(), width);
}

QPointF NodeItem::inputPort(int port) const { return pos() + QPointF(NodeRoom::width * (port + 1) / (std::max(m_ports, port + 1) + 1), 0); }
QPointF NodeItem::outputPort() const { return pos() + QPointF(NodeRoom::width / 2, NodeRoom::height); }
QRectF NodeItem::card() const { return {pos(), QSizeF(NodeRoom::width, NodeRoom::height)}; }
QRectF NodeItem::boundingRect() const { return {-reach, -reach, NodeRoom::width + 2 * reach, NodeRoom::height + 2 * reach}; }

QColor NodeItem::colour() const { return layerColour(m_colour); }

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const double scale = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    painter->setOpacity(m_look.dimmed ? 0.35 : 1);
    if (scale < farNodeScale) return paintFar(painter);
    paintBack(painter, scale);
    if (scale >= nearScale) paintTexts(painter);
    else paintLargeTexts(painter);
}

/// Nodes of one kind look alike but for their words: the rest is drawn once for all of them.
void NodeItem::paintBack(QPainter* painter, double scale) const {
    if (scale > largestCached) {
        paintCard(painter);
        paintTile(painter);
        paintPorts(painter);
        return;
    }
    const double ratio = painter->device()->devicePixelRatioF();
    const QTransform transform = painter->worldTransform();
    const QPointF corner = transform.map(boundingRect().topLeft()) * ratio;
    painter->resetTransform();
    painter->drawPixmap(QPointF(std::round(corner.x()), std::round(corner.y())) / ratio, back(scale, ratio));
    painter->setWorldTransform(transform);
}

QPixmap NodeItem::back(double scale, double ratio) const {
    const QString key = m_backKey + QString::number(scale * ratio);
    QPixmap picture;
    if (QPixmapCache::find(key, &picture)) return picture;
    picture = QPixmap((boundingRect().size() * scale * ratio).toSize() + QSize(1, 1));
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.scale(scale * ratio, scale * ratio);
    painter.translate(-boundingRect().topLeft());
    paintCard(&painter);
    paintTile(&painter);
    paintPorts(&painter);
    painter.end();
    picture.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, picture);
    return picture;
}

void NodeItem::paintFar(QPainter* painter) const {
    const QRectF card(0, 0, NodeRoom::width, NodeRoom::height);
    const auto& colours = themeColours();
    painter->fillRect(card, m_look.selected ? colours.accent : !m_note.problem.isEmpty() ? colours.bad : mixed(colour(), colours.surface, 0.55));
}

void NodeItem::paintCard(QPainter* painter) const {
    const auto& colours = themeColours();
    const bool strong = m_look.selected || m_look.target;
    const QColor line = m_look.target ? colours.good : m_look.selected ? colours.accent : !m_note.problem.isEmpty() ? colours.bad : colours.border;
    painter->setPen(QPen(line, strong ? 2 : 1));
    painter->setBrush(m_look.selected ? mixed(colours.accentSoft, colours.surface, 0.5) : colours.surface);
    painter->drawRoundedRect(QRectF(0, 0, NodeRoom::width, NodeRoom::height), 8, 8);
    if (m_look.current) {
        painter->setPen(QPen(colours.accent, 1, Qt::DashLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(-4, -4, NodeRoom::width + 8, NodeRoom::height + 8), 10, 10);
    }
}

void NodeItem::paintTile(QPainter* painter) const {
    const auto& colours = themeColours();
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(colour(), colours.surface, darkTheme() ? 0.38 : 0.24));
    painter->drawRoundedRect(QRectF(5, 5, tileWidth - 5, NodeRoom::height - 10), 5, 5);
    painter->fillRect(QRectF(5, 10, 3, NodeRoom::height - 20), colour());
    painter->drawPixmap(QRectF(12, NodeRoom::height / 2 - 11, 22, 22), m_picture, QRectF(QPointF(), QSizeF(m_picture.size())));
}

void NodeItem::paintTexts(QPainter* painter) const {
    const auto& colours = themeColours();
    const double left = tileWidth + padding, right = NodeRoom::width - padding;
    painter->setPen(colours.text);
    painter->setFont(nameFont());
    painter->drawStaticText(QPointF(left, 6), m_nameText);
    if (!m_lock.isNull()) painter->drawPixmap(QRectF(right - 13, 9, 14, 14), m_lock, QRectF(QPointF(), QSizeF(m_lock.size())));
    painter->setFont(detailFont());
    painter->drawStaticText(QPointF(left, 44), m_shapeText);
    painter->setPen(colours.mutedText);
    painter->drawStaticText(QPointF(left, 26), m_settingsText);
    painter->drawStaticText(QPointF(right - m_costText.size().width(), 44), m_costText);
}

void NodeItem::paintLargeTexts(QPainter* painter) const {
    const double left = tileWidth + padding;
    painter->setPen(themeColours().text);
    painter->setFont(largeNameFont());
    painter->drawStaticText(QPointF(left, m_note.shape.isEmpty() ? 18 : 5), m_largeNameText);
    painter->setPen(themeColours().mutedText);
    painter->setFont(largeDetailFont());
    painter->drawStaticText(QPointF(left, 34), m_largeShapeText);
}

void NodeItem::paintPorts(QPainter* painter) const {
    const auto& colours = themeColours();
    painter->setPen(QPen(m_look.target ? colours.good : colours.mutedText, 1.4));
    painter->setBrush(m_look.target ? colours.good : colours.surface);
    for (int port = 0; port < m_ports; ++port) painter->drawEllipse(inputPort(port) - pos(), portRadius, portRadius);
    painter->setPen(QPen(colours.mutedText, 1.4));
    painter->setBrush(colours.surface);
    painter->drawEllipse(outputPort() - pos(), portRadius, portRadius);
    if (!m_note.problem.isEmpty()) paintBadge(painter);
}

void NodeItem::paintBadge(QPainter* painter) const {
    const auto& colours = themeColours();
    const QRectF place(NodeRoom::width - 9, -7, 18, 18);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.bad);
    painter->drawEllipse(place);
    painter->setPen(colours.surface);
    painter->setFont(nameFont());
    painter->drawText(place, Qt::AlignCenter, QStringLiteral("!"));
}

}  // namespace lamina
