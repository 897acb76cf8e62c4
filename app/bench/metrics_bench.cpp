// Metric rows written to a project on disk, in batches, every commit waited for.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/bench/report.h"
#include "core/project/metric_speed.h"

namespace lamina::bench {

std::vector<Figure> measureMetrics(const Settings& settings) {
    constexpr int batches = 200;
    Figure figure{"metrics_rows_per_s", {}, {}};
    const Path folder = std::filesystem::temp_directory_path() / ("lamina-bench-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    std::vector<double> rates;
    {
        auto project = Project::create(folder / "metrics.lamina");
        for (int round = 0; project && round < settings.rounds; ++round) {
            const auto rate = metricRowsPerSecond(**project, batches);
            if (!rate) break;
            rates.push_back(*rate);
            figure.lines.push_back(line("metrics: %.0f rows/s in batches of 1000", *rate));
        }
    }
    std::filesystem::remove_all(folder);
    if (rates.empty()) return {figure};
    std::nth_element(rates.begin(), rates.begin() + static_cast<std::ptrdiff_t>(rates.size() / 2), rates.end());
    figure.value = rates[rates.size() / 2];
    return {figure};
}

}  // namespace lamina::bench
