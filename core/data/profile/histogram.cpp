#include "core/data/profile/histogram.h"

#include <array>
#include <chrono>
#include <cmath>

namespace lamina {

namespace {

constexpr double mostBins = 40, fewestBins = 10;

/// The smallest of 1, 2, 5 × 10^k that is at least `width`; 0 < width.
double roundWidth(double width) {
    const double power = std::pow(10.0, std::floor(std::log10(width)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= width * (1 - 1e-9)) return factor * power;
    return 10 * power;
}

/// Freedman and Diaconis' width (twice the quartile distance ÷ ∛n), kept within what can be looked at.
double wantedWidth(const ValueSpread& spread) {
    const double range = spread.quantiles.maximum - spread.quantiles.minimum;
    const double natural = 2 * (spread.quantiles.p75 - spread.quantiles.p25) / std::cbrt(static_cast<double>(spread.count));
    return std::clamp(natural, range / mostBins, range / fewestBins);
}

void addSteps(ProfileHistogram& histogram, double first, double width, double maximum) {
    histogram.edges.push_back(first);
    for (int i = 1; histogram.edges.back() < maximum && i < 200; ++i) histogram.edges.push_back(first + i * width);
    histogram.edges.back() = std::max(histogram.edges.back(), maximum);
}

void layLinear(const ValueSpread& spread, ProfileHistogram& histogram) {
    const auto& q = spread.quantiles;
    const double range = q.maximum - q.minimum;
    // One value, or a range that a double cannot hold in steps: one bin.
    if (!(range > 0) || !std::isfinite(range) || range < 1e-12 * std::max(std::abs(q.minimum), std::abs(q.maximum))) {
        histogram.edges = {q.minimum, q.maximum};
        return;
    }
    const double width = roundWidth(wantedWidth(spread));
    addSteps(histogram, std::floor(q.minimum / width) * width, width, q.maximum);
}

void layWhole(const ValueSpread& spread, ProfileHistogram& histogram) {
    const auto& q = spread.quantiles;
    histogram.scale = HistogramScale::Whole;
    const double range = q.maximum - q.minimum;
    const double width = range < mostBins ? 1.0 : std::max(1.0, roundWidth(wantedWidth(spread)));
    const double first = width == 1.0 ? q.minimum : std::floor(q.minimum / width) * width;
    addSteps(histogram, first - 0.5, width, q.maximum + 0.5);
}

/// Values from 0 upwards over at least three powers of ten, most of them near the lower end.
bool leansLikeLog(const ValueSpread& spread) {
    const auto& q = spread.quantiles;
    const double low = q.minimum > 0 ? q.minimum : q.p1 > 0 ? q.p1 : q.p25;
    if (q.minimum < 0 || low <= 0 || q.maximum < 1000 * low) return false;
    return q.maximum - q.median > 20 * (q.median - q.minimum) || q.p95 - q.median > 5 * (q.median - q.p5);
}

void layLog(const ValueSpread& spread, ProfileHistogram& histogram) {
    const auto& q = spread.quantiles;
    histogram.scale = HistogramScale::Log;
    const bool zeros = q.minimum == 0;
    const double low = std::floor(std::log10(!zeros ? q.minimum : q.p1 > 0 ? q.p1 : q.p25)), high = std::log10(q.maximum);
    const double decades = high - low;
    const int perDecade = decades <= 8 ? 5 : decades <= 20 ? 2 : 1;
    const int step = std::max(1, static_cast<int>(std::ceil(decades * perDecade / mostBins)));
    if (zeros) histogram.edges.push_back(0);
    int i = 0;
    do histogram.edges.push_back(std::pow(10.0, low + static_cast<double>(i) / perDecade));
    while (histogram.edges.back() <= q.maximum && (i += step) < 4000);
}

constexpr double second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
constexpr std::array fixedSteps{0.001 * second, 0.01 * second, 0.1 * second, second, 5 * second, 15 * second, minute,  5 * minute, 15 * minute,
                                hour,           3 * hour,      6 * hour,     12 * hour, day,       2 * day,     7 * day};
constexpr std::array monthSteps{1, 3, 12, 24, 60, 120, 600, 1200};

double startOfMonth(std::int64_t months) {
    using namespace std::chrono;
    const std::int64_t year = months >= 0 ? months / 12 : -((11 - months) / 12);
    const year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(static_cast<unsigned>(months - year * 12 + 1)),
                              std::chrono::day(1)};
    return static_cast<double>(sys_days(date).time_since_epoch().count()) * day;
}

std::int64_t monthOf(double milliseconds) {
    using namespace std::chrono;
    const year_month_day date{sys_days(days(static_cast<std::int64_t>(std::floor(milliseconds / day))))};
    return static_cast<int>(date.year()) * std::int64_t{12} + static_cast<std::int64_t>(static_cast<unsigned>(date.month())) - 1;
}

void layMonths(double minimum, double maximum, ProfileHistogram& histogram) {
    std::int64_t step = monthSteps.back();
    for (const int months : monthSteps)
        if ((maximum - minimum) / (months * 30.4 * day) <= mostBins) {
            step = months;
            break;
        }
    std::int64_t month = monthOf(minimum);
    month -= ((month % step) + step) % step;
    for (int i = 0; i < 200 && (i < 2 || histogram.edges.back() <= maximum); ++i, month += step) histogram.edges.push_back(startOfMonth(month));
    histogram.edges.back() = std::max(histogram.edges.back(), maximum);
}

void layTime(const ValueSpread& spread, ProfileHistogram& histogram) {
    constexpr double furthest = 9e14;  // 28,000 years: beyond that the calendar says little
    const auto& q = spread.quantiles;
    if (q.minimum < -furthest || q.maximum > furthest) return layLinear(spread, histogram);
    histogram.scale = HistogramScale::Time;
    for (const double step : fixedSteps)
        if ((q.maximum - q.minimum) / step <= mostBins) return addSteps(histogram, std::floor(q.minimum / step) * step, step, q.maximum + 1);
    layMonths(q.minimum, q.maximum, histogram);
}

}  // namespace

ProfileHistogram layBins(const ValueSpread& spread) {
    ProfileHistogram histogram;
    if (spread.time) layTime(spread, histogram);
    else if (leansLikeLog(spread)) layLog(spread, histogram);
    else if (spread.whole && std::abs(spread.quantiles.minimum) < 1e15 && std::abs(spread.quantiles.maximum) < 1e15) layWhole(spread, histogram);
    else layLinear(spread, histogram);
    return histogram;
}

void fillBins(ProfileHistogram& histogram, std::int64_t count, const std::function<std::int64_t(double)>& below) {
    std::int64_t before = 0;
    for (std::size_t i = 0; i + 1 < histogram.edges.size(); ++i) {
        const bool last = i + 2 == histogram.edges.size();
        const std::int64_t until = last ? count : below(histogram.edges[i + 1]);
        histogram.rows.push_back(until - before);
        before = until;
    }
}

}  // namespace lamina
