#include "core/data/profile/number_profile.h"

#include <algorithm>
#include <cmath>

#include "core/data/column_names.h"
#include "core/data/profile/histogram.h"

namespace lamina {

namespace {

constexpr std::size_t sumSlice = 4096;

/// Σ of f over all values in slices of a fixed size, added in order.
template <class F>
double slicedSum(std::span<const double> values, F f) {
    double total = 0;
    for (std::size_t first = 0; first < values.size(); first += sumSlice) {
        const std::size_t last = std::min(values.size(), first + sumSlice);
        double sum = 0;
        for (std::size_t i = first; i < last; ++i) sum += f(values[i]);
        total += sum;
    }
    return total;
}

void fillMoments(std::span<const double> values, NumberFacts& facts) {
    const double n = static_cast<double>(values.size());
    // The fourth powers of very large and very small values would leave the range of a double.
    const double largest = std::max(std::abs(values.front()), std::abs(values.back()));
    const double scale = largest > 1e70 || (largest < 1e-70 && largest > 0) ? 1 / std::max(largest, 1e-300) : 1.0;
    const double mean = slicedSum(values, [&](double x) { return x * scale; }) / n;
    double squares = 0, cubes = 0, fourths = 0;
    for (std::size_t first = 0; first < values.size(); first += sumSlice) {
        const std::size_t last = std::min(values.size(), first + sumSlice);
        double s2 = 0, s3 = 0, s4 = 0;
        for (std::size_t i = first; i < last; ++i) {
            const double d = values[i] * scale - mean, d2 = d * d;
            s2 += d2;
            s3 += d2 * d;
            s4 += d2 * d2;
        }
        squares += s2;
        cubes += s3;
        fourths += s4;
    }
    const double variance = squares / n;
    facts.mean = mean / scale;
    facts.deviation = std::sqrt(variance) / scale;
    if (!(variance > 0) || values.front() == values.back()) {
        facts.deviation = 0;
        return;
    }
    facts.skewness = cubes / n / (variance * std::sqrt(variance));
    facts.kurtosis = fourths / n / (variance * variance) - 3;
}

void fillQuantiles(const SortedNumbers& sorted, ProfileQuantiles& q) {
    q.minimum = sorted.values().front();
    q.p1 = sorted.quantile(0.01);
    q.p5 = sorted.quantile(0.05);
    q.p25 = sorted.quantile(0.25);
    q.median = sorted.quantile(0.5);
    q.p75 = sorted.quantile(0.75);
    q.p95 = sorted.quantile(0.95);
    q.p99 = sorted.quantile(0.99);
    q.maximum = sorted.values().back();
}

void fillFences(const SortedNumbers& sorted, ColumnKind kind, NumberFacts& facts) {
    const double distance = facts.quantiles.p75 - facts.quantiles.p25;
    if (kind == ColumnKind::Boolean || kind == ColumnKind::Time || !(distance > 0) || !std::isfinite(distance)) return;
    facts.lowFence = facts.quantiles.p25 - 1.5 * distance;
    facts.highFence = facts.quantiles.p75 + 1.5 * distance;
    facts.lowOutliers = sorted.below(facts.lowFence);
    facts.highOutliers = sorted.count() - sorted.upTo(facts.highFence);
}

/// The most frequent values: more rows first, then smaller values.
void fillFrequent(const SortedNumbers& sorted, ColumnKind kind, ProfiledColumn& column) {
    std::vector<std::pair<std::int64_t, double>> best;
    const auto values = sorted.values();
    const auto better = [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; };
    for (std::size_t first = 0; first < values.size();) {
        std::size_t last = first + 1;
        while (last < values.size() && values[last] == values[first]) ++last;
        const auto rows = static_cast<std::int64_t>(last - first);
        // Values come rising, so an equal number of rows does not beat one that is there.
        if (best.size() < ProfiledColumn::mostFrequent || rows > best.front().first) {
            best.emplace_back(rows, values[first]);
            std::push_heap(best.begin(), best.end(), better);
            if (best.size() > ProfiledColumn::mostFrequent) {
                std::pop_heap(best.begin(), best.end(), better);
                best.pop_back();
            }
        }
        first = last;
    }
    std::sort(best.begin(), best.end(), better);
    if (best.empty() || (best.front().first == 1 && column.distinct > 1)) return;
    for (const auto& [rows, value] : best) column.frequent.push_back({shownNumber(value, kind), rows});
}

bool allWhole(std::span<const double> values) {
    return std::all_of(values.begin(), values.end(), [](double x) { return x == std::floor(x); });
}

/// How far the values are from being spread evenly between the smallest and the largest (Kolmogorov's distance times the root of their number).
double unevenness(std::span<const double> values) {
    const auto count = static_cast<double>(values.size());
    const double range = values.back() - values.front();
    double largest = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double even = (values[i] - values.front()) / range, place = static_cast<double>(i);
        largest = std::max({largest, std::abs(even - place / count), std::abs(even - (place + 1) / count)});
    }
    return largest * std::sqrt(count);
}

/// Five or six digits may also be amounts: those lie unevenly, and so few of so many possible ones differ by chance.
bool mayBeAmounts(std::span<const double> values) {
    constexpr double shortestNumber = 1e6, unlikelyIfEven = 1.36, pairsExpected = 3;
    const double range = values.back() - values.front() + 1, count = static_cast<double>(values.size());
    return values.front() < shortestNumber && count * count / (2 * range) < pairsExpected && unevenness(values) > unlikelyIfEven;
}

/// Numbers that count rows (most of a range is there) or are long (five digits or more, all as many) and no quantities.
bool looksLikeIdentifier(const SortedNumbers& sorted, ColumnKind kind, const std::string& name) {
    const auto values = sorted.values();
    if (kind == ColumnKind::Time || kind == ColumnKind::Boolean || values.size() < 20 || sorted.distinct() != sorted.count()) return false;
    if (sorted.notFinite() > 0 || !allWhole(values) || namesAQuantity(name)) return false;
    const double range = values.back() - values.front() + 1;
    if (static_cast<double>(values.size()) >= 0.5 * range) return true;
    const bool long_ = values.front() >= 1e4 && std::floor(std::log10(values.front())) == std::floor(std::log10(values.back()));
    // Numbers with a point in their column are measured, also where all of them happen to be whole.
    return long_ && (namesAnIdentifier(name) || (kind == ColumnKind::Integer && !mayBeAmounts(values)));
}

}  // namespace

