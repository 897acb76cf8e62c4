#include "core/project/metric_levels.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

struct SeriesOfAttempt {
    std::int64_t attempt, series;
};

std::vector<SeriesOfAttempt> allSeries(SQLite::Database& database) {
    Statement query(database, "SELECT attempt.key, metric_series.key FROM attempt JOIN run ON run.id = attempt.run, metric_series"
                              " WHERE removed < 2 AND EXISTS (SELECT 1 FROM metric_level WHERE attempt = attempt.key AND series = metric_series.key)");
    std::vector<SeriesOfAttempt> all;
    while (query.executeStep()) all.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64()});
    return all;
}

/// Compares some rows of level 1 with their points; false where one differs. `last` becomes the last row seen, or -1 where there are no more.
bool levelOneFits(SQLite::Database& database, const SeriesOfAttempt& which, std::int64_t& last) {
    constexpr std::int64_t rowsPerRead = 20000;
    Statement query(database,
                    "SELECT max(last_key), count(*), total(differs) FROM ("
                    " SELECT page.last_key AS last_key, page.points <> count(point.key) OR page.minimum IS NOT min(point.value) OR page.maximum IS NOT max(point.value)"
                    "  OR page.step_from <> min(point.step) OR page.step_to <> max(point.step)"
                    "  OR page.numbers <> count(point.value) FILTER (WHERE abs(point.value) < 9e999)"
                    "  OR abs(page.sum - sum(point.value) FILTER (WHERE abs(point.value) < 9e999)) > 1e-9 * abs(page.sum) + 1e-300 AS differs"
                    " FROM (SELECT * FROM metric_level WHERE attempt = ? AND series = ? AND level = 1 AND last_key > ? ORDER BY last_key LIMIT ?) AS page"
                    " LEFT JOIN metric_point AS point ON point.key >= page.first_key AND point.key <= page.last_key AND point.series = page.series"
                    " GROUP BY page.last_key)");
    rows::bind(query, which.attempt, which.series, last, rowsPerRead);
    query.executeStep();
    last = query.getColumn(1).getInt64() < rowsPerRead ? -1 : query.getColumn(0).getInt64();
    return query.getColumn(2).getDouble() == 0;
}

/// Is every row of the upper levels made of all its rows of the level below?
bool upperLevelsFit(SQLite::Database& database, const SeriesOfAttempt& which) {
    Statement differing(database,
                        "SELECT 1 FROM metric_level AS upper LEFT JOIN metric_level AS lower ON lower.attempt = upper.attempt AND lower.series = upper.series"
                        "  AND lower.level = upper.level - 1 AND lower.last_key >= upper.first_key AND lower.last_key <= upper.last_key"
                        " WHERE upper.attempt = ? AND upper.series = ? AND upper.level > 1 GROUP BY upper.level, upper.last_key"
                        " HAVING count(lower.last_key) <> ? OR upper.points <> sum(lower.points) OR upper.numbers <> sum(lower.numbers)"
                        "  OR upper.minimum IS NOT min(lower.minimum) OR upper.maximum IS NOT max(lower.maximum)"
                        "  OR upper.step_from <> min(lower.step_from) OR upper.step_to <> max(lower.step_to)"
                        "  OR abs(upper.sum - sum(lower.sum)) > 1e-9 * abs(upper.sum) + 1e-300 LIMIT 1");
    rows::bind(differing, which.attempt, which.series, metricLevelFactor);
    return !differing.executeStep();
}

/// Is no point and no row left out? Every level has a row for each metricLevelFactor rows of the one below.
bool levelsAreWhole(SQLite::Database& database, const SeriesOfAttempt& which) {
    Statement counts(database, "SELECT level, count(*) FROM metric_level WHERE attempt = ? AND series = ? GROUP BY level ORDER BY level");
    rows::bind(counts, which.attempt, which.series);
    std::int64_t level = 0, below = 0;
    while (counts.executeStep()) {
        const std::int64_t count = counts.getColumn(1).getInt64();
        if (counts.getColumn(0).getInt64() != ++level || (level > 1 && count != below / metricLevelFactor)) return false;
        below = count;
    }
    return below < metricLevelFactor;
}

Error differs(SQLite::Database& database, const SeriesOfAttempt& which) {
    Statement names(database, "SELECT run.name, series.split, series.name FROM run JOIN attempt ON attempt.run = run.id, metric_series AS series"
                              " WHERE attempt.key = ? AND series.key = ?");
    rows::bind(names, which.attempt, which.series);
    names.executeStep();
    return fail("project.metric_levels", {{"run", names.getColumn(0).getString()}, {"split", names.getColumn(1).getString()}, {"name", names.getColumn(2).getString()}});
}

