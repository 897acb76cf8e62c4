#include "core/layers/margins.h"

namespace lamina {

std::vector<AxisMargin> marginsByAxis(const Margins& margins, std::size_t axes) {
    if (axes == 3) return {{2, margins[1], margins[3]}};
    return {{2, margins[0], margins[2]}, {3, margins[1], margins[3]}};
}

}  // namespace lamina
