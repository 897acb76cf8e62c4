// Shapes of many points: clicked one after the other, or drawn with the button held.
#pragma once

#include "widgets/canvas/canvas_tool.h"

namespace lamina {

/// Polygon or line. Enter, a double click or (polygon) a click on the first point ends it; Backspace takes the last point back; Esc drops all.
/// A polygon that is begun inside a selected one with Ctrl held becomes a hole in it.
class PathTool : public CanvasTool {
public:
    PathTool(CanvasView& view, ShapeKind kind) : CanvasTool(view), m_kind(kind) {}

    void press(const CanvasPointer& at) override;
    void move(const CanvasPointer& at, bool pressed) override;
    bool doubleClick(const CanvasPointer& at) override;
    bool key(const QKeyEvent& event) override;
    void paint(QPainter& painter) const override;
    std::optional<AnnotationShape> draft() const override;
    void restore(const AnnotationShape& draft) override;
    bool cancel() override;

private:
    bool closes(const CanvasPointer& at) const;
    void append(QPointF point);
    void finish();
    bool finishHole(const AnnotationShape& ring);

    ShapeKind m_kind;
    std::vector<ShapePoint> m_points;
    std::optional<QPointF> m_mouse;  ///< picture, snapped
    QString m_holeIn;
};

}  // namespace lamina
