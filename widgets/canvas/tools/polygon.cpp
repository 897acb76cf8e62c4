// The tool that draws polygons.
#include <QCoreApplication>

#include "widgets/canvas/tools/path_tool.h"

namespace lamina {

const CanvasToolType& polygon_tool() {
    static const CanvasToolType type{
        "polygon", "polygon", QT_TRANSLATE_NOOP("CanvasTool", "Polygon"),
        QT_TRANSLATE_NOOP("CanvasTool", "Click point after point, or draw with the button held; {finish} or a click on the first point closes it. Begun inside a polygon with Ctrl held, it becomes a hole."), "P", ShapeKind::Polygon,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<PathTool>(view, ShapeKind::Polygon); }};
    return type;
}

}  // namespace lamina
