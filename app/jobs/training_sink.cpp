#include "app/jobs/training_sink.h"

#include "core/base/clock.h"

namespace lamina {

ProjectTrainingSink::ProjectTrainingSink(Project& project, std::string run, std::int64_t attempt, std::int64_t firstGeneration, std::string monitor,
                                         std::function<void(const CheckpointRecord&)> onCheckpoint)
    : m_project(project),
      m_run(std::move(run)),
      m_attempt(attempt),
      m_generation(firstGeneration),
      m_monitor(std::move(monitor)),
      m_onCheckpoint(std::move(onCheckpoint)) {}

Result<void> ProjectTrainingSink::metrics(std::vector<MetricPoint> points) {
    const std::int64_t now = clock().wallMilliseconds();
    std::vector<MetricRow> rows;
    rows.reserve(points.size());
    for (MetricPoint& p : points)
        rows.push_back({m_run, m_attempt, p.sequence, p.epoch, p.step, std::move(p.split), std::move(p.name), p.value, now});
    m_underWay.push_back(m_project.metrics().append(std::move(rows)));
    return waitForMetrics(64);
}

Result<void> ProjectTrainingSink::waitForMetrics(std::size_t mostUnderWay) {
    auto ready = [](const WriteFuture& future) { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; };
    while (!m_underWay.empty() && (m_underWay.size() > mostUnderWay || ready(m_underWay.front()))) {
        auto written = m_underWay.front().get();
        m_underWay.pop_front();
        LAMINA_CHECK(std::move(written));
    }
    return {};
}

Result<void> ProjectTrainingSink::checkpoint(std::vector<std::byte> bytes, const TrainingState& state, bool best) {
    // Whoever goes on from this checkpoint must find every number that came before it.
    LAMINA_CHECK(waitForMetrics(0));
    CheckpointRecord record{m_run, m_generation++, state.epoch, state.step, {}, best};
    LAMINA_TRY(record.fileHash, m_project.addBytes({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    LAMINA_CHECK(m_project.checkpoints().add(record).get());
    if (best) LAMINA_CHECK(keepBest(state));
    LAMINA_CHECK(forgetCheckpoints(m_project, m_run, 2));
    if (m_onCheckpoint) m_onCheckpoint(record);
    return {};
}

Result<void> ProjectTrainingSink::keepBest(const TrainingState& state) {
    return m_project.runs().setBest(m_run, {{"epoch", state.bestEpoch + 1}, {"name", m_monitor}, {"value", state.best}}).get();
}

Result<void> forgetCheckpoints(Project& project, const std::string& run, std::int64_t generations) {
    LAMINA_TRY(const auto unused, project.checkpoints().keepOnly(run, generations));
    for (const auto& hash : unused) LAMINA_CHECK(project.removeFile(hash));
    return {};
}

}  // namespace lamina
