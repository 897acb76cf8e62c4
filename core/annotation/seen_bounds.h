// The upright box around a shape as it is seen: what a format gets that knows no turned shapes.
#pragma once

#include "core/annotation/annotation.h"

namespace lamina {

/// Of a turned box or ellipse the box around its outline, cut at the border of a picture of this size (0: not cut); of all others boundsOf().
ShapeBounds seenBoundsOf(const AnnotationShape& shape, std::int64_t width = 0, std::int64_t height = 0);

}  // namespace lamina
