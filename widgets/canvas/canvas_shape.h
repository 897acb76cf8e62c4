// What a canvas shows and what its gestures make of it.
#pragma once

#include <QColor>
#include <QString>

#include <utility>
#include <vector>

#include "core/annotation/annotation.h"

namespace lamina {

/// A shape of the picture on the screen. Its id is kept through all edits; the canvas gives new shapes a UUID of their own.
struct CanvasShape {
    QString id;
    AnnotationShape shape;
    QColor colour;
    QString caption;        ///< on its tag; usually the class
    bool proposed = false;  ///< a model's, not accepted yet: dashed
    bool locked = false;    ///< seen, but not touched
    bool hidden = false;
    std::vector<std::pair<int, int>> skeleton{};  ///< of its class: pairs of its key points, from 0
    bool operator==(const CanvasShape&) const = default;
};

/// The class that new shapes get.
struct CanvasLabel {
    QString name;
    QColor colour;
    std::vector<QString> points;                ///< names of its key points
    std::vector<std::pair<int, int>> skeleton;  ///< pairs of key points, from 0
};

/// One finished gesture, one step of undo. A shape that stands in `after` alone is new, in `before` alone is gone, in both has changed.
struct CanvasEdit {
    enum class Kind { Draw, Move, Reshape, Rotate, Remove, Duplicate, Paste, Paint };
    Kind kind = Kind::Draw;
    std::vector<CanvasShape> before, after;
};

}  // namespace lamina
