#include "widgets/canvas/shape_painter.h"

#include <QFontMetricsF>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

#include "widgets/canvas/box_painter.h"
#include "widgets/canvas/caption_tag.h"
#include "widgets/canvas/line_thinner.h"
#include "widgets/canvas/shape_geometry.h"

namespace lamina {

namespace {

constexpr double handleSize = 7;
constexpr double fadedOpacity = 0.35;
constexpr double leastBend = 0.3;       // view pixels: what a line may be off
constexpr double smallestDetail = 3;    // view pixels: what is smaller is a dot
constexpr qsizetype fineBends = 16;     // a line with fewer points is painted as it is
constexpr double fineStep = 8;          // view pixels from one point to the next

QColor withOpacity(QColor colour, double opacity) {
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

double borderWidth(const PaintedShape::Look& look) { return look.selected || look.hovered ? 2.5 : 1.6; }
QColor borderColour(const CanvasShape& shape, const PaintedShape::Look& look) { return look.faded ? withOpacity(shape.colour, fadedOpacity) : shape.colour; }

/// Joins without arcs: of lines this thin nobody sees the difference, and they are half of the work.
QPen borderPen(const CanvasShape& shape, const PaintedShape::Look& look) {
    QPen pen(borderColour(shape, look), borderWidth(look));
    pen.setJoinStyle(Qt::MiterJoin);
    if (shape.proposed) pen.setDashPattern({4, 3});
    return pen;
}

QColor fillColour(QColor colour, const PaintedShape::Look& look) {
    return withOpacity(colour, look.opacity * (look.selected ? 0.56 : look.hovered ? 0.44 : 0.20) * (look.faded ? fadedOpacity : 1));
}

/// In view coordinates, without the points that nobody could tell apart at this zoom: borders of hundreds of points are the slow part of a frame.
QPolygonF seenLine(const std::vector<ShapePoint>& part, const CanvasTransform& transform) {
    LineThinner thinner(leastBend);
    for (const auto& point : part) thinner.add(transform.toView(QPointF(point.x, point.y)));
    return thinner.taken();
}

double lengthOf(const QPolygonF& line) {
    double length = 0;
    for (qsizetype i = 0; i + 1 < line.size(); ++i) length += (line[i + 1] - line[i]).manhattanLength();
    return length;
}

/// Where bends follow each other closely, a broad line costs twenty times a fine one of one pixel; that one twice is nearly as dark.
bool isFineWork(const QPainter& painter, const QPolygonF& line) {
    return line.size() >= fineBends && lengthOf(line) < fineStep * static_cast<double>(line.size()) && painter.deviceTransform().m11() < 1.5;
}

void paintLine(QPainter& painter, const QPolygonF& line, bool closed, bool crowded) {
    const bool fine = crowded && isFineWork(painter, line);
    if (fine) {
        QPen pen = painter.pen();
        pen.setWidthF(1);
        painter.setPen(pen);
    }
    for (int times = fine ? 2 : 1; times > 0; --times) {
        if (closed) painter.drawPolygon(line, Qt::OddEvenFill);
        else painter.drawPolyline(line);
        if (times > 1) painter.setBrush(Qt::NoBrush);
    }
}

/// Calls covered(x, y, count) for every run of covered pixels down a column.
template <class Covered>
void forCoveredRuns(const MaskRuns& mask, Covered&& covered) {
    if (mask.height <= 0) return;
    std::int64_t at = 0;
    bool inside = false;
    for (const auto run : mask.runs) {
        const std::int64_t end = at + static_cast<std::int64_t>(run);
        for (; inside && at < end;) {
            const std::int64_t x = at / mask.height, y = at % mask.height, count = std::min(end - at, mask.height - y);
            covered(x, y, count);
            at += count;
        }
        at = end;
        inside = !inside;
    }
}

}  // namespace

QImage maskPicture(const MaskRuns& mask, const QRect& bounds, QColor colour) {
    if (bounds.isEmpty()) return {};
    QImage picture(bounds.size(), QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    const QRgb value = qPremultiply(colour.rgba());
    auto* const bits = reinterpret_cast<QRgb*>(picture.bits());
    const auto stride = picture.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    forCoveredRuns(mask, [&](std::int64_t x, std::int64_t y, std::int64_t count) {
        if (x < bounds.left() || x > bounds.right()) return;
        const std::int64_t first = std::max<std::int64_t>(y, bounds.top()), last = std::min<std::int64_t>(y + count, bounds.bottom() + 1);
        for (auto row = first; row < last; ++row) bits[(row - bounds.top()) * stride + x - bounds.left()] = value;
    });
    return picture;
}

QImage greyOf(const MaskRuns& mask) {
    QImage grey(static_cast<int>(mask.width), static_cast<int>(mask.height), QImage::Format_Grayscale8);
    grey.fill(0);
    uchar* const bits = grey.bits();
    const auto stride = grey.bytesPerLine();
    forCoveredRuns(mask, [&](std::int64_t x, std::int64_t y, std::int64_t count) {
        for (auto row = y; row < y + count; ++row) bits[row * stride + x] = 255;
    });
    return grey;
}

MaskRuns runsOf(const QImage& grey, const QRect& bounds) {
    const QRect part = bounds.intersected(grey.rect());
    MaskRuns mask{grey.width(), grey.height(), {}};
    const uchar* const bits = grey.constBits();
    const auto stride = grey.bytesPerLine();
    bool inside = false;
    std::int64_t run = 0;
    const auto change = [&] {
        mask.runs.push_back(static_cast<std::uint32_t>(run));
        run = 0;
        inside = !inside;
    };
    const auto outside = [&](std::int64_t count) {
        if (count > 0 && inside) change();
        run += count;
    };
    outside(static_cast<std::int64_t>(part.left()) * grey.height());
    for (int x = part.left(); x <= part.right(); ++x) {
        outside(part.top());
        for (int y = part.top(); y <= part.bottom(); ++y, ++run)
            if ((bits[y * stride + x] != 0) != inside) change();
        outside(grey.height() - 1 - part.bottom());
    }
    outside(static_cast<std::int64_t>(grey.width() - 1 - part.right()) * grey.height());
    mask.runs.push_back(static_cast<std::uint32_t>(run));
    return mask;
}

PaintedShape::PaintedShape(CanvasShape shape) : m_shape(std::move(shape)), m_bounds(boundsRect(m_shape.shape)) {
    m_shape.colour = m_shape.colour.toRgb();  // conversions are not for every frame
    if (m_shape.shape.kind == ShapeKind::Ellipse || m_shape.shape.rotation != 0) m_path = pathOf(m_shape.shape);
    if (m_shape.shape.kind != ShapeKind::Mask) return;
    QColor colour = m_shape.colour;
    colour.setAlphaF(0.9F);
    m_mask = maskPicture(m_shape.shape.mask, m_bounds.toAlignedRect(), colour);
}

void PaintedShape::paint(QPainter& painter, const CanvasTransform& transform, const Look& look) const {
    if (m_shape.hidden) return;
    const bool smooth = painter.testRenderHint(QPainter::Antialiasing);
    const QRectF place = transform.toView(m_bounds);
    const ShapeKind kind = m_shape.shape.kind;
    if (kind == ShapeKind::Mask) {
        paintMask(painter, transform, look);
    } else if (kind == ShapeKind::Points) {
        if (look.faded) painter.setOpacity(fadedOpacity);
        paintPoints(painter, transform, look.selected ? 6 : 4.5);
        if (look.faded) painter.setOpacity(1);
    } else if ((kind == ShapeKind::Box && m_shape.shape.rotation == 0) || std::max(place.width(), place.height()) < smallestDetail) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        paintBox(painter, place, {borderColour(m_shape, look), borderWidth(look), m_shape.proposed}, fillColour(m_shape.colour, look));
    } else {
        painter.setPen(borderPen(m_shape, look));
        painter.setBrush(kind == ShapeKind::Polyline ? QBrush(Qt::NoBrush) : QBrush(fillColour(m_shape.colour, look)));
        paintOutline(painter, transform, look.crowded && !look.selected && !look.hovered);
    }
    if (look.caption && !m_shape.caption.isEmpty()) paintCaption(painter, place);
    painter.setRenderHint(QPainter::Antialiasing, smooth);
}

void PaintedShape::paintMask(QPainter& painter, const CanvasTransform& transform, const Look& look) const {
    const double faded = look.faded ? fadedOpacity : 1;
    painter.setOpacity(look.opacity * faded);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, transform.scale() < 2);
    painter.drawImage(transform.toView(QRectF(m_bounds.toAlignedRect())), m_mask);
    painter.setOpacity(1);
    if (!look.selected && !look.hovered) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintBox(painter, transform.toView(m_bounds), {borderColour(m_shape, look), borderWidth(look), m_shape.proposed}, Qt::transparent);
}

void PaintedShape::paintOutline(QPainter& painter, const CanvasTransform& transform, bool crowded) const {
    const auto& parts = m_shape.shape.parts;
    if (!m_path.isEmpty()) return painter.drawPath(transform.transform().map(m_path));
    const bool closed = m_shape.shape.kind == ShapeKind::Polygon;
    if (parts.size() == 1) return paintLine(painter, seenLine(parts[0], transform), closed, crowded);
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (const auto& part : parts) {
        path.addPolygon(seenLine(part, transform));
        if (closed) path.closeSubpath();
    }
    painter.drawPath(path);
}

void PaintedShape::paintPoints(QPainter& painter, const CanvasTransform& transform, double width) const {
    if (m_shape.shape.parts.empty()) return;
    const auto& points = m_shape.shape.parts[0];
    painter.setPen(QPen(Qt::white, 1));
    for (std::size_t i = 0; i < points.size(); ++i) {
        const int seen = i < m_shape.shape.visibility.size() ? m_shape.shape.visibility[i] : 2;
        if (seen == 0) continue;
        painter.setBrush(seen == 2 ? QBrush(m_shape.colour) : QBrush(Qt::NoBrush));
        if (seen != 2) painter.setPen(QPen(m_shape.colour, 1.6));
        painter.drawEllipse(transform.toView(QPointF(points[i].x, points[i].y)), width, width);
    }
}

double PaintedShape::captionReach(const QFont& font) { return 2 * captionTagHeight(font) + 2; }

std::size_t PaintedShape::pointCount() const {
    std::size_t count = 0;
    for (const auto& part : m_shape.shape.parts) count += part.size();
    return count;
}

void PaintedShape::paintCaption(QPainter& painter, const QRectF& place) const {
    if (std::max(place.width(), place.height()) < 24) return;  // a tag would hide what it names
    const ScreenPixels screen(painter);
    if (m_tag.picture.isNull() || m_tag.ratio != screen.ratio() || m_tag.font != painter.font())
        m_tag = {captionTag(m_shape.caption, m_shape.colour, painter.font(), screen.ratio()), painter.font(), screen.ratio()};
    const double room = std::max(80.0, place.width()) + 8;
    QImage tag = m_tag.picture;
    if (tag.width() > room * screen.ratio())
        tag = captionTag(QFontMetricsF(painter.font()).elidedText(m_shape.caption, Qt::ElideRight, room - 8), m_shape.colour, painter.font(), screen.ratio());
    const int height = tag.height(), above = screen.row(place.top()) - height;
    const int top = above < screen.row(0) ? above + height : above;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(screen.toView(screen.column(place.left()), top, 0, 0).topLeft(), tag);
}

void paintHandles(QPainter& painter, const CanvasTransform& transform, const AnnotationShape& shape, QColor colour, double reach) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(Qt::white);
    for (const auto& handle : handlesOf(shape, reach)) {
        const QPointF at = transform.toView(handle.at);
        if (handle.kind == ShapeHandle::Kind::Rotation) {
            painter.drawEllipse(at, handleSize / 2 + 0.5, handleSize / 2 + 0.5);
            continue;
        }
        const double size = handle.kind == ShapeHandle::Kind::Side ? handleSize - 2 : handleSize;
        painter.drawRect(QRectF(at.x() - size / 2, at.y() - size / 2, size, size));
    }
}

void paintSkeleton(QPainter& painter, const CanvasTransform& transform, const AnnotationShape& shape, const std::vector<std::pair<int, int>>& skeleton, QColor colour) {
    if (shape.kind != ShapeKind::Points || shape.parts.empty()) return;
    const auto& points = shape.parts[0];
    const auto there = [&](int i) {
        const auto at = static_cast<std::size_t>(i);
        return i >= 0 && at < points.size() && (at >= shape.visibility.size() || shape.visibility[at] != 0);
    };
    painter.setPen(QPen(colour, 2));
    for (const auto& [a, b] : skeleton) {
        if (!there(a) || !there(b)) continue;
        const auto& from = points[static_cast<std::size_t>(a)];
        const auto& to = points[static_cast<std::size_t>(b)];
        painter.drawLine(transform.toView(QPointF(from.x, from.y)), transform.toView(QPointF(to.x, to.y)));
    }
}

}  // namespace lamina
