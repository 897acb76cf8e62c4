// The tool that draws ellipses.
#include <QCoreApplication>

#include "widgets/canvas/tools/drag_tool.h"

namespace lamina {

const CanvasToolType& ellipse_tool() {
    static const CanvasToolType type{
        "ellipse", "ellipse", QT_TRANSLATE_NOOP("CanvasTool", "Ellipse"),
        QT_TRANSLATE_NOOP("CanvasTool", "Draw an ellipse: drag from corner to corner of its box. Shift makes a circle."), "O", ShapeKind::Ellipse,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<DragTool>(view, ShapeKind::Ellipse); }};
    return type;
}

}  // namespace lamina
