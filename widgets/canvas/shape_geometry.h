// Shapes under the mouse: what is hit, what can be dragged, and what a drag makes of a shape. Pure functions; picture coordinates.
#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <optional>
#include <vector>

#include "core/annotation/annotation.h"

namespace lamina {

/// The outline (with holes) or the line itself, turned by the shape's rotation. Empty for points and masks.
QPainterPath pathOf(const AnnotationShape& shape);
QRectF boundsRect(const AnnotationShape& shape);

/// Is the shape where the mouse is? Lines and points are hit within `tolerance` of them, shapes with an area inside and at their border too.
bool hits(const AnnotationShape& shape, QPointF at, double tolerance);
/// How much room a shape takes: of several under the mouse the smallest is meant.
double hitArea(const AnnotationShape& shape);

/// A point of a shape that can be dragged.
struct ShapeHandle {
    enum class Kind {
        Corner,   ///< of a box or ellipse: `index` 0–3 from the upper left clockwise
        Side,     ///< of a box or ellipse: 0–3 top, right, bottom, left
        Vertex,   ///< of a polygon, line or key points: `part`, `index`
        Rotation  ///< of a box or ellipse
    };
    Kind kind = Kind::Corner;
    std::size_t part = 0, index = 0;
    QPointF at;
    bool operator==(const ShapeHandle&) const = default;
};
/// `reach`: how far from the box its rotation handle stands.
std::vector<ShapeHandle> handlesOf(const AnnotationShape& shape, double reach);
std::optional<ShapeHandle> handleAt(const AnnotationShape& shape, QPointF at, double tolerance, double reach);

/// The nearest place of a polygon's or line's border within the tolerance: a vertex could be added after `index` of `part`.
struct BorderPlace {
    std::size_t part = 0, index = 0;
    QPointF at;
};
std::optional<BorderPlace> borderAt(const AnnotationShape& shape, QPointF at, double tolerance);

AnnotationShape moved(AnnotationShape shape, QPointF by);
/// The shape with its handle at another place. Corners may pass each other; `square` keeps width and height alike; a rotation handle turns, in
/// steps of 15° with `square`.
AnnotationShape dragged(AnnotationShape shape, const ShapeHandle& handle, QPointF to, bool square = false);
AnnotationShape withVertex(AnnotationShape shape, const BorderPlace& place);
/// Without this vertex; nothing where too few would be left (three of a polygon's ring, two of a line). A hole that loses too many goes as a whole.
std::optional<AnnotationShape> withoutVertex(AnnotationShape shape, std::size_t part, std::size_t index);
/// A round brush of this radius that goes from one place to the other covers something of the mask.
bool isTouched(const MaskRuns& mask, QPointF from, QPointF to, double radius);
/// Cut to the picture: points are moved onto its border. Nothing where the shape lies outside altogether.
std::optional<AnnotationShape> insidePicture(AnnotationShape shape, QSizeF picture);
/// Too small to be meant: a click without a drag, a polygon without three different points.
bool isTooSmall(const AnnotationShape& shape, double pixels);

/// The nearest vertex or corner of the shapes, or the picture's border, within the tolerance; `at` itself where there is none.
QPointF snapped(QPointF at, const std::vector<const AnnotationShape*>& shapes, QSizeF picture, double tolerance);

}  // namespace lamina
