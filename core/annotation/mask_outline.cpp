#include "core/annotation/mask_outline.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lamina {

namespace {

/// The region with a border of uncovered pixels, so that no neighbour has to be asked for.
class PaddedPixels {
public:
    explicit PaddedPixels(const PixelRegion& region) : m_stride(region.width + 2), m_pixels(static_cast<std::size_t>(m_stride * (region.height + 2))) {
        for (std::int64_t y = 0; y < region.height; ++y)
            for (std::int64_t x = 0; x < region.width; ++x)
                m_pixels[place(x, y)] = region.covered[static_cast<std::size_t>(y * region.width + x)] != 0 ? inside : 0;
    }
    bool at(std::int64_t x, std::int64_t y) const { return m_pixels[place(x, y)] != 0; }
    /// A pixel whose left side is border and was not followed yet.
    bool begins(std::int64_t x, std::int64_t y) const { return m_pixels[place(x, y)] == inside && m_pixels[place(x, y) - 1] == 0; }
    void follow(std::int64_t x, std::int64_t y) { m_pixels[place(x, y)] = followed; }

private:
    static constexpr std::uint8_t inside = 1, followed = 2;
    std::size_t place(std::int64_t x, std::int64_t y) const { return static_cast<std::size_t>((y + 1) * m_stride + x + 1); }
    std::int64_t m_stride;
    std::vector<std::uint8_t> m_pixels;
};

constexpr int stepX[] = {0, 1, 0, -1}, stepY[] = {-1, 0, 1, 0};  // up, right, down, left

/// The pixel before a corner that one comes to, to the left or right of the way.
bool aheadOf(const PaddedPixels& pixels, std::int64_t x, std::int64_t y, int way, bool right) {
    static constexpr int leftX[] = {-1, 0, 0, -1}, leftY[] = {-1, -1, 0, 0};
    const int of = right ? (way + 1) % 4 : way;
    return pixels.at(x + leftX[of], y + leftY[of]);
}

/// Around from the left side of a pixel, what is covered at the right hand.
std::vector<ShapePoint> followBorder(PaddedPixels& pixels, std::int64_t startX, std::int64_t startY) {
    std::vector<ShapePoint> ring;
    std::int64_t x = startX, y = startY + 1;
    int way = 0;
    do {
        if (way == 0) pixels.follow(x, y - 1);
        x += stepX[way];
        y += stepY[way];
        const int before = way;
        if (!aheadOf(pixels, x, y, way, true)) way = (way + 1) % 4;
        else if (aheadOf(pixels, x, y, way, false)) way = (way + 3) % 4;
        if (way != before) ring.push_back({static_cast<double>(x), static_cast<double>(y)});
    } while (x != startX || y != startY + 1 || way != 0);
    return ring;
}

double signedArea(const std::vector<ShapePoint>& ring) {
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const ShapePoint &a = ring[i], &b = ring[(i + 1) % ring.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return twice / 2;
}

double distanceToSegment(const ShapePoint& p, const ShapePoint& a, const ShapePoint& b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/// Marks which points between two kept ones are kept too.
void keepFar(const std::vector<ShapePoint>& line, std::size_t first, std::size_t last, double tolerance, std::vector<bool>& kept) {
    std::vector<std::pair<std::size_t, std::size_t>> open{{first, last}};
    while (!open.empty()) {
        const auto [from, to] = open.back();
        open.pop_back();
        double farthest = tolerance;
        std::size_t best = from;
        for (std::size_t i = from + 1; i < to; ++i) {
            const double distance = distanceToSegment(line[i], line[from], line[to]);
            if (distance <= farthest) continue;
            farthest = distance;
            best = i;
        }
        if (best == from) continue;
        kept[best] = true;
        open.push_back({from, best});
        open.push_back({best, to});
    }
}

std::vector<ShapePoint> keptOf(const std::vector<ShapePoint>& line, const std::vector<bool>& kept) {
    std::vector<ShapePoint> points;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (kept[i]) points.push_back(line[i]);
    return points;
}

std::size_t farthestFrom(const std::vector<ShapePoint>& line, const ShapePoint& from) {
    const auto squared = [&](const ShapePoint& p) { return (p.x - from.x) * (p.x - from.x) + (p.y - from.y) * (p.y - from.y); };
    return static_cast<std::size_t>(std::max_element(line.begin(), line.end(), [&](const auto& a, const auto& b) { return squared(a) < squared(b); }) - line.begin());
}

/// Calls `take(x, y, length)` for each run of covered pixels down a column.
template <class Take>
void eachRun(const MaskRuns& mask, Take take) {
    std::int64_t at = 0;
    for (std::size_t i = 0; i < mask.runs.size() && mask.height > 0; ++i) {
        std::int64_t left = i % 2 == 1 ? mask.runs[i] : 0;
        for (std::int64_t from = at; left > 0;) {
            const std::int64_t length = std::min(left, mask.height - from % mask.height);
            if (from / mask.height < mask.width) take(from / mask.height, from % mask.height, length);
            from += length;
            left -= length;
        }
        at += mask.runs[i];
    }
}

PixelRegion emptyRegion(std::int64_t left, std::int64_t top, std::int64_t right, std::int64_t bottom) {
    PixelRegion region{left, top, std::max<std::int64_t>(right - left, 0), std::max<std::int64_t>(bottom - top, 0), {}};
    region.covered.resize(static_cast<std::size_t>(region.width * region.height));
    return region;
}

}  // namespace

std::vector<ShapePoint> simplifiedLine(const std::vector<ShapePoint>& line, double tolerance) {
    if (line.size() < 3 || tolerance <= 0) return line;
    std::vector<bool> kept(line.size());
    kept.front() = kept.back() = true;
    keepFar(line, 0, line.size() - 1, tolerance, kept);
    return keptOf(line, kept);
}

std::vector<ShapePoint> simplifiedRing(const std::vector<ShapePoint>& ring, double tolerance) {
    if (ring.size() < 4 || tolerance <= 0) return ring;
    // Both ends of the longest way through the ring are corners whatever the tolerance; the point that begins it may lie on a side.
    const std::size_t first = farthestFrom(ring, ring[0]);
    std::vector<ShapePoint> turned(ring.begin() + static_cast<std::ptrdiff_t>(first), ring.end());
    turned.insert(turned.end(), ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(first));
    turned.push_back(turned[0]);
    const std::size_t middle = farthestFrom(turned, turned[0]);
    std::vector<bool> kept(turned.size());
    kept[0] = kept[middle] = true;
    keepFar(turned, 0, middle, tolerance, kept);
    keepFar(turned, middle, turned.size() - 1, tolerance, kept);
    auto points = keptOf(turned, kept);
    return points.size() >= 3 ? points : ring;
}

MaskOutline outlineOfRegion(const PixelRegion& region, const OutlineOptions& options) {
    MaskOutline outline;
    PaddedPixels pixels(region);
    for (std::int64_t y = 0; y < region.height; ++y)
        for (std::int64_t x = 0; x < region.width; ++x) {
            if (!pixels.begins(x, y)) continue;
            auto ring = followBorder(pixels, x, y);
            const double area = signedArea(ring);
            if (std::abs(area) < options.leastArea) continue;
            ring = simplifiedRing(ring, options.tolerance);
            for (ShapePoint& point : ring) point = {point.x + static_cast<double>(region.left), point.y + static_cast<double>(region.top)};
            outline.parts.push_back(std::move(ring));
            outline.holes.push_back(area < 0);
        }
    return outline;
}

PixelRegion regionOfMask(const MaskRuns& mask) {
    AnnotationShape shape;
    shape.kind = ShapeKind::Mask;
    shape.mask = mask;
    const ShapeBounds bounds = boundsOf(shape);
    const auto whole = [](double value) { return static_cast<std::int64_t>(value); };
    PixelRegion region = emptyRegion(whole(bounds.left), whole(bounds.top), std::min(whole(bounds.right), mask.width), whole(bounds.bottom));
    eachRun(mask, [&](std::int64_t x, std::int64_t y, std::int64_t length) {
        for (std::int64_t i = 0; i < length; ++i) region.covered[static_cast<std::size_t>((y + i - region.top) * region.width + x - region.left)] = 1;
    });
    return region;
}

MaskRuns maskOfRegion(const PixelRegion& region, std::int64_t width, std::int64_t height) {
    MaskRuns mask{width, height, {}};
    std::uint32_t run = 0;
    bool inside = false;
    const auto put = [&](bool covered, std::int64_t count) {
        if (count <= 0) return;
        if (covered != inside) {
            mask.runs.push_back(run);
            run = 0;
            inside = covered;
        }
        run += static_cast<std::uint32_t>(count);
    };
    const std::int64_t top = std::clamp<std::int64_t>(region.top, 0, height), bottom = std::clamp<std::int64_t>(region.top + region.height, top, height);
    for (std::int64_t x = 0; x < width; ++x) {
        if (x < region.left || x >= region.left + region.width) {
            put(false, height);
            continue;
        }
        put(false, top);
        for (std::int64_t y = top; y < bottom; ++y) put(region.covered[static_cast<std::size_t>((y - region.top) * region.width + x - region.left)] != 0, 1);
        put(false, height - bottom);
    }
    mask.runs.push_back(run);
    return mask;
}

PixelRegion unitedRegions(const PixelRegion& a, const PixelRegion& b) {
    if (a.isEmpty()) return b;
    if (b.isEmpty()) return a;
    PixelRegion region = emptyRegion(std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.left + a.width, b.left + b.width), std::max(a.top + a.height, b.top + b.height));
    for (const PixelRegion* from : {&a, &b})
        for (std::int64_t y = 0; y < from->height; ++y)
            for (std::int64_t x = 0; x < from->width; ++x)
                if (from->covered[static_cast<std::size_t>(y * from->width + x)] != 0)
                    region.covered[static_cast<std::size_t>((y + from->top - region.top) * region.width + x + from->left - region.left)] = 1;
    return region;
}

PixelRegion regionWithout(const PixelRegion& a, const PixelRegion& b) {
    PixelRegion region = a;
    for (std::int64_t y = 0; y < a.height; ++y)
        for (std::int64_t x = 0; x < a.width; ++x)
            if (b.contains(x + a.left, y + a.top)) region.covered[static_cast<std::size_t>(y * a.width + x)] = 0;
    return region;
}

AnnotationShape polygonOfMask(AnnotationShape mask, const OutlineOptions& options) {
    if (mask.kind != ShapeKind::Mask) return mask;
    auto outline = outlineOfRegion(regionOfMask(mask.mask), options);
    if (outline.parts.empty()) return mask;
    mask.kind = ShapeKind::Polygon;
    mask.mask = {};
    mask.parts = std::move(outline.parts);
    mask.holes = std::move(outline.holes);
    return mask;
}

AnnotationShape maskOfPolygon(AnnotationShape polygon, std::int64_t width, std::int64_t height) {
    const auto rings = outlineOf(polygon);
    if (rings.empty()) return polygon;
    polygon.mask = rasterise(rings, width, height);
    polygon.kind = ShapeKind::Mask;
    polygon.parts.clear();
    polygon.holes.clear();
    polygon.rotation = 0;
    return polygon;
}

}  // namespace lamina
