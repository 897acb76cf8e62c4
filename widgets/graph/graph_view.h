// The canvas: looking around (zoom, scroll, fit), what is selected, keys and drops. It changes nothing itself: it says what somebody wants.
#pragma once

#include <QGraphicsView>

#include "widgets/graph/canvas_gestures.h"
#include "widgets/graph/graph_scene.h"

namespace lamina {

/// MIME type of a layer dragged from the palette: its id.
inline constexpr const char* layerMimeType = "application/x-lamina-layer";

class GraphView : public QGraphicsView {
    Q_OBJECT
public:
    explicit GraphView(GraphScene* scene, QWidget* parent = nullptr);

    GraphScene& graph() const { return *m_graph; }
    void setReadOnly(bool readOnly);
    bool readOnly() const { return m_readOnly; }
    double zoom() const { return transform().m11(); }
    void zoomBy(double factor);
    void zoomTo(double scale);
    /// What lies at `fixed` (in the viewport) stays there.
    void zoomAt(QPoint fixed, double factor);
    /// Both stay so when the canvas changes its size, until somebody zooms or scrolls.
    void fitAll() { fit(0); }
    /// Everything where that can be read, else where the network begins.
    void showReadable();
    /// Scrolls as little as it takes to show the node.
    void showNode(const std::string& id);
    void centreOnNode(const std::string& id);
    /// After nodes came or moved: room to scroll, without what is seen moving.
    void updateRoom();
    QRectF visibleArea() const;
    void scrollBy(QPoint way);

    // What is selected. The order of picking is kept: links go from the first to the last.
    const NodeIds& selection() const { return m_selected; }
    const std::string& current() const { return m_current; }
    const std::optional<NetworkEdge>& selectedEdge() const { return m_selectedEdge; }
    void select(const NodeIds& nodes, const std::string& current = {});
    void selectEdge(const NetworkEdge& edge);
    /// Ends whatever the mouse is in the middle of, without an effect.
    void cancelGesture();
    bool inGesture() const;

signals:
    void selectionChanged();
    void viewChanged();
    void moveWanted(double dx, double dy);  ///< of the selection
    void connectWanted(const std::string& from, const std::string& to, int port);
    void reconnectWanted(const lamina::NetworkEdge& old, const std::string& to, int port);
    void disconnectWanted(const lamina::NetworkEdge& edge);
    void insertWanted(const std::string& node, const lamina::NetworkEdge& edge);
    /// A layer of the palette was let go: on a link, or `edge` nullptr.
    void layerDropped(const std::string& type, QPointF place, const lamina::NetworkEdge* edge);
    void fixWanted(const std::string& node);
    void propertiesWanted();
    void walkWanted(bool forward);
    void menuWanted(QPoint globalPlace, QPointF scenePlace);
    void keyWanted(QKeyEvent* event);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawBackground(QPainter* painter, const QRectF& area) override;
    void changeEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void fit(double least);
    void scrollTo(QPointF place, QPoint at);
    const NetworkEdge* edgeUnderDrag(const QByteArray& type, QPointF place) const;
    void showSelection();

    GraphScene* m_graph;
    CanvasGestures m_gestures;
    bool m_readOnly = false;
    bool m_fitted = false;        ///< fitted, and shall be when the canvas changes its size
    bool m_ownScrolling = false;  ///< nobody has asked for it: what was fitted still is
    double m_fitLeast = 0;

    NodeIds m_selected;
    std::string m_current;
    std::optional<NetworkEdge> m_selectedEdge;
};

}  // namespace lamina
