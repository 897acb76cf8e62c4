#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& r2_metric() {
    static const MetricType type{
        .id = "r2",
        .title = "R²",
        .summary = "The share of the target's variation that is explained: 1 is perfect, 0 is no better than the mean.",
        .higherIsBetter = true,
        .ofNumbers = [](const RegressionSums& s) { return s.spread == 0 ? 0.0 : 1.0 - s.squared / s.spread; },
    };
    return type;
}

}  // namespace lamina
