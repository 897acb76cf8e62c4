#include "core/data/augmentations/plane_map.h"

#include <algorithm>
#include <cmath>

namespace lamina {
namespace {

/// Whole pixel numbers, mirrored back into 0 … n-1.
std::int64_t mirrored(std::int64_t i, std::int64_t n) {
    const std::int64_t period = 2 * n;
    i %= period;
    if (i < 0) i += period;
    return i < n ? i : period - 1 - i;
}

PlanePoint crossing(PlanePoint p, PlanePoint q, double atP, double atQ) {
    const double t = atP / (atP - atQ);
    return {p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)};
}

/// The part of the polygon where `inside` ≥ 0 (Sutherland and Hodgman 1974).
template <class Inside>
std::vector<PlanePoint> cutPolygon(const std::vector<PlanePoint>& polygon, Inside inside) {
    std::vector<PlanePoint> kept;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const PlanePoint p = polygon[i], q = polygon[(i + 1) % polygon.size()];
        const double atP = inside(p), atQ = inside(q);
        if (atP >= 0) kept.push_back(p);
        if ((atP >= 0) != (atQ >= 0)) kept.push_back(crossing(p, q, atP, atQ));
    }
    return kept;
}

}  // namespace

PlaneMap PlaneMap::about(PlanePoint centre, double a, double b, double c, double d) {
    return {a, b, c, d, centre.x - a * centre.x - b * centre.y, centre.y - c * centre.x - d * centre.y};
}

PlaneMap PlaneMap::then(const PlaneMap& next) const {
    return {next.a * a + next.b * c,
            next.a * b + next.b * d,
            next.c * a + next.d * c,
            next.c * b + next.d * d,
            next.a * shiftX + next.b * shiftY + next.shiftX,
            next.c * shiftX + next.d * shiftY + next.shiftY};
}

PlaneMap PlaneMap::undone() const {
    const double det = a * d - b * c;
    return {d / det, -b / det, -c / det, a / det, (b * shiftY - d * shiftX) / det, (c * shiftX - a * shiftY) / det};
}

PlanePoint transformPoint(const PlaneMap& map, PlanePoint point) {
    return {map.a * point.x + map.b * point.y + map.shiftX, map.c * point.x + map.d * point.y + map.shiftY};
}

std::vector<PlanePoint> transformPolygon(const PlaneMap& map, std::span<const PlanePoint> polygon, const PlaneSize& frame) {
    std::vector<PlanePoint> moved;
    for (const PlanePoint point : polygon) moved.push_back(transformPoint(map, point));
    const auto width = static_cast<double>(frame.width), height = static_cast<double>(frame.height);
    moved = cutPolygon(moved, [](PlanePoint p) { return p.x; });
    moved = cutPolygon(moved, [](PlanePoint p) { return p.y; });
    moved = cutPolygon(moved, [width](PlanePoint p) { return width - p.x; });
    return cutPolygon(moved, [height](PlanePoint p) { return height - p.y; });
}

PlaneBox transformBox(const PlaneMap& map, const PlaneBox& box, const PlaneSize& frame, double* visible) {
    const PlanePoint corners[] = {{box.left, box.top}, {box.right, box.top}, {box.left, box.bottom}, {box.right, box.bottom}};
    PlaneBox moved{1e300, 1e300, -1e300, -1e300};
    for (const PlanePoint corner : corners) {
        const PlanePoint p = transformPoint(map, corner);
        moved = {std::min(moved.left, p.x), std::min(moved.top, p.y), std::max(moved.right, p.x), std::max(moved.bottom, p.y)};
    }
    PlaneBox cut{std::max(moved.left, 0.0), std::max(moved.top, 0.0), std::min(moved.right, static_cast<double>(frame.width)),
                 std::min(moved.bottom, static_cast<double>(frame.height))};
    if (cut.empty()) cut = {};
    if (visible) *visible = moved.area() > 0 ? cut.area() / moved.area() : 0;
    return cut;
}

std::vector<std::uint8_t> transformMask(const PlaneMap& map, std::span<const std::uint8_t> mask, const PlaneSize& frame, std::uint8_t outside) {
    const PlaneMap back = map.undone();
    std::vector<std::uint8_t> moved(mask.size(), outside);
    std::size_t out = 0;
    for (std::int64_t y = 0; y < frame.height; ++y) {
        for (std::int64_t x = 0; x < frame.width; ++x, ++out) {
            const PlanePoint from = transformPoint(back, {static_cast<double>(x) + 0.5, static_cast<double>(y) + 0.5});
            const auto fromX = static_cast<std::int64_t>(std::floor(from.x)), fromY = static_cast<std::int64_t>(std::floor(from.y));
            if (fromX >= 0 && fromX < frame.width && fromY >= 0 && fromY < frame.height)
                moved[out] = mask[static_cast<std::size_t>(fromY * frame.width + fromX)];
        }
    }
    return moved;
}

void transformPixels(const PlaneMap& map, const PlaneSize& size, std::span<float> values, std::vector<float>& kept) {
    const PlaneMap back = map.undone();
    const std::int64_t area = size.height * size.width;
    kept.assign(values.begin(), values.end());
    std::int64_t out = 0;
    for (std::int64_t y = 0; y < size.height; ++y) {
        for (std::int64_t x = 0; x < size.width; ++x, ++out) {
            const PlanePoint from = transformPoint(back, {static_cast<double>(x) + 0.5, static_cast<double>(y) + 0.5});
            const double left = std::floor(from.x - 0.5), top = std::floor(from.y - 0.5);
            const auto u = static_cast<float>(from.x - 0.5 - left), v = static_cast<float>(from.y - 0.5 - top);
            const auto column = static_cast<std::int64_t>(left), line = static_cast<std::int64_t>(top);
            const bool within = column >= 0 && line >= 0 && column + 1 < size.width && line + 1 < size.height;
            const std::int64_t x0 = within ? column : mirrored(column, size.width), x1 = within ? column + 1 : mirrored(column + 1, size.width);
            const std::int64_t y0 = (within ? line : mirrored(line, size.height)) * size.width,
                               y1 = (within ? line + 1 : mirrored(line + 1, size.height)) * size.width;
            for (std::int64_t channel = 0; channel < size.channels; ++channel) {
                const float* const plane = kept.data() + channel * area;
                const float upper = plane[y0 + x0] + u * (plane[y0 + x1] - plane[y0 + x0]);
                const float lower = plane[y1 + x0] + u * (plane[y1 + x1] - plane[y1 + x0]);
                values[static_cast<std::size_t>(channel * area + out)] = upper + v * (lower - upper);
            }
        }
    }
}

}  // namespace lamina
