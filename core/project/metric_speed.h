// How fast metrics reach the store: what lamina-bench reports.
#pragma once

#include "core/project/project.h"

namespace lamina {

/// Rows per second when `batches` of 1000 rows go through MetricRepository::append, all commits waited for. Adds a run of its own to the project.
Result<double> metricRowsPerSecond(Project& project, int batches);

}  // namespace lamina
