// The metrics of some items: from their sums to the numbers that people read.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/tasks/task_type.h"
#include "core/training/checkpoint.h"

namespace lamina {

/// Metrics by id, in the order they were asked for.
using Scores = std::vector<std::pair<std::string, double>>;

/// "loss" or a metric. Metrics of scores are NaN where the sums have none.
double metricOf(const std::string& id, const ItemSums& sums);
/// The same for several, which share what is costly.
Scores metricsOf(const std::vector<std::string>& ids, const ItemSums& sums);

/// Does it need what sums of training steps do not keep?
bool needsScores(const std::string& id);
/// Is it the task's (in either of its lists) or "loss"?
bool knowsMetric(const TaskType& task, const std::string& id);
/// Both lists of the task without those that say nothing about so few classes (0: regression).
std::vector<std::string> allMetrics(const TaskType& task, std::int64_t classes);

}  // namespace lamina
