// What is left of a shape in formats that know rings of points and no holes.
#pragma once

#include <vector>

#include "core/annotation/annotation.h"

namespace lamina {

struct OuterRings {
    std::vector<std::vector<ShapePoint>> rings;  ///< each of three points or more
    bool exact = true;                           ///< they say all that the shape says
};
/// The rings around the parts of a polygon, box, ellipse or mask (the border of its pixels, followed to half a pixel). None for other kinds, and where nothing
/// is covered.
OuterRings outerRingsOf(const AnnotationShape& shape);

}  // namespace lamina