std::string shownNumber(double value, ColumnKind kind) {
    ColumnData cell(kind);
    if (kind == ColumnKind::Number) cell.addNumber(value);
    else if (kind == ColumnKind::Boolean) cell.addBoolean(value != 0);
    else cell.addInteger(value >= 0x1p63 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(value));
    return displayText(cell.view(), {}, 0);
}

void describeSortedNumbers(const SortedNumbers& sorted, ColumnKind kind, ProfiledColumn& column) {
    NumberFacts& facts = column.numbers.emplace();
    facts.count = sorted.count();
    column.distinct = sorted.distinct();
    column.constant = sorted.distinct() == 1 && column.wrong == 0;
    if (facts.count == 0) return;
    fillMoments(sorted.values(), facts);
    fillQuantiles(sorted, facts.quantiles);
    facts.negative = sorted.below(0);
    facts.zeros = sorted.upTo(0) - facts.negative;
    fillFences(sorted, kind, facts);
    column.identifier = looksLikeIdentifier(sorted, kind, column.name);
    fillFrequent(sorted, kind, column);
    column.histogram = layBins({facts.count, kind != ColumnKind::Number || allWhole(sorted.values()), kind == ColumnKind::Time, facts.quantiles});
    fillBins(column.histogram, facts.count, [&](double x) { return sorted.below(x); });
}

}  // namespace lamina
