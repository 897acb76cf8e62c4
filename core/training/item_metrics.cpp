#include "core/training/item_metrics.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/metrics/metric_type.h"

namespace lamina {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& id) { return std::find(list.begin(), list.end(), id) != list.end(); }

}  // namespace

double metricOf(const std::string& id, const ItemSums& sums) { return metricsOf({id}, sums).front().second; }

Scores metricsOf(const std::vector<std::string>& ids, const ItemSums& sums) {
    Scores scores;
    std::optional<ScoreSummary> summary;
    for (const auto& id : ids) {
        const MetricType* metric = findMetric(id);
        double value = std::numeric_limits<double>::quiet_NaN();
        if (id == "loss") value = sums.meanLoss();
        else if (metric && metric->ofClasses) value = metric->ofClasses(sums.confusion);
        else if (metric && metric->ofNumbers) value = metric->ofNumbers(sums.numbers);
        else if (metric && sums.scores.items() > 0) {
            if (!summary) summary = sums.scores.summary();
            value = metric->ofScores(*summary);
        }
        scores.emplace_back(id, value);
    }
    return scores;
}

bool needsScores(const std::string& id) {
    const MetricType* metric = findMetric(id);
    return metric && metric->ofScores;
}

bool knowsMetric(const TaskType& task, const std::string& id) { return id == "loss" || contains(task.metrics, id) || contains(task.moreMetrics, id); }

std::vector<std::string> allMetrics(const TaskType& task, std::int64_t classes) {
    std::vector<std::string> ids = task.metrics;
    ids.insert(ids.end(), task.moreMetrics.begin(), task.moreMetrics.end());
    std::erase_if(ids, [classes](const std::string& id) { return findMetric(id)->fewestClasses > classes; });
    return ids;
}

}  // namespace lamina
