// What the mouse does on the canvas: pan, pick, move, draw links, span a band. It changes nothing itself: the view says what somebody wants.
#pragma once

#include <QPoint>
#include <QPointF>

#include "widgets/graph/link_drawing.h"

class QMouseEvent;
class QRubberBand;

namespace lamina {

class GraphView;

class CanvasGestures {
public:
    explicit CanvasGestures(GraphView& view);

    void press(QMouseEvent* event);
    void move(QMouseEvent* event);
    void release(QMouseEvent* event);
    /// Ends whatever the mouse is in the middle of, without an effect.
    void cancel();
    bool active() const { return m_gesture != Gesture::None; }
    /// While it is held the left button pans.
    void holdSpace(bool held) { m_spaceHeld = held; }

private:
    enum class Gesture { None, Pressed, Moving, Linking, Band, Panning };

    double reach() const;
    void startPanning(QPoint at);
    void pressAt(QPointF place, Qt::KeyboardModifiers modifiers);
    void pressNode(const std::string& id, bool toggle);
    void updateCursor(QPointF place);
    void pan(QPoint to);
    void moveTo(QPointF place);
    void bandTo(QPoint to);
    void finishMoving();
    void finishLink(QPointF place);
    bool canInsert() const;
    const NetworkEdge* edgeUnderSelection() const;

    GraphView& m_view;
    GraphScene& m_graph;
    LinkDrawing m_link;
    QRubberBand* m_band;
    Gesture m_gesture = Gesture::None;
    bool m_spaceHeld = false;
    QPoint m_pressed;  ///< in the viewport
    QPointF m_pressedScene, m_movedBy;
    NodeIds m_before;  ///< selected when a band began
};

}  // namespace lamina
