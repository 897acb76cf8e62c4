#include "widgets/graph/graph_view.h"

#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <cmath>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr double smallestZoom = 0.08, readableZoom = 0.8, largestZoom = 3, zoomStep = 1.2, roomAround = 1500;

}  // namespace

GraphView::GraphView(GraphScene* scene, QWidget* parent)
    : QGraphicsView(scene, parent), m_graph(scene), m_gestures(*this) {
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
    scrollBy(shift);
}

void GraphView::scrollBy(QPoint way) {
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + way.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + way.y());
}

void GraphView::showReadable() { fit(readableZoom); }

/// The whole network at a scale of at least `least`; where it is larger than the canvas then, its beginning.
void GraphView::fit(double least) {
    m_fitted = true;
    m_fitLeast = least;
    const QScopedValueRollback<bool> own(m_ownScrolling, true);
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
    emit viewChanged();
}

void GraphView::showNode(const std::string& id) {
    const auto* item = m_graph->node(id);
    if (!item) return;
    if (m_fitted) fit(m_fitLeast);  // it may have grown
    if (!visibleArea().contains(item->card())) ensureVisible(item->card(), 40, 40);
}

void GraphView::centreOnNode(const std::string& id) {
    if (const auto* item = m_graph->node(id)) centerOn(item->card().center());
}

void GraphView::updateRoom() {
    const QRectF all = m_graph->bounds();
    const QRectF room = (all.isEmpty() ? QRectF(0, 0, 1, 1) : all).adjusted(-roomAround, -roomAround, roomAround, roomAround);
    if (m_graph->sceneRect() == room) return;
    const QScopedValueRollback<bool> own(m_ownScrolling, true);
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
    if (!m_ownScrolling) m_fitted = false;
    emit viewChanged();
}

void GraphView::resizeEvent(QResizeEvent* event) {
    const auto* item = m_graph->node(m_current);
    const bool seen = item && mapToScene(QRect(QPoint(), event->oldSize())).boundingRect().contains(item->card());
    {
        const QScopedValueRollback<bool> own(m_ownScrolling, true);
        QGraphicsView::resizeEvent(event);
    }
    if (m_fitted) return fit(m_fitLeast);
    if (seen) ensureVisible(item->card(), 8, 8);
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

void GraphView::cancelGesture() { m_gestures.cancel(); }
bool GraphView::inGesture() const { return m_gestures.active(); }
void GraphView::mousePressEvent(QMouseEvent* event) { m_gestures.press(event); }
void GraphView::mouseMoveEvent(QMouseEvent* event) { m_gestures.move(event); }
void GraphView::mouseReleaseEvent(QMouseEvent* event) { m_gestures.release(event); }

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
        } else if (const auto* edge = m_graph->edgeAt(place, 6 / zoom())) {
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
        if (!event->isAutoRepeat()) m_gestures.holdSpace(true);
        return;
    }
    event->ignore();
    emit keyWanted(event);
    if (!event->isAccepted()) QGraphicsView::keyPressEvent(event);
}

void GraphView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) m_gestures.holdSpace(false);
    QGraphicsView::keyReleaseEvent(event);
}

void GraphView::focusOutEvent(QFocusEvent* event) {
    m_gestures.holdSpace(false);
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
