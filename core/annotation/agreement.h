// How far annotators agree: on classes (Cohen's and Fleiss' kappa, Krippendorff's alpha) and on shapes (overlap of those that match).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/annotation/annotation.h"

namespace lamina {

/// Of two annotators: 1 full agreement, 0 as chance would have it; NaN where it is not defined (no items, or one class alone).
/// `a`, `b`: class indexes of the same items. J. Cohen, 1960.
enum class KappaWeights { None, Linear, Quadratic };
double cohenKappa(std::span<const std::int64_t> a, std::span<const std::int64_t> b, KappaWeights weights = KappaWeights::None);

/// Of several annotators, each item judged by the same number of them. `counts`: how many gave each class, one row per item. J. L. Fleiss, 1971.
double fleissKappa(const std::vector<std::vector<std::int64_t>>& counts);

/// Of any number of annotators with gaps. `ratings`: a row for each annotator, a value for each item, NaN where it gave none. K. Krippendorff, 2011.
enum class AlphaLevel { Nominal, Interval };
double krippendorffAlpha(const std::vector<std::vector<double>>& ratings, AlphaLevel level = AlphaLevel::Nominal);

/// Intersection over union, 0 … 1. Upright boxes exactly, other shapes by their pixels (width × height of the picture; 0: of their bounds). Shapes
/// without area overlap with nothing; spans and ranges by their lengths.
double overlapOf(const AnnotationShape& a, const AnnotationShape& b, std::int64_t width = 0, std::int64_t height = 0);

struct ShapeMatch {
    std::size_t a = 0, b = 0;  ///< indexes
    double overlap = 0;
};
/// Each shape with at most one of the other list, the largest overlaps first, none below `least`; whatever their classes.
std::vector<ShapeMatch> matchShapes(const std::vector<AnnotationShape>& a, const std::vector<AnnotationShape>& b, double least = 0.5,
                                    std::int64_t width = 0, std::int64_t height = 0);

}  // namespace lamina
