#include "widgets/canvas/shape_geometry.h"

#include <QLineF>
#include <QTransform>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lamina {

namespace {

bool isBoxLike(const AnnotationShape& shape) { return shape.kind == ShapeKind::Box || shape.kind == ShapeKind::Ellipse; }
bool hasCorners(const AnnotationShape& shape) { return isBoxLike(shape) && !shape.parts.empty() && shape.parts[0].size() == 2; }

QPointF point(const ShapePoint& p) { return {p.x, p.y}; }
ShapePoint point(QPointF p) { return {p.x(), p.y()}; }

/// The box before it is turned.
QRectF uprightBox(const AnnotationShape& shape) { return QRectF(point(shape.parts[0][0]), point(shape.parts[0][1])).normalized(); }

/// From the upright box to the turned one.
QTransform turn(const AnnotationShape& shape, QPointF middle) {
    return QTransform().translate(middle.x(), middle.y()).rotate(shape.rotation).translate(-middle.x(), -middle.y());
}
QTransform turn(const AnnotationShape& shape) { return turn(shape, uprightBox(shape).center()); }

double distanceToSegment(QPointF p, QPointF a, QPointF b, QPointF* nearest = nullptr) {
    const QPointF along = b - a;
    const double length = QPointF::dotProduct(along, along);
    const double t = length == 0 ? 0 : std::clamp(QPointF::dotProduct(p - a, along) / length, 0.0, 1.0);
    const QPointF at = a + along * t;
    if (nearest) *nearest = at;
    return QLineF(p, at).length();
}

bool isClosed(const AnnotationShape& shape) { return shape.kind == ShapeKind::Polygon; }

bool maskCovers(const MaskRuns& mask, QPointF at) {
    const auto x = static_cast<std::int64_t>(std::floor(at.x())), y = static_cast<std::int64_t>(std::floor(at.y()));
    if (x < 0 || y < 0 || x >= mask.width || y >= mask.height) return false;
    std::int64_t left = x * mask.height + y;
    bool covered = false;
    for (const auto run : mask.runs) {
        if (left < static_cast<std::int64_t>(run)) return covered;
        left -= run;
        covered = !covered;
    }
    return false;
}

double distanceBetween(const QLineF& a, const QLineF& b) {
    if (a.intersects(b, nullptr) == QLineF::BoundedIntersection) return 0;
    return std::min({distanceToSegment(a.p1(), b.p1(), b.p2()), distanceToSegment(a.p2(), b.p1(), b.p2()), distanceToSegment(b.p1(), a.p1(), a.p2()), distanceToSegment(b.p2(), a.p1(), a.p2())});
}

/// Liang and Barsky: the part of the segment that lies on the picture is not empty.
bool crosses(QPointF a, QPointF b, QSizeF picture) {
    double from = 0, to = 1;
    const QPointF along = b - a;
    for (const auto& [step, room] : {std::pair(-along.x(), a.x()), {along.x(), picture.width() - a.x()}, {-along.y(), a.y()}, {along.y(), picture.height() - a.y()}}) {
        if (step == 0 && room < 0) return false;
        if (step < 0) from = std::max(from, room / step);
        if (step > 0) to = std::min(to, room / step);
    }
    return from <= to;
}

/// Something of it lies on the picture.
bool isOn(const AnnotationShape& shape, QSizeF picture) {
    const QRectF frame(QPointF(), picture);
    if (shape.kind == ShapeKind::Points) {
        for (const auto& part : shape.parts)
            for (std::size_t i = 0; i < part.size(); ++i)
                if ((i >= shape.visibility.size() || shape.visibility[i] != 0) && crosses(point(part[i]), point(part[i]), picture)) return true;
        return false;
    }
    if (shape.kind != ShapeKind::Polyline) return pathOf(shape).intersects(frame);
    for (const auto& part : shape.parts)
        for (std::size_t i = 0; i < part.size(); ++i)
            if (crosses(point(part[i]), point(part[std::min(i + 1, part.size() - 1)]), picture)) return true;
    return false;
}

QPainterPath linesOf(const AnnotationShape& shape) {
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (const auto& part : shape.parts) {
        if (part.empty()) continue;
        path.moveTo(point(part[0]));
        for (std::size_t i = 1; i < part.size(); ++i) path.lineTo(point(part[i]));
        if (isClosed(shape)) path.closeSubpath();
    }
    return path;
}

QPainterPath boxPath(const AnnotationShape& shape) {
    QPainterPath path;
    if (shape.kind == ShapeKind::Box)
        path.addRect(uprightBox(shape));
    else
        path.addEllipse(uprightBox(shape));
    return shape.rotation == 0 ? path : turn(shape).map(path);
}

/// Corners clockwise from the upper left, sides clockwise from the top, in the box before it is turned.
QPointF cornerOf(const QRectF& box, std::size_t index) {
    const QPointF corners[] = {box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()};
    return corners[index % 4];
}
QPointF sideOf(const QRectF& box, std::size_t index) { return (cornerOf(box, index) + cornerOf(box, index + 1)) / 2; }

std::vector<ShapeHandle> boxHandles(const AnnotationShape& shape, double reach) {
    const QRectF box = uprightBox(shape);
    const QTransform turned = turn(shape);
    std::vector<ShapeHandle> handles;
    for (std::size_t i = 0; i < 4; ++i) handles.push_back({ShapeHandle::Kind::Corner, 0, i, turned.map(cornerOf(box, i))});
    for (std::size_t i = 0; i < 4; ++i) handles.push_back({ShapeHandle::Kind::Side, 0, i, turned.map(sideOf(box, i))});
    handles.push_back({ShapeHandle::Kind::Rotation, 0, 0, turned.map(sideOf(box, 0) - QPointF(0, reach))});
    return handles;
}

/// A box whose opposite corners (or sides) are where they are seen: the middle moves, so the upright corners are found anew.
void setTurnedBox(AnnotationShape& shape, QRectF box, QPointF oldMiddle) {
    const QPointF middle = turn(shape, oldMiddle).map(box.center());
    const QPointF half(std::abs(box.width()) / 2, std::abs(box.height()) / 2);
    shape.parts[0] = {point(middle - half), point(middle + half)};
}

QPointF squared(QPointF fixed, QPointF to) {
    const double side = std::max(std::abs(to.x() - fixed.x()), std::abs(to.y() - fixed.y()));
    return {fixed.x() + std::copysign(side, to.x() - fixed.x()), fixed.y() + std::copysign(side, to.y() - fixed.y())};
}

void dragBox(AnnotationShape& shape, const ShapeHandle& handle, QPointF to, bool square) {
    QRectF box = uprightBox(shape);
    const QPointF middle = box.center();
    const QPointF local = turn(shape, middle).inverted().map(to);
    if (handle.kind == ShapeHandle::Kind::Corner) {
        const QPointF fixed = cornerOf(box, handle.index + 2);
        box = QRectF(fixed, square ? squared(fixed, local) : local);
    } else {
        if (handle.index == 0) box.setTop(local.y());
        if (handle.index == 1) box.setRight(local.x());
        if (handle.index == 2) box.setBottom(local.y());
        if (handle.index == 3) box.setLeft(local.x());
    }
    setTurnedBox(shape, box, middle);
}

void turnTo(AnnotationShape& shape, QPointF to, bool inSteps) {
    const QPointF arm = to - uprightBox(shape).center();
    double degrees = std::atan2(arm.x(), -arm.y()) * 180 / std::numbers::pi;
    if (inSteps) degrees = std::round(degrees / 15) * 15;
    shape.rotation = std::fmod(degrees + 360, 360.0);
    if (std::abs(shape.rotation) < 0.05 || std::abs(shape.rotation - 360) < 0.05) shape.rotation = 0;
}

bool hitsLines(const AnnotationShape& shape, QPointF at, double tolerance) { return borderAt(shape, at, tolerance).has_value(); }

bool hitsPoints(const AnnotationShape& shape, QPointF at, double tolerance) {
    for (const auto& part : shape.parts)
        for (const auto& p : part)
            if (QLineF(point(p), at).length() <= tolerance) return true;
    return false;
}

}  // namespace

