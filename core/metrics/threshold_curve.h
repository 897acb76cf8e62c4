// One class against all others, at every threshold: what the ROC curve and the precision-recall curve are drawn from.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lamina {

/// Points from the highest score down: how much of either side has at least this score. Equal scores are one point.
struct ThresholdCurve {
    struct Point {
        std::int64_t hits = 0;         ///< items of the class with at least the score
        std::int64_t falseAlarms = 0;  ///< other items with at least the score
        bool operator==(const Point&) const = default;
    };
    std::vector<Point> points;
    std::int64_t positives = 0, negatives = 0;

    /// Area under the ROC curve (trapezoids, so ties count half); NaN where one side is empty.
    double rocArea() const;
    /// Σ (rise of recall) · precision over the points; NaN without an item of the class.
    double averagePrecision() const;
};

/// `scores[i * step]` is what item i got for the class; it is of the class where actual[i] == c.
ThresholdCurve thresholdCurve(std::span<const float> scores, std::size_t step, std::span<const std::int32_t> actual, std::int32_t c);

/// At most `most` points (two or more) that show the curve, the first and the last among them.
std::vector<ThresholdCurve::Point> thinned(const ThresholdCurve& curve, std::size_t most);

}  // namespace lamina
