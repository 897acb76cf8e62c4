// What a range view shows and what its gestures make of it. Places are steps of the series, from 0.
#pragma once

#include <QColor>
#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

#include "widgets/charts/min_max_pyramid.h"

namespace lamina {

/// A marked stretch; its first and its last step belong to it. The id is kept through all edits; the view gives new ones a UUID of their own.
struct RangeMark {
    QString id;
    std::int64_t first = 0, last = 0;
    QString label;
    QColor colour;
    bool proposed = false;  ///< by a model: dashed
    bool operator==(const RangeMark&) const = default;
};

/// The class that new stretches get.
struct RangeLabel {
    QString name;
    QColor colour;
};

/// One finished gesture, one step of undo. A stretch that stands in `after` alone is new, in `before` alone is gone, in both has changed.
struct RangeEdit {
    std::vector<RangeMark> before, after;
};

/// One curve, a value for each step.
struct RangeSeries {
    QString name;
    std::shared_ptr<const MinMaxPyramid> values;
};

}  // namespace lamina