QPainterPath pathOf(const AnnotationShape& shape) {
    if (shape.kind == ShapeKind::Polygon || shape.kind == ShapeKind::Polyline) return linesOf(shape);
    return hasCorners(shape) ? boxPath(shape) : QPainterPath();
}

QRectF boundsRect(const AnnotationShape& shape) {
    if (hasCorners(shape)) return pathOf(shape).boundingRect();
    const ShapeBounds bounds = boundsOf(shape);
    return {QPointF(bounds.left, bounds.top), QPointF(bounds.right, bounds.bottom)};
}

bool hits(const AnnotationShape& shape, QPointF at, double tolerance) {
    if (!boundsRect(shape).adjusted(-tolerance, -tolerance, tolerance, tolerance).contains(at)) return false;
    switch (shape.kind) {
        case ShapeKind::Mask: return maskCovers(shape.mask, at);
        case ShapeKind::Points: return hitsPoints(shape, at, tolerance);
        case ShapeKind::Polyline: return hitsLines(shape, at, tolerance);
        case ShapeKind::Polygon: return pathOf(shape).contains(at) || hitsLines(shape, at, tolerance);
        case ShapeKind::Box:
        case ShapeKind::Ellipse: {
            const QPainterPath path = pathOf(shape);
            return path.contains(at) || path.intersects(QRectF(at.x() - tolerance, at.y() - tolerance, 2 * tolerance, 2 * tolerance));
        }
        default: return false;
    }
}

