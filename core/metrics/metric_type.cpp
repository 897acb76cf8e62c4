#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType* findMetric(const std::string& id) {
    for (const auto* metric : metricCatalogue())
        if (metric->id == id) return metric;
    return nullptr;
}

}  // namespace lamina
