#include "widgets/canvas/shape_painter.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

#include "widgets/canvas/shape_geometry.h"

namespace lamina {

namespace {

constexpr double handleSize = 7;

QPen borderPen(const CanvasShape& shape, const PaintedShape::Look& look) {
    QPen pen(shape.colour, look.selected ? 2.5 : look.hovered ? 2.2 : 1.6);
    pen.setCosmetic(true);
    pen.setJoinStyle(Qt::RoundJoin);
    if (shape.proposed) pen.setDashPattern({4, 3});
    return pen;
}

QColor fillColour(QColor colour, const PaintedShape::Look& look) {
    colour.setAlphaF(static_cast<float>(look.opacity * (look.selected ? 0.56 : look.hovered ? 0.44 : 0.20)));
    return colour;
}

/// In view coordinates, without the points that nobody could tell apart at this zoom: borders of hundreds of points are the slow part of a frame.
QPainterPath seenLines(const AnnotationShape& shape, const CanvasTransform& transform) {
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (const auto& part : shape.parts) {
        QPointF last;
        for (std::size_t i = 0; i < part.size(); ++i) {
            const QPointF at = transform.toView(QPointF(part[i].x, part[i].y));
            if (i == 0)
                path.moveTo(at);
            else if ((at - last).manhattanLength() >= 1.5 || i + 1 == part.size())
                path.lineTo(at);
            else
                continue;
            last = at;
        }
        if (shape.kind == ShapeKind::Polygon && !part.empty()) path.closeSubpath();
    }
    return path;
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

PaintedShape::PaintedShape(CanvasShape shape) : m_shape(std::move(shape)), m_bounds(boundsRect(m_shape.shape)), m_path(pathOf(m_shape.shape)), m_caption(m_shape.caption) {
    m_caption.setTextFormat(Qt::PlainText);
    if (m_shape.shape.kind != ShapeKind::Mask) return;
    QColor colour = m_shape.colour;
    colour.setAlphaF(0.9F);
    m_mask = maskPicture(m_shape.shape.mask, m_bounds.toAlignedRect(), colour);
}

void PaintedShape::paint(QPainter& painter, const CanvasTransform& transform, const Look& look) const {
    if (m_shape.hidden) return;
    painter.save();
    if (look.faded) painter.setOpacity(0.35);
    const bool filled = m_shape.shape.kind == ShapeKind::Box || m_shape.shape.kind == ShapeKind::Polygon || m_shape.shape.kind == ShapeKind::Ellipse;
    if (m_shape.shape.kind == ShapeKind::Mask) {
        painter.setOpacity(painter.opacity() * look.opacity);
        painter.drawImage(transform.toView(QRectF(m_bounds.toAlignedRect())), m_mask);
        painter.setOpacity(look.faded ? 0.35 : 1);
        if (look.selected || look.hovered) {
            painter.setPen(borderPen(m_shape, look));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(transform.toView(m_bounds));
        }
    } else if (m_shape.shape.kind == ShapeKind::Points) {
        paintPoints(painter, transform, look.selected ? 6 : 4.5);
    } else {
        painter.setPen(borderPen(m_shape, look));
        painter.setBrush(filled ? QBrush(fillColour(m_shape.colour, look)) : QBrush(Qt::NoBrush));
        if (m_shape.shape.kind == ShapeKind::Box && m_shape.shape.rotation == 0) {
            // Upright lines need no smoothing, and hundreds of boxes are the usual case.
            painter.setRenderHint(QPainter::Antialiasing, false);
            painter.drawRect(transform.toView(m_bounds));
        } else if (m_shape.shape.kind == ShapeKind::Polygon || m_shape.shape.kind == ShapeKind::Polyline) {
            painter.drawPath(seenLines(m_shape.shape, transform));
        } else {
            painter.setTransform(transform.transform(), true);
            painter.drawPath(m_path);
        }
    }
    painter.restore();
    if (look.caption && !m_shape.caption.isEmpty()) paintCaption(painter, transform);
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

void PaintedShape::paintCaption(QPainter& painter, const CanvasTransform& transform) const {
    const QRectF place = transform.toView(m_bounds);
    if (std::max(place.width(), place.height()) < 24) return;  // a tag would hide what it names
    const QFontMetricsF metrics(painter.font());
    const double room = std::max(80.0, place.width());
    const QSizeF whole = m_caption.size();
    const QSizeF size(std::min(whole.width(), room) + 8, metrics.height() + 2);
    const double top = place.top() - size.height() < 0 ? place.top() : place.top() - size.height();
    const QRectF tag(QPointF(place.left(), top), size);
    QColor ground = m_shape.colour;
    ground.setAlphaF(0.85F);
    painter.fillRect(tag, ground);
    painter.setPen(qGray(m_shape.colour.rgb()) > 140 ? Qt::black : Qt::white);
    if (whole.width() <= room)
        painter.drawStaticText(tag.topLeft() + QPointF(4, 1), m_caption);
    else
        painter.drawText(tag, Qt::AlignCenter, metrics.elidedText(m_shape.caption, Qt::ElideRight, room));
}

void paintHandles(QPainter& painter, const CanvasTransform& transform, const AnnotationShape& shape, QColor colour, double reach) {
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
