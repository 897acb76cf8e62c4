#include "core/project/metric_speed.h"

#include "core/base/clock.h"

namespace lamina {
namespace {

constexpr int rowsPerBatch = 1000;

std::vector<MetricRow> makeBatch(const AttemptRecord& attempt, std::int64_t first) {
    std::vector<MetricRow> batch(rowsPerBatch);
    for (int i = 0; i < rowsPerBatch; ++i) {
        const std::int64_t sequence = first + i;
        batch[static_cast<std::size_t>(i)] = {attempt.run, attempt.number, sequence, sequence / 1000, sequence, "training",
                                              i % 2 == 0 ? "loss" : "accuracy", 1.0 / static_cast<double>(sequence + 1), attempt.started + sequence};
    }
    return batch;
}

}  // namespace

Result<double> metricRowsPerSecond(Project& project, int batches) {
    RunRecord run;
    run.name = "speed of metrics";
    LAMINA_CHECK(project.runs().add(run).get());
    LAMINA_TRY(const auto attempt, project.runs().startAttempt(run.id, "none"));
    std::vector<WriteFuture> pending;
    const Stopwatch watch;
    for (int i = 0; i < batches; ++i) pending.push_back(project.metrics().append(makeBatch(attempt, std::int64_t{i} * rowsPerBatch)));
    for (auto& future : pending) LAMINA_CHECK(future.get());
    const double seconds = watch.seconds();
    LAMINA_CHECK(project.runs().endAttempt(attempt, "finished", RunStatus::Finished).get());
    return static_cast<double>(batches) * rowsPerBatch / seconds;
}

}  // namespace lamina
