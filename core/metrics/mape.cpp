#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& mape_metric() {
    static const MetricType type{
        .id = "mape",
        .title = "Mean absolute error in %",
        .summary = "How far off the predicted number is, in percent of the true one; items whose true number is 0 are left out.",
        .higherIsBetter = false,
        .ofNumbers = [](const RegressionSums& s) { return s.relativeCount == 0 ? 0.0 : 100.0 * s.relative / static_cast<double>(s.relativeCount); },
    };
    return type;
}

}  // namespace lamina
