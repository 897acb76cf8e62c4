// What a model thinks of every class, over items whose class is known: for metrics that ask more than which class came first.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/metrics/threshold_curve.h"

namespace lamina {

/// All that metrics of scores need. The areas are one class against the others; NaN where a side has no item.
struct ScoreSummary {
    std::int64_t classes = 0, items = 0;
    double logLoss = 0;                 ///< mean of -ln(score of the item's own class), scores held within 2⁻²³ … 1
    std::vector<std::int64_t> placed;   ///< [k]: items whose own class is among the k + 1 highest; equal scores: the lower class first
    std::vector<double> rocAreas;
    std::vector<double> averagePrecisions;
};

/// Keeps the scores themselves, so that everything is exact: up to `mostScores` (items × classes) of them. Where there are more, what needs
/// their order (the curves and their areas) follows from half of the items, a quarter …, drawn by lot, always the same; the rest stays exact.
/// One thread at a time.
class ScoreSums {
public:
    ScoreSums() = default;
    explicit ScoreSums(std::int64_t classes, std::int64_t mostScores = std::int64_t{1} << 24);

    void add(std::span<const float> scores, std::int64_t actual);
    std::int64_t classes() const { return m_classes; }
    std::int64_t items() const { return m_items; }
    /// Items whose scores are kept: all of them unless there were too many.
    std::int64_t kept() const { return static_cast<std::int64_t>(m_actual.size()); }
    ThresholdCurve curve(std::int64_t c) const;
    ScoreSummary summary() const;
    bool operator==(const ScoreSums&) const = default;

private:
    void keep(std::span<const float> scores, std::int64_t actual, std::uint32_t mark);
    void dropHalf();

    std::int64_t m_classes = 0, m_items = 0;
    double m_logLoss = 0;
    std::vector<std::int64_t> m_placed;  ///< by place of the own class, from 0
    std::int64_t m_mostItems = 0;
    std::uint32_t m_mask = 0;  ///< items whose mark has none of these bits are kept
    std::vector<float> m_scores;
    std::vector<std::int32_t> m_actual;
    std::vector<std::uint32_t> m_marks;
};

}  // namespace lamina
