// What people (or models) say about pictures, texts and series: classes, boxes, polygons, points, masks, spans, ranges. Plain values; coordinates
// of pictures are pixels of the upright picture, x to the right and y down, (0, 0) its upper left corner.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lamina {

enum class ShapeKind : std::uint8_t {
    Box,       ///< parts[0]: two corners, upper left and lower right; `rotation` about the middle
    Polygon,   ///< each part a ring; the first of a nest is the outside, `holes` says which are holes
    Polyline,  ///< parts[0]: the points in order
    Points,    ///< parts[0]: the key points in the order of the label's; `visibility` one each
    Ellipse,   ///< parts[0]: two corners of its box; `rotation`
    Mask,      ///< `mask`
    Span,      ///< of a text: `begin` and `end` count its characters (code points), the end is not part of it
    Range      ///< of a series: `begin` and `end` on its axis (row numbers, or milliseconds since 1970)
};
inline constexpr int shapeKinds = 8;
/// "box", "polygon", "polyline", "points", "ellipse", "mask", "span", "range"
const char* shapeKindName(ShapeKind kind);

struct ShapePoint {
    double x = 0, y = 0;
    bool operator==(const ShapePoint&) const = default;
};

/// Runs of pixels down the columns, beginning with those outside (as COCO writes them); they add up to width × height.
struct MaskRuns {
    std::int64_t width = 0, height = 0;
    std::vector<std::uint32_t> runs;
    bool operator==(const MaskRuns&) const = default;
};

struct AnnotationShape {
    std::string label;  ///< name of a class
    ShapeKind kind = ShapeKind::Box;
    std::vector<std::vector<ShapePoint>> parts;
    std::vector<bool> holes;               ///< Polygon: one per part; empty: none is a hole
    std::vector<std::uint8_t> visibility;  ///< Points: 0 not labelled, 1 hidden, 2 visible
    double rotation = 0;                   ///< degrees, clockwise as seen
    MaskRuns mask;
    double begin = 0, end = 0;             ///< Span, Range
    bool crowd = false;                    ///< stands for a group that nobody took apart
    std::map<std::string, std::string> attributes;  ///< "difficult": "1" …
    bool operator==(const AnnotationShape&) const = default;
};

/// The smallest upright box around the shape (without its rotation): left, top, right, bottom; all 0 where it has no points.
struct ShapeBounds {
    double left = 0, top = 0, right = 0, bottom = 0;
    double width() const { return right - left; }
    double height() const { return bottom - top; }
};
ShapeBounds boundsOf(const AnnotationShape& shape);
/// A box without any area, or a polygon of fewer than three points: kept as it is, but told.
bool isDegenerate(const AnnotationShape& shape);
/// The outline as rings of points: of boxes and ellipses too, turned by their rotation; holes are rings like others. Empty for lines, points, masks, spans.
std::vector<std::vector<ShapePoint>> outlineOf(const AnnotationShape& shape);
/// The area that the outline encloses, holes left out; of a mask its pixels.
double areaOf(const AnnotationShape& shape);
AnnotationShape boxShape(std::string label, double left, double top, double right, double bottom);

/// What one shape of an item has to do with another: "Anna" –works for→ "Acme".
struct AnnotationRelation {
    std::string label;
    std::size_t from = 0, to = 0;  ///< indexes of the item's shapes
    bool operator==(const AnnotationRelation&) const = default;
};

/// All that is said about one picture, or about one text.
struct AnnotatedImage {
    std::string file;               ///< relative to the annotations' folder, with '/'
    std::int64_t width = 0, height = 0;  ///< 0: not said
    std::string subset;             ///< "training", "validation", "test" or empty
    std::vector<std::string> classes;    ///< of the picture as a whole
    std::vector<AnnotationShape> shapes;
    std::vector<AnnotationRelation> relations;
    std::map<std::string, std::string> attributes;  ///< of the item as a whole
    std::string text;                ///< of a text: what its spans count
    std::string state;               ///< "checked", "checked_empty" (looked at, nothing there), "skipped"; empty: not said
    bool operator==(const AnnotatedImage&) const = default;
};

struct AnnotationLabel {
    std::string name;
    std::int64_t number = -1;            ///< what its source calls it, or its class has for life; -1: nothing yet
    std::string parent;                  ///< COCO's supercategory; may be empty
    std::vector<std::string> points;     ///< names of its key points
    std::vector<std::pair<int, int>> skeleton;  ///< pairs of key points, from 0
    bool operator==(const AnnotationLabel&) const = default;
};

/// Everything that a source says, and what it says wrongly.
struct AnnotationSet {
    std::vector<AnnotationLabel> labels;
    std::vector<AnnotatedImage> images;
    /// "annotation.degenerate" {file, number, label}, "annotation.outside" {file, number, label}, "annotation.no_picture" {file},
    /// "annotation.refused" {file, number, reason} …; each names where.
    std::vector<Issue> issues;

    /// The label of this name, added where it is new.
    AnnotationLabel& label(const std::string& name);
    std::int64_t shapeCount() const;
};

/// Notes degenerate shapes and those that leave their picture (by more than a pixel).
void checkShapes(AnnotationSet& set);

/// Even-odd pixels of polygon parts as runs; a pixel belongs to the polygon where its middle does. At most 2^28 pixels.
MaskRuns rasterise(const std::vector<std::vector<ShapePoint>>& parts, std::int64_t width, std::int64_t height);
/// How many pixels the mask covers.
std::int64_t areaOf(const MaskRuns& mask);

}  // namespace lamina
