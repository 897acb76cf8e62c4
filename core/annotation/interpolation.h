// Shapes between two shapes: what a thing that moves from one picture to a later one looks like on the way.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/annotation/annotation.h"

namespace lamina {

/// `part` of the way from `from` (0) to `to` (1), along straight lines; turned the shorter way round. Boxes, ellipses, lines and key points need as many
/// points in both; polygons of one ring may have different ones; masks must be of pictures of one size (mask_blend.h). Nothing for spans, ranges and what does not fit
/// together.
std::optional<AnnotationShape> shapeBetween(const AnnotationShape& from, const AnnotationShape& to, double part);

/// Which shape of `to` goes on from which of `from` (indexes): of the same class and kind, the nearest ones first, each at most once.
std::vector<std::pair<std::size_t, std::size_t>> continuations(const std::vector<AnnotationShape>& from, const std::vector<AnnotationShape>& to);

}  // namespace lamina
