// Long curves, condensed while they are written (schema/005_metric_levels.sql says how). Inside core/project only.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core/store/store.h"

namespace lamina {

/// How many points, or rows of the level below, make a row.
constexpr std::int64_t metricLevelFactor = 32;

/// One row of metric_level: a few neighbouring points of a series.
struct MetricBucket {
    std::int64_t firstKey = 0, lastKey = 0;
    std::int64_t epoch = 0;  ///< of the last point
    std::int64_t stepFrom = 0, stepTo = 0;
    std::int64_t points = 0;
    std::int64_t numbers = 0;  ///< finite ones
    double minimum = std::numeric_limits<double>::quiet_NaN(), maximum = std::numeric_limits<double>::quiet_NaN();  ///< NaN: of NaN alone
    double sum = 0;            ///< of the finite ones

    void add(std::int64_t key, std::int64_t pointEpoch, std::int64_t step, double value);
};

/// Condenses the points of one transaction. It knows only what is in the file, so that a transaction that fails leaves nothing behind.
class MetricLevels {
public:
    explicit MetricLevels(SQLite::Database& database);

    /// In order of the keys.
    void add(std::int64_t attempt, std::int64_t series, std::int64_t key, std::int64_t epoch, std::int64_t step, double value);
    /// Writes what is still open: a row of level 1 never goes beyond its transaction.
    void finish();

private:
    struct Open {
        std::int64_t attempt, series, next;  ///< next: number of the bucket within level 1
        MetricBucket bucket;
    };
    Open& open(std::int64_t attempt, std::int64_t series);
    std::int64_t nextBucket(std::int64_t attempt, std::int64_t series);
    void close(Open& open);
    void condense(std::int64_t attempt, std::int64_t series, std::int64_t level, std::int64_t bucket);

    SQLite::Database& m_database;
    KeptStatement m_insert, m_condense;
    std::vector<Open> m_open;
};

/// Are all levels those of the points below them? One Warning for each series where they are not.
Result<void> checkMetricLevels(const Store& store, std::vector<Issue>& found);

}  // namespace lamina
