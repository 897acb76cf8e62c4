// The numbers of a training run, as rows; the charts, the command line and other processes all read them from here.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/store/store.h"

namespace lamina {

struct MetricRow {
    std::string run;
    std::int64_t attempt = 0;
    std::int64_t sequence = 0;  ///< counted by the trainer within the attempt; (run, attempt, sequence) is the key
    std::int64_t epoch = 0;
    std::int64_t step = 0;      ///< optimizer steps since the start of the run
    std::string split;          ///< "training", "validation", "test"
    std::string name;           ///< "loss", "accuracy" …
    double value = 0;           ///< NaN is kept (as NULL)
    std::int64_t wallTime = 0;  ///< milliseconds since 1970
};

/// A number that resuming does not touch: without attempt and time, the newest attempt's row for each (epoch, step, split, name).
struct CleanMetric {
    std::int64_t epoch = 0;
    std::int64_t step = 0;
    std::string split;
    std::string name;
    double value = 0;
    bool operator==(const CleanMetric&) const = default;
};

/// Which curves a run has.
struct SeriesName {
    std::string split;
    std::string name;
    bool operator==(const SeriesName&) const = default;
};

/// A point of a curve, or many neighbouring ones in one.
struct SeriesPoint {
    std::int64_t epoch = 0;  ///< of the last
    std::int64_t stepFrom = 0, stepTo = 0;
    std::int64_t points = 1;
    double minimum = 0, maximum = 0;  ///< NaN where all are NaN; infinities count
    double mean = 0;                  ///< of the finite ones; NaN where there is none
    std::int64_t wallTime = 0;        ///< milliseconds since 1970; 0 where several points are in one
};

struct MetricSeries {
    int level = 0;                    ///< 0: every point by itself; else neighbouring ones are joined
    std::vector<SeriesPoint> points;  ///< in order of steps
    std::int64_t last = 0;            ///< the newest point in the file, for pointsAfter
};

class MetricRepository {
public:
    explicit MetricRepository(Store& store) : m_store(store) {}

    /// One transaction (Durability::Normal) for the whole batch; give a few hundred to a thousand rows at once. Refused with "disk.full"
    /// while there is still room for edits; "run.attempt_not_found" {run, attempt} before startAttempt, "run.metrics_not_in_order" where a
    /// sequence of the attempt is not greater than the one before it. The condensed levels that series() reads are written along.
    WriteFuture append(std::vector<MetricRow> rows);

    /// Rows with a sequence ≥ `fromSequence` of one attempt, in order: what a live curve asks again and again.
    Result<std::vector<MetricRow>> rows(const std::string& run, std::int64_t attempt, std::int64_t fromSequence, std::int64_t limit) const;
    /// All numbers of a run in order of (epoch, step, split, name). Empty name: all of them.
    Result<std::vector<CleanMetric>> clean(const std::string& run, const std::string& name = {}) const;

    // For charts, in any process. Of a run that was resumed, the newer attempt counts from its first step of the curve on.

    /// All curves that have a point.
    Result<std::vector<SeriesName>> names(const std::string& run) const;
    /// A curve from `fromStep` to `toStep` as finely as `maximumPoints` (some hundreds or more) allow. Fast however long the curve is;
    /// empty where run or curve is not there.
    Result<MetricSeries> series(const std::string& run, const std::string& name, const std::string& split, std::int64_t fromStep = 0,
                                std::int64_t toStep = std::numeric_limits<std::int64_t>::max(), std::int64_t maximumPoints = 2000) const;
    /// What came after `last` (of series() or of this): every point by itself, at most `limit`. Where a step is not greater than the one before
    /// it the run was resumed there: the curve's points from that step on are replaced.
    Result<MetricSeries> pointsAfter(const std::string& run, const std::string& name, const std::string& split, std::int64_t last, std::int64_t limit = 10000) const;

private:
    Store& m_store;
};

}  // namespace lamina
