// Keeps what a training gives in the project: metrics in batches, checkpoints as content files.
#pragma once

#include <deque>
#include <functional>

#include "core/project/project.h"
#include "core/training/session.h"

namespace lamina {

/// Used by the training's thread alone.
class ProjectTrainingSink : public TrainingSink {
public:
    ProjectTrainingSink(Project& project, std::string run, std::int64_t attempt, std::int64_t firstGeneration, std::string monitor,
                        std::function<void(const CheckpointRecord&)> onCheckpoint);

    Result<void> metrics(std::vector<MetricPoint> points) override;
    Result<void> checkpoint(std::vector<std::byte> bytes, const TrainingState& state, bool best) override;

private:
    Result<void> waitForMetrics(std::size_t mostUnderWay);
    Result<void> keepBest(const TrainingState& state);

    Project& m_project;
    std::string m_run;
    std::int64_t m_attempt, m_generation;
    std::string m_monitor;
    std::function<void(const CheckpointRecord&)> m_onCheckpoint;
    std::deque<WriteFuture> m_underWay;
};

/// Forgets all checkpoints but the newest `generations` and the best, and their files.
Result<void> forgetCheckpoints(Project& project, const std::string& run, std::int64_t generations);

}  // namespace lamina
