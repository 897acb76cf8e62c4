#include "widgets/graph/graph_view.h"

#include <QApplication>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QRubberBand>
#include <QScrollBar>

#include <cmath>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr double smallestZoom = 0.08, readableZoom = 0.8, largestZoom = 3, zoomStep = 1.2, grid = 8, roomAround = 1500;
/// So many moving nodes are drawn faster with the whole viewport than piece by piece.
constexpr std::size_t manyNodes = 40;

double onGrid(double way) { return std::round(way / grid) * grid; }

}  // namespace

GraphView::GraphView(GraphScene* scene, QWidget* parent)
    : QGraphicsView(scene, parent), m_graph(scene), m_band(new QRubberBand(QRubberBand::Rectangle, viewport())) {
    setObjectName(QStringLiteral("canvas"));
    setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    setViewportUpdateMode(MinimalViewportUpdate);
    setOptimizationFlags(DontAdjustForAntialiasing | DontSavePainterState);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setFrameShape(NoFrame);
    // The wheel, the mini-map, the middle button and Space with the mouse scroll; bars would only show how much room is left around.
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAcceptDrops(true);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 120);
    updateRoom();
}

void GraphView::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    cancelGesture();
}

// Looking around.

void GraphView::zoomTo(double scale) { zoomBy(std::clamp(scale, smallestZoom, largestZoom) / zoom()); }

void GraphView::zoomBy(double factor) { zoomAt(viewport()->rect().center(), factor); }

void GraphView::zoomAt(QPoint fixed, double factor) {
    const double wanted = std::clamp(zoom() * factor, smallestZoom, largestZoom);
    const QPointF place = mapToScene(fixed);
    m_fitted = false;
    setTransform(QTransform::fromScale(wanted, wanted));
    scrollTo(place, fixed);
    emit viewChanged();
}

void GraphView::scrollTo(QPointF place, QPoint at) {
    const QPoint shift = mapFromScene(place) - at;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + shift.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + shift.y());
}

void GraphView::showReadable() { fit(readableZoom); }

/// The whole network at a scale of at least `least`; where it is larger than the canvas then, its beginning.
void GraphView::fit(double least) {
    const QRectF all = m_graph->bounds();
    if (all.isEmpty()) {
        resetTransform();
        centerOn(0, 0);
        return;
    }
    const QRectF wanted = all.adjusted(-40, -40, 40, 40);
    const double whole = std::min({1.0, viewport()->width() / wanted.width(), viewport()->height() / wanted.height()});
    const double scale = std::max({whole, least, smallestZoom});
    setTransform(QTransform::fromScale(scale, scale));
    centerOn(wanted.center());
    if (viewport()->height() < wanted.height() * scale) scrollTo(QPointF(wanted.center().x(), wanted.top()), QPoint(viewport()->width() / 2, 0));
    if (viewport()->width() < wanted.width() * scale) scrollTo(QPointF(wanted.left(), mapToScene(0, 0).y()), QPoint(0, 0));
    m_fitted = true;
    m_fitLeast = least;
    emit viewChanged();
}

void GraphView::showNode(const std::string& id) {
    if (const auto* item = m_graph->node(id)) ensureVisible(item->card(), 40, 40);
}

void GraphView::centreOnNode(const std::string& id) {
    if (const auto* item = m_graph->node(id)) centerOn(item->card().center());
}

void GraphView::updateRoom() {
    const QRectF all = m_graph->bounds();
    const QRectF room = (all.isEmpty() ? QRectF(0, 0, 1, 1) : all).adjusted(-roomAround, -roomAround, roomAround, roomAround);
    if (m_graph->sceneRect() == room) return;
    const QPointF corner = mapToScene(QPoint(0, 0));
    m_graph->setSceneRect(room);
    scrollTo(corner, {0, 0});
    emit viewChanged();
}

QRectF GraphView::visibleArea() const { return mapToScene(viewport()->rect()).boundingRect(); }

void GraphView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier)) return QGraphicsView::wheelEvent(event);
    zoomAt(event->position().toPoint(), std::pow(zoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void GraphView::scrollContentsBy(int dx, int dy) {
    QGraphicsView::scrollContentsBy(dx, dy);
    m_fitted = false;
    emit viewChanged();
}

void GraphView::resizeEvent(QResizeEvent* event) {
    const bool fitted = m_fitted;
    QGraphicsView::resizeEvent(event);
    if (fitted) return fit(m_fitLeast);
    emit viewChanged();
}

void GraphView::drawBackground(QPainter* painter, const QRectF& area) {
    painter->fillRect(area, themeColours().window);
    if (zoom() < 0.5) return;
    constexpr double step = 32;
    const double size = 2 / zoom();
    QVarLengthArray<QRectF, 2000> dots;
    for (double x = std::floor(area.left() / step) * step; x < area.right(); x += step)
        for (double y = std::floor(area.top() / step) * step; y < area.bottom(); y += step) dots.append({x, y, size, size});
    painter->setPen(Qt::NoPen);
    painter->setBrush(themeColours().border);
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->drawRects(dots.constData(), static_cast<int>(dots.size()));
    painter->setRenderHint(QPainter::Antialiasing, true);
}

void GraphView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) m_graph->refresh();
    QGraphicsView::changeEvent(event);
}

