// What a span view shows and what its gestures make of it. Places count units of the text's QString.
#pragma once

#include <QColor>
#include <QString>

#include <vector>

namespace lamina {

/// A marked piece of the text; its end is not part of it. The id is kept through all edits; the view gives new spans a UUID of their own.
struct SpanMark {
    QString id;
    int begin = 0, end = 0;
    QString label;
    QColor colour;
    bool proposed = false;  ///< by a model, or because the same words were marked before: dashed
    bool operator==(const SpanMark&) const = default;
};

/// An arrow from one span to another.
struct SpanRelation {
    QString id, from, to;  ///< from, to: of spans
    QString label;
    bool operator==(const SpanRelation&) const = default;
};

/// The class that new spans get.
struct SpanLabel {
    QString name;
    QColor colour;
};

/// One finished gesture, one step of undo. A span that stands in `after` alone is new, in `before` alone is gone, in both has changed.
struct SpanEdit {
    std::vector<SpanMark> before, after;
};

}  // namespace lamina
