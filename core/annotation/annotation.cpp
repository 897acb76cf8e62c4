#include "core/annotation/annotation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace lamina {

const char* shapeKindName(ShapeKind kind) {
    constexpr const char* names[] = {"box", "polygon", "polyline", "points", "ellipse", "mask", "span", "range"};
    return names[static_cast<std::size_t>(kind)];
}

namespace {

ShapeBounds boundsOfMask(const MaskRuns& mask) {
    ShapeBounds bounds{std::numeric_limits<double>::max(), std::numeric_limits<double>::max(), 0, 0};
    std::int64_t at = 0;
    for (std::size_t i = 0; i < mask.runs.size(); ++i) {
        const std::int64_t length = mask.runs[i];
        if (i % 2 == 1 && length > 0 && mask.height > 0) {
            const std::int64_t last = at + length - 1;
            bounds.left = std::min(bounds.left, static_cast<double>(at / mask.height));
            bounds.right = std::max(bounds.right, static_cast<double>(last / mask.height + 1));
            const bool oneColumn = at / mask.height == last / mask.height;
            bounds.top = std::min(bounds.top, oneColumn ? static_cast<double>(at % mask.height) : 0.0);
            bounds.bottom = std::max(bounds.bottom, oneColumn ? static_cast<double>(last % mask.height + 1) : static_cast<double>(mask.height));
        }
        at += length;
    }
    return bounds.right == 0 ? ShapeBounds{} : bounds;
}

Error shapeError(const char* code, const AnnotatedImage& image, std::size_t number, const AnnotationShape& shape) {
    return fail(code, {{"file", image.file}, {"number", std::to_string(number + 1)}, {"label", shape.label}});
}

}  // namespace

ShapeBounds boundsOf(const AnnotationShape& shape) {
    if (shape.kind == ShapeKind::Mask) return boundsOfMask(shape.mask);
    if (shape.kind == ShapeKind::Span || shape.kind == ShapeKind::Range) return {shape.begin, 0, shape.end, 0};
    ShapeBounds bounds{std::numeric_limits<double>::max(), std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(),
                       std::numeric_limits<double>::lowest()};
    bool any = false;
    for (const auto& part : shape.parts)
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (shape.kind == ShapeKind::Points && i < shape.visibility.size() && shape.visibility[i] == 0) continue;
            any = true;
            bounds.left = std::min(bounds.left, part[i].x);
            bounds.top = std::min(bounds.top, part[i].y);
            bounds.right = std::max(bounds.right, part[i].x);
            bounds.bottom = std::max(bounds.bottom, part[i].y);
        }
    return any ? bounds : ShapeBounds{};
}

bool isDegenerate(const AnnotationShape& shape) {
    const ShapeBounds bounds = boundsOf(shape);
    switch (shape.kind) {
        case ShapeKind::Box:
        case ShapeKind::Ellipse: return !(bounds.width() > 0 && bounds.height() > 0);
        case ShapeKind::Polygon:
            return shape.parts.empty() || std::any_of(shape.parts.begin(), shape.parts.end(), [](const auto& part) { return part.size() < 3; });
        case ShapeKind::Polyline: return shape.parts.empty() || shape.parts[0].size() < 2;
        case ShapeKind::Points: return shape.parts.empty() || shape.parts[0].empty();
        case ShapeKind::Mask: return areaOf(shape.mask) == 0;
        case ShapeKind::Span:
        case ShapeKind::Range: return !(shape.end > shape.begin);
    }
    return true;
}