double hitArea(const AnnotationShape& shape) {
    if (shape.kind == ShapeKind::Points || shape.kind == ShapeKind::Polyline) return 0;
    return areaOf(shape);
}

std::vector<ShapeHandle> handlesOf(const AnnotationShape& shape, double reach) {
    if (hasCorners(shape)) return boxHandles(shape, reach);
    std::vector<ShapeHandle> handles;
    if (shape.kind == ShapeKind::Mask) return handles;
    for (std::size_t part = 0; part < shape.parts.size(); ++part)
        for (std::size_t i = 0; i < shape.parts[part].size(); ++i) {
            const bool absent = shape.kind == ShapeKind::Points && i < shape.visibility.size() && shape.visibility[i] == 0;  // it lies nowhere
            if (!absent) handles.push_back({ShapeHandle::Kind::Vertex, part, i, point(shape.parts[part][i])});
        }
    return handles;
}

std::optional<ShapeHandle> handleAt(const AnnotationShape& shape, QPointF at, double tolerance, double reach) {
    std::optional<ShapeHandle> best;
    double nearest = tolerance;
    for (const auto& handle : handlesOf(shape, reach)) {
        const double distance = QLineF(handle.at, at).length();
        if (distance > nearest || (best && distance == nearest)) continue;
        best = handle;
        nearest = distance;
    }
    return best;
}

std::optional<BorderPlace> borderAt(const AnnotationShape& shape, QPointF at, double tolerance) {
    if (shape.kind != ShapeKind::Polygon && shape.kind != ShapeKind::Polyline) return {};
    std::optional<BorderPlace> best;
    double nearest = tolerance;
    for (std::size_t p = 0; p < shape.parts.size(); ++p) {
        const auto& part = shape.parts[p];
        const std::size_t segments = isClosed(shape) ? part.size() : part.size() - std::min<std::size_t>(part.size(), 1);
        for (std::size_t i = 0; i < segments; ++i) {
            QPointF place;
            const double distance = distanceToSegment(at, point(part[i]), point(part[(i + 1) % part.size()]), &place);
            if (distance > nearest) continue;
            nearest = distance;
            best = BorderPlace{p, i, place};
        }
    }
    return best;
}

AnnotationShape moved(AnnotationShape shape, QPointF by) {
    for (auto& part : shape.parts)
        for (auto& p : part) p = {p.x + by.x(), p.y + by.y()};
    return shape;
}

AnnotationShape dragged(AnnotationShape shape, const ShapeHandle& handle, QPointF to, bool square) {
    switch (handle.kind) {
        case ShapeHandle::Kind::Vertex:
            if (handle.part < shape.parts.size() && handle.index < shape.parts[handle.part].size()) shape.parts[handle.part][handle.index] = point(to);
            break;
        case ShapeHandle::Kind::Rotation:
            if (hasCorners(shape)) turnTo(shape, to, square);
            break;
        default:
            if (hasCorners(shape)) dragBox(shape, handle, to, square);
    }
    return shape;
}

