// The tool that takes away from masks.
#include <QCoreApplication>

#include "widgets/canvas/tools/brush_tool.h"

namespace lamina {

const CanvasToolType& eraser_tool() {
    static const CanvasToolType type{
        "eraser", "eraser", QT_TRANSLATE_NOOP("CanvasTool", "Eraser"),
        QT_TRANSLATE_NOOP("CanvasTool", "Take away from the mask that the stroke touches; {tool_smaller} and {tool_larger} change the size."), "E", std::nullopt,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<BrushTool>(view, true); }};
    return type;
}

}  // namespace lamina
