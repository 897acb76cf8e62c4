#include "core/metrics/threshold_curve.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>

namespace lamina {
namespace {

/// Whole numbers in the order of the floats; what is not a number is lowest of all.
std::uint32_t orderOf(float score) {
    if (std::isnan(score)) return 0;
    const auto bits = std::bit_cast<std::uint32_t>(score == 0 ? 0.0f : score);
    return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

double share(std::int64_t part, std::int64_t whole) { return static_cast<double>(part) / static_cast<double>(whole); }

/// How far apart two points are in the ROC square, or along recall where that is more.
double distance(const ThresholdCurve& curve, const ThresholdCurve::Point& a, const ThresholdCurve::Point& b) {
    const double up = share(b.hits - a.hits, std::max<std::int64_t>(curve.positives, 1));
    const double right = share(b.falseAlarms - a.falseAlarms, std::max<std::int64_t>(curve.negatives, 1));
    return std::max(up, right);
}

}  // namespace

double ThresholdCurve::rocArea() const {
    if (positives == 0 || negatives == 0) return std::numeric_limits<double>::quiet_NaN();
    double area = 0;
    Point before;
    for (const Point& point : points) {
        area += share(point.hits + before.hits, 2) * static_cast<double>(point.falseAlarms - before.falseAlarms);
        before = point;
    }
    return area / static_cast<double>(positives) / static_cast<double>(negatives);
}

double ThresholdCurve::averagePrecision() const {
    if (positives == 0) return std::numeric_limits<double>::quiet_NaN();
    double sum = 0;
    std::int64_t before = 0;
    for (const Point& point : points) {
        sum += static_cast<double>(point.hits - before) * share(point.hits, point.hits + point.falseAlarms);
        before = point.hits;
    }
    return sum / static_cast<double>(positives);
}

ThresholdCurve thresholdCurve(std::span<const float> scores, std::size_t step, std::span<const std::int32_t> actual, std::int32_t c) {
    std::vector<std::uint64_t> keys(actual.size());
    for (std::size_t i = 0; i < actual.size(); ++i) keys[i] = std::uint64_t{orderOf(scores[i * step])} << 1 | (actual[i] == c ? 1u : 0u);
    std::sort(keys.begin(), keys.end(), std::greater<>());
    ThresholdCurve curve;
    ThresholdCurve::Point now;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        (keys[i] & 1 ? now.hits : now.falseAlarms)++;
        if (i + 1 == keys.size() || keys[i + 1] >> 1 != keys[i] >> 1) curve.points.push_back(now);
    }
    curve.positives = now.hits;
    curve.negatives = now.falseAlarms;
    return curve;
}

std::vector<ThresholdCurve::Point> thinned(const ThresholdCurve& curve, std::size_t most) {
    if (curve.points.size() <= most) return curve.points;
    // Both sides grow from 0 to 1: steps of 2 / (most - 2) are never more than `most`.
    const double least = 2.0 / static_cast<double>(most - 2);
    std::vector<ThresholdCurve::Point> kept{curve.points.front()};
    for (const auto& point : curve.points)
        if (distance(curve, kept.back(), point) >= least) kept.push_back(point);
    if (kept.back() != curve.points.back()) kept.push_back(curve.points.back());
    return kept;
}

}  // namespace lamina
