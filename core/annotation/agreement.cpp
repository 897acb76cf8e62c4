#include "core/annotation/agreement.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace lamina {
namespace {

constexpr double undefinedAgreement = std::numeric_limits<double>::quiet_NaN();

/// The classes that occur, ascending, as their ranks.
std::map<std::int64_t, std::size_t> ranksOf(std::span<const std::int64_t> a, std::span<const std::int64_t> b) {
    std::map<std::int64_t, std::size_t> ranks;
    for (const auto& list : {a, b})
        for (const std::int64_t value : list) ranks[value] = 0;
    std::size_t rank = 0;
    for (auto& [value, place] : ranks) place = rank++;
    return ranks;
}

double weightOf(KappaWeights weights, std::size_t a, std::size_t b) {
    const double distance = std::abs(static_cast<double>(a) - static_cast<double>(b));
    return weights == KappaWeights::None ? (distance == 0 ? 0.0 : 1.0) : weights == KappaWeights::Linear ? distance : distance * distance;
}

double boxOverlap(const ShapeBounds& a, const ShapeBounds& b) {
    const double width = std::min(a.right, b.right) - std::max(a.left, b.left), height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    if (!(width > 0 && height > 0)) return 0;
    const double both = width * height;
    return both / (a.width() * a.height() + b.width() * b.height() - both);
}

double lengthOverlap(const AnnotationShape& a, const AnnotationShape& b) {
    const double both = std::min(a.end, b.end) - std::max(a.begin, b.begin);
    return both > 0 ? both / (a.end - a.begin + b.end - b.begin - both) : 0;
}

bool hasLength(const AnnotationShape& shape) { return shape.kind == ShapeKind::Span || shape.kind == ShapeKind::Range; }

double maskOverlap(const MaskRuns& a, const MaskRuns& b) {
    if (a.width != b.width || a.height != b.height) return 0;
    std::size_t i = 0, j = 0;
    std::int64_t both = 0;
    std::uint64_t restA = a.runs.empty() ? 0 : a.runs[0], restB = b.runs.empty() ? 0 : b.runs[0];
    while (i < a.runs.size() && j < b.runs.size()) {
        const std::uint64_t step = std::min(restA, restB);
        if (i % 2 == 1 && j % 2 == 1) both += static_cast<std::int64_t>(step);
        if ((restA -= step) == 0 && ++i < a.runs.size()) restA = a.runs[i];
        if ((restB -= step) == 0 && ++j < b.runs.size()) restB = b.runs[j];
    }
    const std::int64_t either = areaOf(a) + areaOf(b) - both;
    return either > 0 ? static_cast<double>(both) / static_cast<double>(either) : 0;
}

}  // namespace

double cohenKappa(std::span<const std::int64_t> a, std::span<const std::int64_t> b, KappaWeights weights) {
    if (a.empty() || a.size() != b.size()) return undefinedAgreement;
    const auto ranks = ranksOf(a, b);
    const std::size_t n = ranks.size();
    std::vector<double> observed(n * n), first(n), second(n);
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::size_t x = ranks.at(a[i]), y = ranks.at(b[i]);
        observed[x * n + y] += 1;
        first[x] += 1;
        second[y] += 1;
    }
    double seen = 0, expected = 0;
    for (std::size_t x = 0; x < n; ++x)
        for (std::size_t y = 0; y < n; ++y) {
            seen += weightOf(weights, x, y) * observed[x * n + y];
            expected += weightOf(weights, x, y) * first[x] * second[y] / static_cast<double>(a.size());
        }
    return expected > 0 ? 1 - seen / expected : undefinedAgreement;
}

