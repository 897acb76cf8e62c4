// The contract of a metric: one file in core/metrics, one line in metrics.cmake.
#pragma once

#include <string>
#include <vector>

#include "core/metrics/confusion_matrix.h"

namespace lamina {

struct MetricType {
    std::string id;  ///< persisted, the name in the metric table: "accuracy"
    std::string title;
    std::string summary;
    bool higherIsBetter = true;
    /// Exactly one of the two: from counts of classes, or from sums over numbers.
    double (*ofClasses)(const ConfusionMatrix&) = nullptr;
    double (*ofNumbers)(const RegressionSums&) = nullptr;
};

const std::vector<const MetricType*>& metricCatalogue();
/// nullptr where there is none.
const MetricType* findMetric(const std::string& id);

}  // namespace lamina
