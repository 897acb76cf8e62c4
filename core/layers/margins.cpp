#include "core/layers/margins.h"

namespace lamina {

std::vector<AxisMargin> marginsByAxis(const Margins& margins, std::size_t axes) {
    if (axes == 3) return {{2, margins[1], margins[3]}};
    return {{2, margins[0], margins[2]}, {3, margins[1], margins[3]}};
}

bool hasPlaces(LayerContext& context) {
    const std::size_t axes = context.shape().size();
    if (axes == 3 || axes == 4) return true;
    context.refuse(fail("layer.needs_places", {{"shape", shapeText(context.shape())}}));
    return false;
}

}  // namespace lamina
