#include "core/annotation/outer_rings.h"

#include "core/annotation/mask_outline.h"

namespace lamina {

OuterRings outerRingsOf(const AnnotationShape& shape) {
    constexpr double halfPixel = 0.5;
    OuterRings outer;
    outer.exact = shape.kind == ShapeKind::Polygon;
    AnnotationShape polygon = shape.kind == ShapeKind::Mask ? polygonOfMask(shape, {halfPixel, 0}) : shape;
    auto rings = outlineOf(polygon);
    for (std::size_t i = 0; i < rings.size(); ++i) {
        const bool hole = i < polygon.holes.size() && polygon.holes[i];
        if (hole || rings[i].size() < 3) outer.exact = false;
        else outer.rings.push_back(std::move(rings[i]));
    }
    return outer;
}

}  // namespace lamina
