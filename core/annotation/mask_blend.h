// A mask between two masks: what a painted thing looks like on the way from one picture to a later one.
#pragma once

#include "core/annotation/annotation.h"

namespace lamina {

/// `part` of the way from `from` (0) to `to` (1): the middle of what is covered moves along a straight line, the shape around it changes from one to the
/// other: signed distances to both borders are mixed (S. P. Raya, J. K. Udupa, "Shape-based interpolation of multidimensional objects", 1990). 0 and 1
/// give the masks themselves. Covers nothing where the masks belong to pictures of different sizes, or one of them covers nothing. About 0.1 µs a
/// pixel of the box around both.
MaskRuns maskBetween(const MaskRuns& from, const MaskRuns& to, double part);

}  // namespace lamina
