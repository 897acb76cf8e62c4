// The numbers of a training run, as rows; the charts, the command line and other processes all read them from here.
#pragma once

#include <cstdint>
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

class MetricRepository {
public:
    explicit MetricRepository(Store& store) : m_store(store) {}

    /// One transaction (Durability::Normal) for the whole batch; give a few hundred to a thousand rows at once. Refused with "disk.full"
    /// while there is still room for edits; "run.attempt_not_found" {run, attempt} before startAttempt.
    WriteFuture append(std::vector<MetricRow> rows);

    /// Rows with a sequence ≥ `fromSequence` of one attempt, in order: what a live curve asks again and again.
    Result<std::vector<MetricRow>> rows(const std::string& run, std::int64_t attempt, std::int64_t fromSequence, std::int64_t limit) const;
    /// All numbers of a run in order of (epoch, step, split, name). Empty name: all of them.
    Result<std::vector<CleanMetric>> clean(const std::string& run, const std::string& name = {}) const;

private:
    Store& m_store;
};

}  // namespace lamina
