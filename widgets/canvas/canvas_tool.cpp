#include "widgets/canvas/canvas_tool.h"

#include <algorithm>

namespace lamina {

const CanvasToolType* canvasTool(const std::string& name) {
    const auto& all = canvasTools();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto* type) { return type->name == name; });
    return found == all.end() ? nullptr : *found;
}

}  // namespace lamina
