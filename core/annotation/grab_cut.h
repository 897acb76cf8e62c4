// An object cut out of what is around it: a box says where it is, strokes say what belongs to it. C. Rother, V. Kolmogorov, A. Blake, "GrabCut: interactive
// foreground extraction using iterated graph cuts", 2004; the cut is OpenCV's, in a module that is loaded when it is first needed.
#pragma once

#include <string>
#include <vector>

#include "core/annotation/colour_region.h"
#include "core/base/result.h"

namespace lamina {

struct GrabCutStroke {
    std::vector<ShapePoint> points;  ///< in pixels of the picture; one alone: a dot
    double radius = 4;               ///< pixels of the picture
    bool object = true;              ///< false: what is under it does not belong to the object
    bool operator==(const GrabCutStroke&) const = default;
};

struct GrabCutQuestion {
    PixelRect box;                       ///< around the object; cut at the picture's border
    std::vector<GrabCutStroke> strokes;  ///< later ones over earlier ones; may leave the box
    std::int64_t edge = 400;             ///< the longest side of the smaller copy whose border is cut
    std::string module;                  ///< its path; empty: $LAMINA_GRAB_CUT_MODULE, beside the program, ../bin, ../lib/lamina
};

/// The object, at the picture's full size: found in a copy of the box and its surroundings of at most 160 pixels, its border in a larger one, and along
/// that each pixel by the colours near it. The same every time. Empty where there is nothing to find: a box without any area, or one colour alone. Photos
/// take 0.1 to 0.3 s, whatever their size. Any thread. "grab_cut.not_built" {where}, "grab_cut.not_loaded" {reason}, "grab_cut.failed" {reason}, "job.cancelled".
Result<PixelRegion> objectInBox(const PixelView& picture, const GrabCutQuestion& question, const CancelToken& cancel = {});

}  // namespace lamina