/// Attempts some of whose points no row of level 1 counts.
Result<void> checkPointsAreCounted(SQLite::Database& database, std::vector<Issue>& found) {
    Statement query(database, "SELECT run.name FROM attempt JOIN run ON run.id = attempt.run WHERE removed < 2 AND"
                              " (SELECT count(*) FROM metric_point WHERE key >= attempt.key << 32 AND key < (attempt.key + 1) << 32) <>"
                              " (SELECT coalesce(sum(points), 0) FROM metric_level WHERE attempt = attempt.key AND level = 1)");
    while (query.executeStep()) found.push_back({Severity::Warning, fail("project.metric_levels_incomplete", {{"run", query.getColumn(0).getString()}}), 1});
    return {};
}

Result<void> checkSeries(const Store& store, const SeriesOfAttempt& which, std::vector<Issue>& found) {
    bool fits = true;
    for (std::int64_t last = 0; fits && last >= 0;)
        LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
            fits = levelOneFits(database, which, last);
            return {};
        }));
    return store.read([&](SQLite::Database& database) -> Result<void> {
        if (!fits || !upperLevelsFit(database, which) || !levelsAreWhole(database, which)) found.push_back({Severity::Warning, differs(database, which), 1});
        return {};
    });
}

}  // namespace

void MetricBucket::add(std::int64_t key, std::int64_t pointEpoch, std::int64_t step, double value) {
    if (points++ == 0) {
        firstKey = key;
        stepFrom = stepTo = step;
    }
    lastKey = key;
    epoch = pointEpoch;
    stepFrom = std::min(stepFrom, step);
    stepTo = std::max(stepTo, step);
    minimum = std::fmin(minimum, value);
    maximum = std::fmax(maximum, value);
    if (!std::isfinite(value)) return;
    ++numbers;
    sum += value;
}

MetricLevels::MetricLevels(SQLite::Database& database)
    : m_database(database),
      m_insert(database, "INSERT INTO metric_level (attempt, series, level, last_key, first_key, bucket, epoch, step_from, step_to, points, numbers, minimum,"
                         " maximum, sum) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      m_condense(database, "INSERT INTO metric_level (attempt, series, level, last_key, first_key, bucket, epoch, step_from, step_to, points, numbers, minimum,"
                           " maximum, sum) SELECT ?1, ?2, ?3, max(last_key), min(first_key), ?4, max(epoch), min(step_from), max(step_to), sum(points),"
                           " sum(numbers), min(minimum), max(maximum), sum(sum) FROM (SELECT * FROM metric_level WHERE attempt = ?1 AND series = ?2"
                           " AND level = ?3 - 1 ORDER BY last_key DESC LIMIT ?5)") {}

std::int64_t MetricLevels::nextBucket(std::int64_t attempt, std::int64_t series) {
    const KeptStatement last(m_database, "SELECT bucket FROM metric_level WHERE attempt = ? AND series = ? AND level = 1 ORDER BY last_key DESC LIMIT 1");
    rows::bind(*last, attempt, series);
    return last->executeStep() ? std::clamp<std::int64_t>(last->getColumn(0).getInt64(), 0, std::int64_t{1} << 32) + 1 : 0;
}

MetricLevels::Open& MetricLevels::open(std::int64_t attempt, std::int64_t series) {
    for (Open& open : m_open)
        if (open.series == series && open.attempt == attempt) return open;
    return m_open.emplace_back(Open{attempt, series, nextBucket(attempt, series), {}});
}

void MetricLevels::add(std::int64_t attempt, std::int64_t series, std::int64_t key, std::int64_t epoch, std::int64_t step, double value) {
    Open& at = open(attempt, series);
    at.bucket.add(key, epoch, step, value);
    if (at.bucket.points == metricLevelFactor) close(at);
}

void MetricLevels::finish() {
    for (Open& open : m_open)
        if (open.bucket.points > 0) close(open);
}

void MetricLevels::close(Open& open) {
    const MetricBucket bucket = std::exchange(open.bucket, {});
    const std::int64_t number = open.next++;
    rows::bind(*m_insert, open.attempt, open.series, bucket.lastKey, bucket.firstKey, number, bucket.epoch, bucket.stepFrom, bucket.stepTo, bucket.points,
               bucket.numbers, bucket.minimum, bucket.maximum);
    if (bucket.numbers > 0) m_insert->bind(13, bucket.sum);
    else m_insert->bind(13);
    m_insert->exec();
    m_insert->reset();
    if (number % metricLevelFactor == metricLevelFactor - 1) condense(open.attempt, open.series, 2, number / metricLevelFactor);
}

void MetricLevels::condense(std::int64_t attempt, std::int64_t series, std::int64_t level, std::int64_t bucket) {
    rows::bind(*m_condense, attempt, series, level, bucket, metricLevelFactor);
    m_condense->exec();
    m_condense->reset();
    if (bucket % metricLevelFactor == metricLevelFactor - 1) condense(attempt, series, level + 1, bucket / metricLevelFactor);
}

Result<void> checkMetricLevels(const Store& store, std::vector<Issue>& found) {
    std::vector<SeriesOfAttempt> all;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        all = allSeries(database);
        return checkPointsAreCounted(database, found);
    }));
    for (const SeriesOfAttempt& which : all) LAMINA_CHECK(checkSeries(store, which, found));
    return {};
}

}  // namespace lamina
