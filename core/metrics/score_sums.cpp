#include "core/metrics/score_sums.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lamina {
namespace {

constexpr float leastScore = 0x1p-23f;

/// By lot and always the same (SplitMix64's finaliser): every second item would be one class alone where the classes take turns.
std::uint32_t markOf(std::uint64_t item) {
    item = (item + 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
    item = (item ^ item >> 27) * 0x94d049bb133111ebu;
    return static_cast<std::uint32_t>(item >> 32);
}

/// 0: its score is the highest. A score that is no number comes last.
std::size_t placeOf(std::span<const float> scores, std::size_t own) {
    std::size_t before = 0;
    for (std::size_t c = 0; c < scores.size(); ++c)
        if (c != own && (std::isnan(scores[own]) || scores[c] > scores[own] || (scores[c] == scores[own] && c < own))) ++before;
    return before;
}

}  // namespace

ScoreSums::ScoreSums(std::int64_t classes, std::int64_t mostScores)
    : m_classes(classes), m_placed(static_cast<std::size_t>(classes), 0), m_mostItems(std::max<std::int64_t>(mostScores / std::max<std::int64_t>(classes, 1), 2)) {}

void ScoreSums::add(std::span<const float> scores, std::int64_t actual) {
    const auto own = static_cast<std::size_t>(actual);
    ++m_placed[placeOf(scores, own)];
    // The comparison fails for what is no number, which then counts as the least.
    m_logLoss -= std::log(static_cast<double>(scores[own] > leastScore ? std::min(scores[own], 1.0f) : leastScore));
    const std::uint32_t mark = markOf(static_cast<std::uint64_t>(m_items++));
    while (kept() >= m_mostItems && (mark & m_mask) == 0) dropHalf();
    if ((mark & m_mask) == 0) keep(scores, actual, mark);
}

void ScoreSums::keep(std::span<const float> scores, std::int64_t actual, std::uint32_t mark) {
    m_scores.insert(m_scores.end(), scores.begin(), scores.end());
    m_actual.push_back(static_cast<std::int32_t>(actual));
    m_marks.push_back(mark);
}

void ScoreSums::dropHalf() {
    m_mask = m_mask << 1 | 1;
    const auto width = static_cast<std::size_t>(m_classes);
    std::size_t to = 0;
    for (std::size_t from = 0; from < m_marks.size(); ++from) {
        if (m_marks[from] & m_mask) continue;
        m_marks[to] = m_marks[from];
        m_actual[to] = m_actual[from];
        std::copy_n(m_scores.begin() + static_cast<std::ptrdiff_t>(from * width), width, m_scores.begin() + static_cast<std::ptrdiff_t>(to * width));
        ++to;
    }
    m_marks.resize(to);
    m_actual.resize(to);
    m_scores.resize(to * width);
}

ThresholdCurve ScoreSums::curve(std::int64_t c) const {
    if (m_actual.empty()) return {};
    return thresholdCurve(std::span(m_scores).subspan(static_cast<std::size_t>(c)), static_cast<std::size_t>(m_classes), m_actual, static_cast<std::int32_t>(c));
}

ScoreSummary ScoreSums::summary() const {
    ScoreSummary summary{m_classes, m_items, m_items == 0 ? 0.0 : m_logLoss / static_cast<double>(m_items), {}, {}, {}};
    summary.placed.resize(m_placed.size());
    std::partial_sum(m_placed.begin(), m_placed.end(), summary.placed.begin());
    for (std::int64_t c = 0; c < m_classes; ++c) {
        const ThresholdCurve sides = curve(c);
        summary.rocAreas.push_back(sides.rocArea());
        summary.averagePrecisions.push_back(sides.averagePrecision());
    }
    return summary;
}

}  // namespace lamina