// Selection.

void GraphView::showSelection() {
    m_graph->setSelection(m_selected, m_current, m_selectedEdge);
    emit selectionChanged();
}

void GraphView::select(const NodeIds& nodes, const std::string& current) {
    m_selected.clear();
    for (const auto& id : nodes)
        if (m_graph->node(id)) m_selected.insert(id);
    m_current = m_selected.count(current)     ? current
                : m_selected.count(m_current) ? m_current
                : m_selected.empty()          ? std::string()
                                              : *m_selected.begin();
    m_selectedEdge.reset();
    showSelection();
}

void GraphView::selectEdge(const NetworkEdge& edge) {
    m_selected.clear();
    m_current.clear();
    m_selectedEdge = edge;
    showSelection();
}

// The mouse.

void GraphView::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->pos();
    m_pressedScene = mapToScene(event->pos());
    const bool panning = event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_spaceHeld);
    if (panning) return startPanning(event->pos());
    if (event->button() == Qt::LeftButton) pressAt(m_pressedScene, event->modifiers());
}

void GraphView::startPanning(QPoint at) {
    m_gesture = Gesture::Panning;
    m_pressed = at;
    viewport()->setCursor(Qt::ClosedHandCursor);
}

void GraphView::pressAt(QPointF place, Qt::KeyboardModifiers modifiers) {
    const bool toggle = modifiers & (Qt::ControlModifier | Qt::ShiftModifier);
    if (const auto fix = m_graph->fixAt(place); fix && !m_readOnly) {
        emit fixWanted(*fix);
        return;
    }
    if (!m_readOnly && !toggle && pressPort(place)) return;
    if (const auto* item = m_graph->nodeAt(place)) return pressNode(item->id(), toggle);
    if (const auto* edge = m_graph->edgeAt(place, reach(6))) return selectEdge(*edge);
    m_before = toggle ? m_selected : NodeIds{};
    if (!toggle) select({});
    m_gesture = Gesture::Band;
}

bool GraphView::pressPort(QPointF place) {
    const double near = std::max(9.0, reach(9));
    if (const auto port = m_graph->outputPortAt(place, near)) {
        m_lifted.reset();
        startConnecting(*port, true);
        return true;
    }
    const auto input = m_graph->inputPortAt(place, near);
    if (!input) return false;
    const NetworkEdge* edge = m_graph->edgeInto(input->node, input->port);
    m_lifted = edge ? std::optional(*edge) : std::nullopt;
    m_linkPort = input->port;
    startConnecting(edge ? edge->from : input->node, edge != nullptr);
    return true;
}

void GraphView::pressNode(const std::string& id, bool toggle) {
    NodeIds nodes = toggle ? m_selected : m_selected.count(id) ? m_selected : NodeIds{};
    const bool remove = toggle && nodes.count(id);
    if (remove) nodes.erase(id);
    else nodes.insert(id);
    select(nodes, remove ? std::string() : id);
    if (!remove && !m_readOnly) m_gesture = Gesture::Pressed;
}

void GraphView::startConnecting(const std::string& node, bool forward) {
    m_gesture = Gesture::Connecting;
    m_linkNode = node;
    m_linkForward = forward;
    m_targets = targetsOf(node, forward);
    m_graph->setTargets(&m_targets);
    if (m_lifted) m_graph->hideEdge(&*m_lifted);
    connectTo(m_pressedScene);
}

NodeIds GraphView::targetsOf(const std::string& node, bool forward) const {
    const Network& network = m_graph->network();
    // Forward, whatever feeds the source would close a circle; backward, whatever the target feeds.
    const NodeIds circle = forward ? upstreamOf(network, node) : downstreamOf(network, node);
    NodeIds targets;
    for (const auto& candidate : network.nodes) {
        const GraphLayer* layer = m_graph->layer(candidate.type);
        const bool takes = !layer || layer->maximumInputs > 0;
        if (!circle.count(candidate.id) && (takes || !forward)) targets.insert(candidate.id);
    }
    return targets;
}

