// How a shape looks on the canvas: border, fill, tag, handles. What is slow to make (paths, masks) is made once per change of a shape.
#pragma once

#include <QFont>
#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include "widgets/canvas/canvas_shape.h"
#include "widgets/canvas/canvas_transform.h"

namespace lamina {

/// A shape made ready for painting.
class PaintedShape {
public:
    explicit PaintedShape(CanvasShape shape);

    const CanvasShape& shape() const { return m_shape; }
    /// In picture coordinates.
    const QRectF& bounds() const { return m_bounds; }
    std::size_t pointCount() const;

    struct Look {
        bool selected = false, hovered = false, faded = false;
        bool caption = true;
        double opacity = 0.5;  ///< of areas
        bool crowded = false;  ///< among thousands of points: curved borders are finer
    };
    /// The painter paints in view coordinates.
    void paint(QPainter& painter, const CanvasTransform& transform, const Look& look) const;
    /// So far from the view's upper edge a tag may stand elsewhere than it would without that edge; view pixels.
    static double captionReach(const QFont& font);

private:
    void paintPoints(QPainter& painter, const CanvasTransform& transform, double width) const;
    void paintMask(QPainter& painter, const CanvasTransform& transform, const Look& look) const;
    void paintOutline(QPainter& painter, const CanvasTransform& transform, bool crowded) const;
    void paintCaption(QPainter& painter, const QRectF& place) const;

    CanvasShape m_shape;
    QRectF m_bounds;
    QPainterPath m_path;  ///< ellipses and what is turned
    QImage m_mask;  ///< of the bounds, in the shape's colour
    struct Tag {
        QImage picture;
        QFont font;
        double ratio = 0;
    };
    mutable Tag m_tag;  ///< of the whole caption, for the screen it was painted on last
};

/// Squares (vertices, corners) and a circle (rotation) of a constant size on the screen.
void paintHandles(QPainter& painter, const CanvasTransform& transform, const AnnotationShape& shape, QColor colour, double reach);

/// Lines between the key points that are there.
void paintSkeleton(QPainter& painter, const CanvasTransform& transform, const AnnotationShape& shape, const std::vector<std::pair<int, int>>& skeleton, QColor colour);

/// The covered pixels of a mask within `bounds` as a picture of one colour.
QImage maskPicture(const MaskRuns& mask, const QRect& bounds, QColor colour);
/// Covered pixels (not 0) of an 8-bit picture as runs, and back; outside `bounds` nothing is covered.
MaskRuns runsOf(const QImage& grey, const QRect& bounds);
QImage greyOf(const MaskRuns& mask);

}  // namespace lamina
