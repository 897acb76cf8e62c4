#include <cmath>

#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& rmse_metric() {
    static const MetricType type{
        .id = "rmse",
        .title = "Root mean squared error",
        .summary = "Like the mean absolute error, but big misses weigh more.",
        .higherIsBetter = false,
        .ofNumbers = [](const RegressionSums& s) { return s.count == 0 ? 0.0 : std::sqrt(s.squared / static_cast<double>(s.count)); },
    };
    return type;
}

}  // namespace lamina
