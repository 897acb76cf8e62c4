// Where the points of a picture come to lie: shifts, turns, stretches and mirrors in the plane, and what they do to boxes, polygons and masks.
// Coordinates in pixels, x to the right and y down; pixel (i, j) covers i … i+1, j … j+1.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lamina {

struct PlaneSize {
    std::int64_t channels = 0, height = 0, width = 0;
};

struct PlanePoint {
    double x = 0, y = 0;
};

struct PlaneBox {
    double left = 0, top = 0, right = 0, bottom = 0;
    bool empty() const { return right <= left || bottom <= top; }
    double area() const { return empty() ? 0 : (right - left) * (bottom - top); }
};

/// (x, y) → (a x + b y + shiftX, c x + d y + shiftY); can always be undone.
struct PlaneMap {
    double a = 1, b = 0, c = 0, d = 1, shiftX = 0, shiftY = 0;

    /// A map with these four that leaves `centre` where it is.
    static PlaneMap about(PlanePoint centre, double a, double b, double c, double d);
    bool isNothing() const { return a == 1 && b == 0 && c == 0 && d == 1 && shiftX == 0 && shiftY == 0; }
    /// First this one, then `next`.
    PlaneMap then(const PlaneMap& next) const;
    PlaneMap undone() const;
};

PlanePoint transformPoint(const PlaneMap& map, PlanePoint point);
std::vector<PlanePoint> transformPolygon(const PlaneMap& map, std::span<const PlanePoint> polygon, const PlaneSize& frame);
/// The box around the four corners, cut at the frame; `visible`, where given: the share of its area that is left.
PlaneBox transformBox(const PlaneMap& map, const PlaneBox& box, const PlaneSize& frame, double* visible = nullptr);
/// height × width values (classes); each pixel takes that of the nearest, what comes from outside the frame becomes `outside`.
std::vector<std::uint8_t> transformMask(const PlaneMap& map, std::span<const std::uint8_t> mask, const PlaneSize& frame, std::uint8_t outside = 0);

/// The picture under the map, between pixels linearly; beyond its edges lies its mirror image. `kept`: memory, reused.
void transformPixels(const PlaneMap& map, const PlaneSize& size, std::span<float> values, std::vector<float>& kept);

}  // namespace lamina
