#include "core/annotation/interpolation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/annotation/mask_blend.h"

namespace lamina {
namespace {

using Ring = std::vector<ShapePoint>;

constexpr std::size_t mostRingPoints = 256;

double distance(const ShapePoint& a, const ShapePoint& b) { return std::hypot(a.x - b.x, a.y - b.y); }

ShapePoint onTheWay(const ShapePoint& a, const ShapePoint& b, double part) { return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part}; }

double interpolatedArea(const Ring& ring) {
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto &a = ring[i], &b = ring[(i + 1) % ring.size()];
        sum += a.x * b.y - b.x * a.y;
    }
    return sum / 2;
}

/// So many points at equal distances along the border.
Ring spaced(const Ring& ring, std::size_t count) {
    double whole = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) whole += distance(ring[i], ring[(i + 1) % ring.size()]);
    Ring points;
    double gone = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double wanted = whole * static_cast<double>(i) / static_cast<double>(count);
        double side = distance(ring[at], ring[(at + 1) % ring.size()]);
        while (at + 1 < ring.size() && gone + side < wanted) {
            gone += side;
            ++at;
            side = distance(ring[at], ring[(at + 1) % ring.size()]);
        }
        points.push_back(onTheWay(ring[at], ring[(at + 1) % ring.size()], side > 0 ? (wanted - gone) / side : 0));
    }
    return points;
}

/// Begun at the point that makes the ways of all points shortest.
Ring alignedTo(const Ring& ring, const Ring& other) {
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t shift = 0; shift < ring.size(); ++shift) {
        double sum = 0;
        for (std::size_t i = 0; i < ring.size() && sum < least; ++i) {
            const double way = distance(ring[(i + shift) % ring.size()], other[i]);
            sum += way * way;
        }
        if (sum < least) {
            least = sum;
            best = shift;
        }
    }
    Ring turned = ring;
    std::rotate(turned.begin(), turned.begin() + static_cast<std::ptrdiff_t>(best), turned.end());
    return turned;
}

bool haveEqualPoints(const AnnotationShape& a, const AnnotationShape& b) {
    if (a.parts.size() != b.parts.size()) return false;
    for (std::size_t i = 0; i < a.parts.size(); ++i)
        if (a.parts[i].size() != b.parts[i].size()) return false;
    return true;
}

ShapePoint middleOf(const AnnotationShape& shape) {
    const ShapeBounds bounds = boundsOf(shape);
    return {(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2};
}

std::optional<AnnotationShape> paintedBetween(const AnnotationShape& from, const AnnotationShape& to, double part) {
    AnnotationShape between = part < 0.5 ? from : to;
    between.label = from.label;
    between.mask = maskBetween(from.mask, to.mask, part);
    if (areaOf(between.mask) == 0) return {};
    return between;
}

}  // namespace

std::optional<AnnotationShape> shapeBetween(const AnnotationShape& from, const AnnotationShape& to, double part) {
    if (from.kind == ShapeKind::Mask && to.kind == ShapeKind::Mask) return paintedBetween(from, to, part);
    if (from.kind != to.kind || from.kind == ShapeKind::Span || from.kind == ShapeKind::Range || from.parts.empty()) return {};
    auto first = from.parts, second = to.parts;
    if (!haveEqualPoints(from, to)) {
        if (from.kind != ShapeKind::Polygon || first.size() != 1 || second.size() != 1 || first[0].size() < 3 || second[0].size() < 3) return {};
        const std::size_t count = std::min(std::max(first[0].size(), second[0].size()), mostRingPoints);
        if (interpolatedArea(first[0]) * interpolatedArea(second[0]) < 0) std::reverse(second[0].begin(), second[0].end());
        first[0] = spaced(first[0], count);
        second[0] = alignedTo(spaced(second[0], count), first[0]);
    }
    AnnotationShape between = part < 0.5 ? from : to;
    between.label = from.label;
    between.parts = first;
    for (std::size_t i = 0; i < first.size(); ++i)
        for (std::size_t j = 0; j < first[i].size(); ++j) between.parts[i][j] = onTheWay(first[i][j], second[i][j], part);
    between.rotation = from.rotation + std::remainder(to.rotation - from.rotation, 360.0) * part;
    return between;
}

std::vector<std::pair<std::size_t, std::size_t>> continuations(const std::vector<AnnotationShape>& from, const std::vector<AnnotationShape>& to) {
    struct Pair {
        double way;
        std::size_t from, to;
    };
    std::vector<Pair> all;
    for (std::size_t i = 0; i < from.size(); ++i)
        for (std::size_t j = 0; j < to.size(); ++j)
            if (from[i].label == to[j].label && from[i].kind == to[j].kind) all.push_back({distance(middleOf(from[i]), middleOf(to[j])), i, j});
    std::stable_sort(all.begin(), all.end(), [](const Pair& a, const Pair& b) { return a.way < b.way; });
    std::vector<bool> used(from.size()), reached(to.size());
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (const auto& pair : all) {
        if (used[pair.from] || reached[pair.to]) continue;
        used[pair.from] = reached[pair.to] = true;
        pairs.emplace_back(pair.from, pair.to);
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

}  // namespace lamina
