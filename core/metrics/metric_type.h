// The contract of a metric: one file in core/metrics, one line in metrics.cmake.
#pragma once

#include <string>
#include <vector>

#include "core/metrics/confusion_matrix.h"
#include "core/metrics/score_sums.h"

namespace lamina {

struct MetricType {
    std::string id;  ///< persisted, the name in the metric table: "accuracy"
    std::string title;
    std::string summary;
    bool higherIsBetter = true;
    /// Exactly one of the three: from counts of classes, from sums over numbers, or from what the model thinks of every class.
    /// NaN where it is not defined (a ranking without any item of one side).
    double (*ofClasses)(const ConfusionMatrix&) = nullptr;
    double (*ofNumbers)(const RegressionSums&) = nullptr;
    double (*ofScores)(const ScoreSummary&) = nullptr;
    std::int64_t fewestClasses = 0;  ///< with fewer it says nothing: among three guesses of three classes the right one is always there
};

const std::vector<const MetricType*>& metricCatalogue();
/// nullptr where there is none.
const MetricType* findMetric(const std::string& id);

}  // namespace lamina
