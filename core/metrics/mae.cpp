#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& mae_metric() {
    static const MetricType type{
        .id = "mae",
        .title = "Mean absolute error",
        .summary = "How far off the predicted number is, on average.",
        .higherIsBetter = false,
        .ofNumbers = [](const RegressionSums& s) { return s.count == 0 ? 0.0 : s.absolute / static_cast<double>(s.count); },
    };
    return type;
}

}  // namespace lamina
