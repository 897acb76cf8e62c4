// The tool that draws boxes.
#include <QCoreApplication>

#include "widgets/canvas/tools/drag_tool.h"

namespace lamina {

const CanvasToolType& box_tool() {
    static const CanvasToolType type{
        "box", "box", QT_TRANSLATE_NOOP("CanvasTool", "Box"),
        QT_TRANSLATE_NOOP("CanvasTool", "Draw a box: drag from corner to corner, or click both corners. Shift keeps it square."), "R", ShapeKind::Box,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<DragTool>(view, ShapeKind::Box); }};
    return type;
}

}  // namespace lamina