void GraphView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF place = mapToScene(event->pos());
    switch (m_gesture) {
        case Gesture::None: return updateCursor(place);
        case Gesture::Panning: return pan(event->pos());
        case Gesture::Pressed:
            if ((event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance()) return;
            m_gesture = Gesture::Moving;
            if (m_selected.size() > manyNodes) setViewportUpdateMode(FullViewportUpdate);
            [[fallthrough]];
        case Gesture::Moving: return moveTo(place);
        case Gesture::Connecting: return connectTo(place);
        case Gesture::Band: return bandTo(event->pos());
    }
}

void GraphView::updateCursor(QPointF place) {
    const bool port = !m_readOnly && (m_graph->outputPortAt(place, std::max(9.0, reach(9))) || m_graph->inputPortAt(place, std::max(9.0, reach(9))));
    const bool button = !m_readOnly && m_graph->fixAt(place);
    viewport()->setCursor(m_spaceHeld ? Qt::OpenHandCursor : port ? Qt::CrossCursor : button ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void GraphView::pan(QPoint to) {
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - (to.x() - m_pressed.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() - (to.y() - m_pressed.y()));
    m_pressed = to;
}

void GraphView::moveTo(QPointF place) {
    const QPointF by = place - m_pressedScene;
    m_movedBy = {onGrid(by.x()), onGrid(by.y())};
    m_graph->showMoved(m_selected, m_movedBy);
    if (canInsert()) m_graph->setEdgeTarget(edgeUnderSelection());
}

bool GraphView::canInsert() const {
    if (m_selected.size() != 1) return false;
    const std::string& id = *m_selected.begin();
    const auto& edges = m_graph->network().edges;
    const NetworkNode* node = m_graph->network().node(id);
    const GraphLayer* layer = node ? m_graph->layer(node->type) : nullptr;
    return layer && layer->maximumInputs > 0 &&
           std::none_of(edges.begin(), edges.end(), [&](const auto& edge) { return edge.from == id || edge.to == id; });
}

const NetworkEdge* GraphView::edgeUnderSelection() const { return m_graph->edgeUnderCard(m_graph->node(*m_selected.begin())->card().center()); }

std::string GraphView::targetAt(QPointF place) const {
    const double near = std::max(14.0, reach(14));
    if (m_linkForward)
        if (const auto input = m_graph->inputPortAt(place, near); input && m_targets.count(input->node)) return input->node;
    if (!m_linkForward)
        if (const auto output = m_graph->outputPortAt(place, near); output && m_targets.count(*output)) return *output;
    const auto* item = m_graph->nodeAt(place);
    return item && m_targets.count(item->id()) ? item->id() : std::string();
}

int GraphView::portAt(const std::string& node, QPointF place) const {
    const auto input = m_graph->inputPortAt(place, std::max(14.0, reach(14)));
    if (input && input->node == node) return input->port;
    const GraphLayer* layer = m_graph->layer(m_graph->network().node(node)->type);
    const int free = freePort(m_graph->network(), node);
    return layer && free >= layer->maximumInputs ? std::max(0, layer->maximumInputs - 1) : free;
}

void GraphView::connectTo(QPointF place) {
    const std::string target = targetAt(place);
    QPointF end = place;
    if (!target.empty()) end = m_linkForward ? m_graph->node(target)->inputPort(portAt(target, place)) : m_graph->node(target)->outputPort();
    const auto* node = m_graph->node(m_linkNode);
    if (m_linkForward) m_graph->showLooseEdge(node->outputPort(), end);
    else m_graph->showLooseEdge(end, node->inputPort(m_linkPort));
}

void GraphView::bandTo(QPoint to) {
    const QRect area = QRect(m_pressed, to).normalized();
    m_band->setGeometry(area);
    m_band->show();
    NodeIds nodes = m_graph->nodesIn(mapToScene(area).boundingRect());
    nodes.insert(m_before.begin(), m_before.end());
    if (nodes != m_selected) select(nodes);
}

void GraphView::mouseReleaseEvent(QMouseEvent* event) {
    const Gesture gesture = m_gesture;
    const QPointF place = mapToScene(event->pos());
    if (gesture == Gesture::Moving) finishMoving();
    else if (gesture == Gesture::Connecting) finishConnecting(place);
    else cancelGesture();
}

void GraphView::finishMoving() {
    const NetworkEdge* under = canInsert() ? edgeUnderSelection() : nullptr;
    const std::optional<NetworkEdge> edge = under ? std::optional(*under) : std::nullopt;
    const QPointF by = m_movedBy;
    cancelGesture();
    if (edge) emit insertWanted(*m_selected.begin(), *edge);
    else if (!by.isNull()) emit moveWanted(by.x(), by.y());
}

void GraphView::finishConnecting(QPointF place) {
    const std::string target = targetAt(place);
    const int port = target.empty() || !m_linkForward ? m_linkPort : portAt(target, place);
    const auto lifted = m_lifted;
    const std::string node = m_linkNode;
    const bool forward = m_linkForward;
    const bool moved = (mapFromScene(place) - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    cancelGesture();
    if (!moved) return lifted ? selectEdge(*lifted) : select({node}, node);
    if (lifted && target.empty()) emit disconnectWanted(*lifted);
    else if (lifted && (lifted->to != target || lifted->toPort != port)) emit reconnectWanted(*lifted, target, port);
    else if (!lifted && !target.empty()) emit connectWanted(forward ? node : target, forward ? target : node, port);
}

void GraphView::cancelGesture() {
    const bool moved = m_gesture == Gesture::Moving;
    m_gesture = Gesture::None;
    m_movedBy = {};
    m_lifted.reset();
    m_band->hide();
    m_graph->hideLooseEdge();
    m_graph->hideEdge(nullptr);
    m_graph->setTargets(nullptr);
    m_graph->setEdgeTarget(nullptr);
    if (moved) m_graph->showMoved(m_selected, {});
    setViewportUpdateMode(MinimalViewportUpdate);
    viewport()->unsetCursor();
}

void GraphView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QPointF place = mapToScene(event->pos());
    if (event->button() == Qt::LeftButton && m_graph->nodeAt(place)) emit propertiesWanted();
}

void GraphView::contextMenuEvent(QContextMenuEvent* event) {
    cancelGesture();
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const auto* currentItem = m_graph->node(m_current);
    const QPointF place = byKey && currentItem ? currentItem->card().center() : mapToScene(event->pos());
    if (!byKey) {
        if (const auto* item = m_graph->nodeAt(place)) {
            if (!m_selected.count(item->id())) select({item->id()}, item->id());
        } else if (const auto* edge = m_graph->edgeAt(place, reach(6))) {
            selectEdge(*edge);
        }
    }
    emit menuWanted(byKey ? viewport()->mapToGlobal(mapFromScene(place)) : event->globalPos(), place);
}

// Keys.

void GraphView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        if (inGesture()) cancelGesture();
        else select({});
        return;
    }
    if (event->key() == Qt::Key_Space) {
        if (!event->isAutoRepeat()) m_spaceHeld = true;
        return;
    }
    event->ignore();
    emit keyWanted(event);
    if (!event->isAccepted()) QGraphicsView::keyPressEvent(event);
}