namespace {

void turn(std::vector<ShapePoint>& ring, const ShapePoint& middle, double degrees) {
    if (degrees == 0) return;
    const double angle = degrees * std::numbers::pi / 180, cosine = std::cos(angle), sine = std::sin(angle);
    for (ShapePoint& point : ring) {
        const double x = point.x - middle.x, y = point.y - middle.y;
        point = {middle.x + x * cosine - y * sine, middle.y + x * sine + y * cosine};
    }
}

std::vector<ShapePoint> ellipseRing(const ShapeBounds& box) {
    constexpr int points = 64;
    std::vector<ShapePoint> ring;
    for (int i = 0; i < points; ++i) {
        const double angle = 2 * std::numbers::pi * i / points;
        ring.push_back({(box.left + box.right) / 2 + box.width() / 2 * std::cos(angle), (box.top + box.bottom) / 2 + box.height() / 2 * std::sin(angle)});
    }
    return ring;
}

double ringArea(const std::vector<ShapePoint>& ring) {
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const ShapePoint &a = ring[i], &b = ring[(i + 1) % ring.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return std::abs(twice) / 2;
}

}  // namespace

std::vector<std::vector<ShapePoint>> outlineOf(const AnnotationShape& shape) {
    if (shape.kind == ShapeKind::Polygon) return shape.parts;
    if (shape.kind != ShapeKind::Box && shape.kind != ShapeKind::Ellipse) return {};
    const ShapeBounds box = boundsOf(shape);
    std::vector<ShapePoint> ring{{box.left, box.top}, {box.right, box.top}, {box.right, box.bottom}, {box.left, box.bottom}};
    if (shape.kind == ShapeKind::Ellipse) ring = ellipseRing(box);
    turn(ring, {(box.left + box.right) / 2, (box.top + box.bottom) / 2}, shape.rotation);
    return {std::move(ring)};
}

double areaOf(const AnnotationShape& shape) {
    const ShapeBounds bounds = boundsOf(shape);
    switch (shape.kind) {
        case ShapeKind::Box: return bounds.width() * bounds.height();
        case ShapeKind::Ellipse: return bounds.width() * bounds.height() * std::numbers::pi / 4;
        case ShapeKind::Mask: return static_cast<double>(areaOf(shape.mask));
        case ShapeKind::Polygon: break;
        default: return 0;
    }
    double area = 0;
    for (std::size_t i = 0; i < shape.parts.size(); ++i) area += (i < shape.holes.size() && shape.holes[i] ? -1 : 1) * ringArea(shape.parts[i]);
    return area;
}

AnnotationShape boxShape(std::string label, double left, double top, double right, double bottom) {
    AnnotationShape shape;
    shape.label = std::move(label);
    shape.parts = {{{left, top}, {right, bottom}}};
    return shape;
}

AnnotationLabel& AnnotationSet::label(const std::string& name) {
    const auto found = std::find_if(labels.begin(), labels.end(), [&](const AnnotationLabel& label) { return label.name == name; });
    if (found != labels.end()) return *found;
    AnnotationLabel added;
    added.name = name;
    return labels.emplace_back(std::move(added));
}

std::int64_t AnnotationSet::shapeCount() const {
    std::int64_t count = 0;
    for (const auto& image : images) count += static_cast<std::int64_t>(image.shapes.size());
    return count;
}

void checkShapes(AnnotationSet& set) {
    for (const AnnotatedImage& image : set.images)
        for (std::size_t i = 0; i < image.shapes.size(); ++i) {
            const AnnotationShape& shape = image.shapes[i];
            const ShapeBounds bounds = boundsOf(shape);
            if (isDegenerate(shape)) set.issues.push_back({Severity::Warning, shapeError("annotation.degenerate", image, i, shape)});
            else if (image.width > 0 && (bounds.left < -1 || bounds.top < -1 || bounds.right > static_cast<double>(image.width) + 1 ||
                                         bounds.bottom > static_cast<double>(image.height) + 1))
                set.issues.push_back({Severity::Warning, shapeError("annotation.outside", image, i, shape)});
        }
}

MaskRuns rasterise(const std::vector<std::vector<ShapePoint>>& parts, std::int64_t width, std::int64_t height) {
    MaskRuns mask{width, height, {}};
    if (width <= 0 || height <= 0 || width * height > (std::int64_t{1} << 28)) return mask;
    std::uint32_t run = 0;
    bool inside = false;
    const auto put = [&](bool is, std::int64_t count) {
        if (count <= 0) return;
        if (is != inside) {
            mask.runs.push_back(run);
            run = 0;
            inside = is;
        }
        run += static_cast<std::uint32_t>(count);
    };
    std::vector<double> crossings;
    for (std::int64_t column = 0; column < width; ++column) {
        const double x = static_cast<double>(column) + 0.5;
        crossings.clear();
        for (const auto& part : parts)
            for (std::size_t i = 0; i < part.size(); ++i) {
                const ShapePoint &a = part[i], &b = part[(i + 1) % part.size()];
                if ((a.x <= x) == (b.x <= x)) continue;
                crossings.push_back(a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y));
            }
        std::sort(crossings.begin(), crossings.end());
        std::int64_t at = 0;
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            const auto rowOf = [&](double y) { return static_cast<std::int64_t>(std::clamp(std::ceil(y - 0.5), 0.0, static_cast<double>(height))); };
            const std::int64_t from = std::max(at, rowOf(crossings[i])), to = std::max(from, rowOf(crossings[i + 1]));
            put(false, from - at);
            put(true, to - from);
            at = to;
        }
        put(false, height - at);
    }
    mask.runs.push_back(run);
    if (mask.runs.size() == 1 && inside) mask.runs.insert(mask.runs.begin(), 0);
    return mask;
}

std::int64_t areaOf(const MaskRuns& mask) {
    std::int64_t area = 0;
    for (std::size_t i = 1; i < mask.runs.size(); i += 2) area += mask.runs[i];
    return area;
}

}  // namespace lamina
