#include "core/metrics/confusion_matrix.h"

#include <cmath>
#include <numeric>

namespace lamina {
namespace {
double ratio(std::int64_t part, std::int64_t whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole); }
}  // namespace

std::int64_t ConfusionMatrix::total() const { return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}); }

std::int64_t ConfusionMatrix::actual(std::int64_t c) const {
    std::int64_t sum = 0;
    for (std::int64_t p = 0; p < classes; ++p) sum += at(c, p);
    return sum;
}

std::int64_t ConfusionMatrix::predicted(std::int64_t c) const {
    std::int64_t sum = 0;
    for (std::int64_t a = 0; a < classes; ++a) sum += at(a, c);
    return sum;
}

double ConfusionMatrix::precision(std::int64_t c) const { return ratio(at(c, c), predicted(c)); }
double ConfusionMatrix::recall(std::int64_t c) const { return ratio(at(c, c), actual(c)); }
double ConfusionMatrix::f1(std::int64_t c) const { return ratio(2 * at(c, c), predicted(c) + actual(c)); }

double ConfusionMatrix::specificity(std::int64_t c) const {
    const std::int64_t others = total() - actual(c);
    return ratio(others - (predicted(c) - at(c, c)), others);
}

double ConfusionMatrix::overlap(std::int64_t c) const { return ratio(at(c, c), actual(c) + predicted(c) - at(c, c)); }

void RegressionSums::add(double predicted, double target) {
    ++count;
    const double difference = predicted - target;
    absolute += std::abs(difference);
    squared += difference * difference;
    if (target != 0) {
        relative += std::abs(difference / target);
        ++relativeCount;
    }
    const double before = target - mean;
    mean += before / static_cast<double>(count);
    spread += before * (target - mean);
}

}  // namespace lamina