void GraphView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) m_spaceHeld = false;
    QGraphicsView::keyReleaseEvent(event);
}

void GraphView::focusOutEvent(QFocusEvent* event) {
    m_spaceHeld = false;
    QGraphicsView::focusOutEvent(event);
}

bool GraphView::focusNextPrevChild(bool next) {
    const std::string before = m_current;
    emit walkWanted(next);
    // At the end of the network Tab goes on to the next widget.
    return before != m_current || QGraphicsView::focusNextPrevChild(next);
}

// Layers dragged from the palette.

void GraphView::dragEnterEvent(QDragEnterEvent* event) {
    if (!m_readOnly && event->mimeData()->hasFormat(QLatin1String(layerMimeType))) event->acceptProposedAction();
    else event->ignore();
}

const NetworkEdge* GraphView::edgeUnderDrag(const QByteArray& type, QPointF place) const {
    const GraphLayer* layer = m_graph->layer(type.toStdString());
    return layer && layer->maximumInputs > 0 ? m_graph->edgeUnderCard(place) : nullptr;
}

void GraphView::dragMoveEvent(QDragMoveEvent* event) {
    if (m_readOnly || !event->mimeData()->hasFormat(QLatin1String(layerMimeType))) return event->ignore();
    m_graph->setEdgeTarget(edgeUnderDrag(event->mimeData()->data(QLatin1String(layerMimeType)), mapToScene(event->position().toPoint())));
    event->acceptProposedAction();
}

void GraphView::dragLeaveEvent(QDragLeaveEvent*) { m_graph->setEdgeTarget(nullptr); }

void GraphView::dropEvent(QDropEvent* event) {
    if (m_readOnly || !event->mimeData()->hasFormat(QLatin1String(layerMimeType))) return event->ignore();
    const QByteArray type = event->mimeData()->data(QLatin1String(layerMimeType));
    const QPointF place = mapToScene(event->position().toPoint());
    const NetworkEdge* under = edgeUnderDrag(type, place);
    const std::optional<NetworkEdge> edge = under ? std::optional(*under) : std::nullopt;
    m_graph->setEdgeTarget(nullptr);
    event->acceptProposedAction();
    emit layerDropped(type.toStdString(), place, edge ? &*edge : nullptr);
    setFocus(Qt::OtherFocusReason);
}

}  // namespace lamina
