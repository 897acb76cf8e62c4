#include "widgets/graph/canvas_gestures.h"

#include <QApplication>
#include <QMouseEvent>
#include <QRubberBand>

#include <algorithm>
#include <cmath>

#include "widgets/graph/graph_view.h"

namespace lamina {
namespace {

constexpr double grid = 8, edgeReach = 6, portReach = 9;
/// So many moving nodes are drawn faster with the whole viewport than piece by piece.
constexpr std::size_t manyNodes = 40;

double onGrid(double way) { return std::round(way / grid) * grid; }

}  // namespace

CanvasGestures::CanvasGestures(GraphView& view)
    : m_view(view), m_graph(view.graph()), m_link(view.graph()), m_band(new QRubberBand(QRubberBand::Rectangle, view.viewport())) {}

/// A pixel of the viewport in the scene's units.
double CanvasGestures::reach() const { return 1 / m_view.zoom(); }

void CanvasGestures::press(QMouseEvent* event) {
    m_pressed = event->pos();
    m_pressedScene = m_view.mapToScene(event->pos());
    const bool panning = event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_spaceHeld);
    if (panning) return startPanning(event->pos());
    if (event->button() == Qt::LeftButton) pressAt(m_pressedScene, event->modifiers());
}

void CanvasGestures::startPanning(QPoint at) {
    m_gesture = Gesture::Panning;
    m_pressed = at;
    m_view.viewport()->setCursor(Qt::ClosedHandCursor);
}

void CanvasGestures::pressAt(QPointF place, Qt::KeyboardModifiers modifiers) {
    const bool toggle = modifiers & (Qt::ControlModifier | Qt::ShiftModifier), editable = !m_view.readOnly();
    if (const auto fix = m_graph.fixAt(place); fix && editable) return emit m_view.fixWanted(*fix);
    if (editable && !toggle && m_link.beginAt(place, reach())) {
        m_gesture = Gesture::Linking;
        return;
    }
    if (const auto* item = m_graph.nodeAt(place)) return pressNode(item->id(), toggle);
    if (const auto* edge = m_graph.edgeAt(place, edgeReach * reach())) return m_view.selectEdge(*edge);
    m_before = toggle ? m_view.selection() : NodeIds{};
    if (!toggle) m_view.select({});
    m_gesture = Gesture::Band;
}

void CanvasGestures::pressNode(const std::string& id, bool toggle) {
    NodeIds nodes = toggle || m_view.selection().count(id) ? m_view.selection() : NodeIds{};
    const bool remove = toggle && nodes.count(id);
    if (remove) nodes.erase(id);
    else nodes.insert(id);
    m_view.select(nodes, remove ? std::string() : id);
    if (!remove && !m_view.readOnly()) m_gesture = Gesture::Pressed;
}

void CanvasGestures::move(QMouseEvent* event) {
    const QPointF place = m_view.mapToScene(event->pos());
    switch (m_gesture) {
        case Gesture::None: return updateCursor(place);
        case Gesture::Panning: return pan(event->pos());
        case Gesture::Pressed:
            if ((event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance()) return;
            m_gesture = Gesture::Moving;
            if (m_view.selection().size() > manyNodes) m_view.setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
            [[fallthrough]];
        case Gesture::Moving: return moveTo(place);
        case Gesture::Linking: return m_link.follow(place, reach());
        case Gesture::Band: return bandTo(event->pos());
    }
}

void CanvasGestures::updateCursor(QPointF place) {
    const double near = std::max(portReach, portReach * reach());
    const bool editable = !m_view.readOnly();
    const bool port = editable && (m_graph.outputPortAt(place, near) || m_graph.inputPortAt(place, near));
    const bool button = editable && m_graph.fixAt(place);
    m_view.viewport()->setCursor(m_spaceHeld ? Qt::OpenHandCursor : port ? Qt::CrossCursor : button ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void CanvasGestures::pan(QPoint to) {
    m_view.scrollBy(m_pressed - to);
    m_pressed = to;
}

void CanvasGestures::moveTo(QPointF place) {
    const QPointF by = place - m_pressedScene;
    m_movedBy = {onGrid(by.x()), onGrid(by.y())};
    m_graph.showMoved(m_view.selection(), m_movedBy);
    if (canInsert()) m_graph.setEdgeTarget(edgeUnderSelection());
}

bool CanvasGestures::canInsert() const {
    if (m_view.selection().size() != 1) return false;
    const std::string& id = *m_view.selection().begin();
    const auto& edges = m_graph.network().edges;
    const NetworkNode* node = m_graph.network().node(id);
    const GraphLayer* layer = node ? m_graph.layer(node->type) : nullptr;
    return layer && layer->maximumInputs > 0 &&
           std::none_of(edges.begin(), edges.end(), [&](const auto& edge) { return edge.from == id || edge.to == id; });
}

const NetworkEdge* CanvasGestures::edgeUnderSelection() const {
    return m_graph.edgeUnderCard(m_graph.node(*m_view.selection().begin())->card().center());
}

void CanvasGestures::bandTo(QPoint to) {
    const QRect area = QRect(m_pressed, to).normalized();
    m_band->setGeometry(area);
    m_band->show();
    NodeIds nodes = m_graph.nodesIn(m_view.mapToScene(area).boundingRect());
    nodes.insert(m_before.begin(), m_before.end());
    if (nodes != m_view.selection()) m_view.select(nodes);
}

void CanvasGestures::release(QMouseEvent* event) {
    const Gesture gesture = m_gesture;
    if (gesture == Gesture::Moving) finishMoving();
    else if (gesture == Gesture::Linking) finishLink(m_view.mapToScene(event->pos()));
    else cancel();
}

void CanvasGestures::finishMoving() {
    const NetworkEdge* under = canInsert() ? edgeUnderSelection() : nullptr;
    const std::optional<NetworkEdge> edge = under ? std::optional(*under) : std::nullopt;
    const QPointF by = m_movedBy;
    cancel();
    if (edge) emit m_view.insertWanted(*m_view.selection().begin(), *edge);
    else if (!by.isNull()) emit m_view.moveWanted(by.x(), by.y());
}

void CanvasGestures::finishLink(QPointF place) {
    const LinkDrawing::End end = m_link.endAt(place, reach());
    const bool moved = (m_view.mapFromScene(place) - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    cancel();
    if (!moved) return end.lifted ? m_view.selectEdge(*end.lifted) : m_view.select({end.from}, end.from);
    if (end.lifted && end.target.empty()) emit m_view.disconnectWanted(*end.lifted);
    else if (end.lifted && (end.lifted->to != end.target || end.lifted->toPort != end.port))
        emit m_view.reconnectWanted(*end.lifted, end.target, end.port);
    else if (!end.lifted && !end.target.empty())
        emit m_view.connectWanted(end.forward ? end.from : end.target, end.forward ? end.target : end.from, end.port);
}

void CanvasGestures::cancel() {
    const bool moved = m_gesture == Gesture::Moving;
    m_gesture = Gesture::None;
    m_movedBy = {};
    m_band->hide();
    m_link.cancel();
    m_graph.setEdgeTarget(nullptr);
    if (moved) m_graph.showMoved(m_view.selection(), {});
    m_view.setViewportUpdateMode(QGraphicsView::MinimalViewportUpdate);
    m_view.viewport()->unsetCursor();
}

}  // namespace lamina
