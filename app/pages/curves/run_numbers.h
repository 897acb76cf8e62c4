// Reads the numbers of a run for charts, again and again: first all there are, then what has come since.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/project/project.h"
#include "widgets/charts/series_data.h"

namespace lamina {

/// New points of one curve. Training is drawn by the numbers of every few steps where an epoch has several of them, else by epoch.
struct NewPoints {
    std::string metric;  ///< "loss", "accuracy" …
    bool validation = false;
    std::optional<double> replacedFrom;  ///< the run went on from here: earlier points at and after this step do not count any more
    std::vector<CurvePoint> points;
};

struct RunNews {
    RunStatus status = RunStatus::Created;
    std::vector<NewPoints> curves;
    std::int64_t epoch = 0;  ///< of the newest point that was read, ever; 0: none yet
};

/// Remembers how far it has read. Any thread, one at a time.
class RunNumbers {
public:
    explicit RunNumbers(std::string run) : m_run(std::move(run)) {}

    /// "run.not_found" and errors of the store.
    Result<RunNews> read(Project& project);

private:
    struct Attempt {
        std::int64_t started = 0;
        double before = 0;  ///< seconds of training in the attempts before
    };
    struct Known {
        std::int64_t last = 0;  ///< for MetricRepository::pointsAfter
        double lastStep = -1, lastSeconds = 0;
    };

    Result<void> readPlan(Project& project, const RunRecord& record);
    Result<void> readAttempts(Project& project);
    Result<void> readCurve(Project& project, const SeriesName& name, RunNews& news);
    void take(const SeriesPoint& point, Known& known, NewPoints& curve, std::vector<NewPoints>& done) const;
    /// The metric a series is drawn as; empty where another one is drawn in its place.
    std::string metricOf(const SeriesName& name, const std::vector<SeriesName>& all) const;
    double secondsAt(std::int64_t wallTime) const;

    std::string m_run;
    bool m_begun = false;
    std::int64_t m_epoch = 0;
    double m_stepsPerEpoch = 0;  ///< 0: not known
    bool m_everyFewSteps = true;
    std::vector<Attempt> m_attempts;
    std::map<std::pair<std::string, std::string>, Known> m_known;
};

}  // namespace lamina