AnnotationShape withVertex(AnnotationShape shape, const BorderPlace& place) {
    auto& part = shape.parts.at(place.part);
    part.insert(part.begin() + static_cast<std::ptrdiff_t>(place.index) + 1, point(place.at));
    return shape;
}

std::optional<AnnotationShape> withoutVertex(AnnotationShape shape, std::size_t part, std::size_t index) {
    if (shape.kind != ShapeKind::Polygon && shape.kind != ShapeKind::Polyline) return {};
    if (part >= shape.parts.size() || index >= shape.parts[part].size()) return {};
    auto& ring = shape.parts[part];
    const std::size_t least = isClosed(shape) ? 3 : 2;
    if (ring.size() > least) {
        ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(index));
        return shape;
    }
    const bool isHole = part < shape.holes.size() && shape.holes[part];
    if (!isHole) return {};
    shape.parts.erase(shape.parts.begin() + static_cast<std::ptrdiff_t>(part));
    shape.holes.erase(shape.holes.begin() + static_cast<std::ptrdiff_t>(part));
    return shape;
}

bool isTouched(const MaskRuns& mask, QPointF from, QPointF to, double radius) {
    if (mask.height <= 0) return false;
    const QLineF way(from, to);
    const double left = std::min(from.x(), to.x()) - radius - 0.5, right = std::max(from.x(), to.x()) + radius + 0.5;
    std::int64_t at = 0;
    bool covered = false;
    for (const auto run : mask.runs) {
        const std::int64_t end = at + static_cast<std::int64_t>(run);
        for (std::int64_t begin = at; covered && begin < end;) {  // columns from the left to the right
            const std::int64_t column = begin / mask.height, until = std::min(end, (column + 1) * mask.height);
            const double x = static_cast<double>(column) + 0.5;
            const QLineF strip(x, static_cast<double>(begin % mask.height) + 0.5, x, static_cast<double>(until - 1 - column * mask.height) + 0.5);
            if (x > right) return false;
            if (x >= left && distanceBetween(way, strip) <= radius) return true;
            begin = until;
        }
        at = end;
        covered = !covered;
    }
    return false;
}

std::optional<AnnotationShape> insidePicture(AnnotationShape shape, QSizeF picture) {
    if (shape.kind == ShapeKind::Mask) return shape;
    if (!isOn(shape, picture)) return {};
    if (shape.rotation != 0) return shape;  // a turned box may well look over the border
    for (auto& part : shape.parts)
        for (auto& p : part) p = {std::clamp(p.x, 0.0, picture.width()), std::clamp(p.y, 0.0, picture.height())};
    return shape;
}

bool isTooSmall(const AnnotationShape& shape, double pixels) {
    const QRectF bounds = boundsRect(shape);
    switch (shape.kind) {
        case ShapeKind::Points: return shape.parts.empty() || shape.parts[0].empty();
        case ShapeKind::Mask: return areaOf(shape.mask) == 0;
        case ShapeKind::Polyline: return shape.parts.empty() || shape.parts[0].size() < 2 || std::max(bounds.width(), bounds.height()) < pixels;
        default: return bounds.width() < pixels || bounds.height() < pixels || isDegenerate(shape);
    }
}

QPointF snapped(QPointF at, const std::vector<const AnnotationShape*>& shapes, QSizeF picture, double tolerance) {
    QPointF best = at;
    double nearest = tolerance;
    const auto offer = [&](QPointF place) {
        const double distance = QLineF(place, at).length();
        if (distance <= nearest) {
            nearest = distance;
            best = place;
        }
    };
    for (const auto* shape : shapes) {
        if (!boundsRect(*shape).adjusted(-tolerance, -tolerance, tolerance, tolerance).contains(at)) continue;
        for (const auto& handle : handlesOf(*shape, 0))
            if (handle.kind == ShapeHandle::Kind::Vertex || handle.kind == ShapeHandle::Kind::Corner) offer(handle.at);
    }
    if (best != at) return best;
    const auto toBorder = [&](double value, double length) {
        if (std::abs(value) <= tolerance) return 0.0;
        return std::abs(value - length) <= tolerance ? length : value;
    };
    return {toBorder(at.x(), picture.width()), toBorder(at.y(), picture.height())};
}

}  // namespace lamina