double fleissKappa(const std::vector<std::vector<std::int64_t>>& counts) {
    if (counts.empty()) return undefinedAgreement;
    std::vector<double> classes(counts.front().size());
    double agreement = 0, raters = 0;
    for (const auto& row : counts) {
        double sum = 0, squares = 0;
        for (std::size_t c = 0; c < row.size() && c < classes.size(); ++c) {
            const auto number = static_cast<double>(row[c]);
            sum += number;
            squares += number * number;
            classes[c] += number;
        }
        if (raters == 0) raters = sum;
        if (sum != raters || sum < 2) return undefinedAgreement;
        agreement += (squares - sum) / (sum * (sum - 1));
    }
    agreement /= static_cast<double>(counts.size());
    double chance = 0;
    for (const double number : classes) chance += std::pow(number / (raters * static_cast<double>(counts.size())), 2);
    return chance < 1 ? (agreement - chance) / (1 - chance) : undefinedAgreement;
}

double krippendorffAlpha(const std::vector<std::vector<double>>& ratings, AlphaLevel level) {
    const auto distance = [&](double a, double b) { return level == AlphaLevel::Nominal ? (a == b ? 0.0 : 1.0) : (a - b) * (a - b); };
    std::size_t items = 0;
    for (const auto& row : ratings) items = std::max(items, row.size());
    std::map<double, double> totals;
    double seen = 0, all = 0;
    for (std::size_t item = 0; item < items; ++item) {
        std::map<double, double> here;
        double number = 0;
        for (const auto& row : ratings)
            if (item < row.size() && !std::isnan(row[item])) {
                here[row[item]] += 1;
                number += 1;
            }
        if (number < 2) continue;  // nobody to agree with
        for (const auto& [a, countA] : here) {
            totals[a] += countA;
            for (const auto& [b, countB] : here) seen += distance(a, b) * countA * countB / (number - 1);
        }
        all += number;
    }
    double expected = 0;
    for (const auto& [a, countA] : totals)
        for (const auto& [b, countB] : totals) expected += distance(a, b) * countA * countB;
    return expected > 0 ? 1 - (all - 1) * seen / expected : undefinedAgreement;
}

double overlapOf(const AnnotationShape& a, const AnnotationShape& b, std::int64_t width, std::int64_t height) {
    if (isDegenerate(a) || isDegenerate(b)) return 0;
    if (hasLength(a) || hasLength(b)) return hasLength(a) && hasLength(b) ? lengthOverlap(a, b) : 0;
    const ShapeBounds first = boundsOf(a), second = boundsOf(b);
    if (a.kind == ShapeKind::Box && b.kind == ShapeKind::Box && a.rotation == 0 && b.rotation == 0) return boxOverlap(first, second);
    if (boxOverlap(first, second) == 0 && a.rotation == 0 && b.rotation == 0) return 0;
    if (width <= 0 || height <= 0) {
        width = std::max(a.mask.width, std::max(b.mask.width, static_cast<std::int64_t>(std::ceil(std::max({first.right, second.right, 1.0})))));
        height = std::max(a.mask.height, std::max(b.mask.height, static_cast<std::int64_t>(std::ceil(std::max({first.bottom, second.bottom, 1.0})))));
    }
    const auto maskOf = [&](const AnnotationShape& shape) {
        return shape.kind == ShapeKind::Mask ? shape.mask : rasterise(outlineOf(shape), width, height);
    };
    return maskOverlap(maskOf(a), maskOf(b));
}

std::vector<ShapeMatch> matchShapes(const std::vector<AnnotationShape>& a, const std::vector<AnnotationShape>& b, double least, std::int64_t width,
                                    std::int64_t height) {
    std::vector<ShapeMatch> candidates, matches;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j)
            if (const double overlap = overlapOf(a[i], b[j], width, height); overlap > 0 && overlap >= least) candidates.push_back({i, j, overlap});
    std::stable_sort(candidates.begin(), candidates.end(), [](const ShapeMatch& x, const ShapeMatch& y) { return x.overlap > y.overlap; });
    std::vector<bool> takenA(a.size()), takenB(b.size());
    for (const ShapeMatch& candidate : candidates) {
        if (takenA[candidate.a] || takenB[candidate.b]) continue;
        takenA[candidate.a] = takenB[candidate.b] = true;
        matches.push_back(candidate);
    }
    return matches;
}

}  // namespace lamina
