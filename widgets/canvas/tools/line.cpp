// The tool that draws lines.
#include <QCoreApplication>

#include "widgets/canvas/tools/path_tool.h"

namespace lamina {

const CanvasToolType& line_tool() {
    static const CanvasToolType type{
        "line", "line", QT_TRANSLATE_NOOP("CanvasTool", "Line"),
        QT_TRANSLATE_NOOP("CanvasTool", "Click point after point, or draw with the button held; {finish} or a double click ends it."), "L", ShapeKind::Polyline,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<PathTool>(view, ShapeKind::Polyline); }};
    return type;
}

}  // namespace lamina
