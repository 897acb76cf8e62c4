// The tool that paints masks.
#include <QCoreApplication>

#include "widgets/canvas/tools/brush_tool.h"

namespace lamina {

const CanvasToolType& brush_tool() {
    static const CanvasToolType type{
        "brush", "brush", QT_TRANSLATE_NOOP("CanvasTool", "Brush"),
        QT_TRANSLATE_NOOP("CanvasTool", "Paint a mask; {tool_smaller} and {tool_larger} change the size of the brush. With a mask selected, it grows; else a new one begins."), "B", ShapeKind::Mask,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<BrushTool>(view, false); }};
    return type;
}

}  // namespace lamina
