// From covered pixels to polygons with holes, and back.
#pragma once

#include <cstdint>
#include <vector>

#include "core/annotation/annotation.h"

namespace lamina {

/// Covered pixels (not 0) of a part of a picture, row by row. Nothing outside of the part is covered.
struct PixelRegion {
    std::int64_t left = 0, top = 0, width = 0, height = 0;
    std::vector<std::uint8_t> covered;
    bool isEmpty() const { return covered.empty(); }
    bool contains(std::int64_t x, std::int64_t y) const {
        x -= left;
        y -= top;
        return x >= 0 && y >= 0 && x < width && y < height && covered[static_cast<std::size_t>(y * width + x)] != 0;
    }
};

struct OutlineOptions {
    double tolerance = 0;  ///< pixels that the line may leave the pixels' border by (see simplifiedRing)
    double leastArea = 0;  ///< pieces and holes with fewer pixels are left out
};

/// The borders of the covered pixels as rings through the pixels' corners: outsides clockwise as seen, each followed by its holes' rings wherever they
/// are found. Pixels that touch at a corner alone belong to different rings. Without tolerance and least area, rasterise() gives the same pixels again.
struct MaskOutline {
    std::vector<std::vector<ShapePoint>> parts;
    std::vector<bool> holes;
};
MaskOutline outlineOfRegion(const PixelRegion& region, const OutlineOptions& options = {});

/// The covered part of a mask, and a region as a mask of a picture of this size (what lies outside of it is cut off).
PixelRegion regionOfMask(const MaskRuns& mask);
MaskRuns maskOfRegion(const PixelRegion& region, std::int64_t width, std::int64_t height);
/// What any of both covers; what the first covers and the second does not.
PixelRegion unitedRegions(const PixelRegion& a, const PixelRegion& b);
PixelRegion regionWithout(const PixelRegion& a, const PixelRegion& b);

/// A mask as a polygon, and a polygon, box or ellipse as a mask of a picture of this size; class and attributes stay. Other kinds, and masks that cover
/// nothing, stay as they are.
AnnotationShape polygonOfMask(AnnotationShape mask, const OutlineOptions& options = {});
AnnotationShape maskOfPolygon(AnnotationShape polygon, std::int64_t width, std::int64_t height);

/// Fewer points, none of those left out further than `tolerance` from the line. D. H. Douglas, T. K. Peucker, 1973. A ring keeps at least three points where
/// it has them; its last point joins its first. A line keeps both ends.
std::vector<ShapePoint> simplifiedRing(const std::vector<ShapePoint>& ring, double tolerance);
std::vector<ShapePoint> simplifiedLine(const std::vector<ShapePoint>& line, double tolerance);

}  // namespace lamina
