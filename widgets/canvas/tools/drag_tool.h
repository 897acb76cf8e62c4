// Shapes with two corners: pressed in one, released in the other (or clicked in both).
#pragma once

#include "widgets/canvas/canvas_tool.h"

namespace lamina {

/// Box or ellipse. Shift: width and height alike. A click without a drag sets the first corner, the next click the second.
class DragTool : public CanvasTool {
public:
    DragTool(CanvasView& view, ShapeKind kind) : CanvasTool(view), m_kind(kind) {}

    void press(const CanvasPointer& at) override;
    void move(const CanvasPointer& at, bool pressed) override;
    void release(const CanvasPointer& at) override;
    void paint(QPainter& painter) const override;
    std::optional<AnnotationShape> draft() const override;
    void restore(const AnnotationShape& draft) override;
    bool cancel() override;

private:
    AnnotationShape shape() const;
    void take(const CanvasPointer& at);
    void finish();

    ShapeKind m_kind;
    std::optional<QPointF> m_first;
    QPointF m_second, m_pressedAt;
    bool m_clicked = false;  ///< the first corner was set by a click, the mouse is not held
};

}  // namespace lamina
