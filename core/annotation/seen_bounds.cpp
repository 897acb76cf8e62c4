#include "core/annotation/seen_bounds.h"

#include <algorithm>
#include <limits>

namespace lamina {

ShapeBounds seenBoundsOf(const AnnotationShape& shape, std::int64_t width, std::int64_t height) {
    const auto rings = shape.rotation == 0 ? std::vector<std::vector<ShapePoint>>() : outlineOf(shape);
    constexpr double far = std::numeric_limits<double>::max();
    ShapeBounds seen{far, far, -far, -far};
    for (const auto& ring : rings)
        for (const ShapePoint& point : ring)
            seen = {std::min(seen.left, point.x), std::min(seen.top, point.y), std::max(seen.right, point.x), std::max(seen.bottom, point.y)};
    if (seen.left > seen.right) return boundsOf(shape);
    const auto cut = [](double value, std::int64_t size) { return size > 0 ? std::clamp(value, 0.0, static_cast<double>(size)) : value; };
    return {cut(seen.left, width), cut(seen.top, height), cut(seen.right, width), cut(seen.bottom, height)};
}

}  // namespace lamina
