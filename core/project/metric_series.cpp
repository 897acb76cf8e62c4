// Reading curves for charts: MetricRepository::names, series, pointsAfter.
#include <algorithm>
#include <cmath>

#include "core/project/metric_levels.h"
#include "core/project/metric_row.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

// A file from elsewhere may hold anything: more levels than a curve can have, rows that contain one another.
constexpr int highestLevel = 12;
constexpr int mostReads = 100'000;
constexpr std::size_t readFiner = 8;  // rows read for a point asked for, at the most: levels are far apart, and rows can be joined
constexpr std::int64_t everyKey = std::numeric_limits<std::int64_t>::max();

double numberOf(const SQLite::Column& column) { return column.isNull() ? std::numeric_limits<double>::quiet_NaN() : column.getDouble(); }

/// 0 where there is none; ours count up from 1.
std::int64_t readSeriesKey(SQLite::Database& database, const std::string& split, const std::string& name) {
    Statement query(database, "SELECT key FROM metric_series WHERE split = ? AND name = ?");
    rows::bind(query, split, name);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

std::vector<std::int64_t> attemptKeys(SQLite::Database& database, const std::string& run) {
    Statement query(database, "SELECT key FROM attempt WHERE run = ? ORDER BY number");
    query.bind(1, run);
    std::vector<std::int64_t> keys;
    while (query.executeStep()) keys.push_back(query.getColumn(0).getInt64());
    return keys;
}

/// One curve of one run, read in one snapshot.
class Reader {
public:
    Reader(SQLite::Database& database, const std::string& run, const std::string& split, const std::string& name)
        : m_database(database), m_series(readSeriesKey(database, split, name)), m_attempts(attemptKeys(database, run)) {}

    MetricSeries read(std::int64_t fromStep, std::int64_t toStep, std::int64_t most) {
        const auto spans = spansOf(fromStep, toStep);
        const auto wanted = static_cast<std::size_t>(std::clamp<std::int64_t>(most, 1, 1 << 20));
        MetricSeries series;
        for (series.level = 0;; ++series.level) {
            m_points.clear();
            const bool coarsest = series.level == highestLevel || !hasLevel(series.level + 1);
            m_most = coarsest ? std::size_t{1} << 30 : wanted * readFiner;
            for (const Span& span : spans) collectAll(series.level, span);
            if (m_points.size() <= m_most) break;
        }
        if (m_points.size() > wanted) {
            join((m_points.size() + wanted - 1) / wanted);
            ++series.level;
        }
        series.points = points();
        for (const std::int64_t attempt : m_attempts) series.last = std::max(series.last, lastKey(attempt, 1));
        return series;
    }

    MetricSeries after(std::int64_t last, std::int64_t limit) {
        MetricSeries series;
        series.last = last;
        m_most = static_cast<std::size_t>(std::max<std::int64_t>(limit, 1)) - 1;
        for (const std::int64_t attempt : m_attempts)
            if (m_points.size() <= m_most) series.last = std::max(series.last, collectPoints({attempt, std::numeric_limits<std::int64_t>::min(), everyKey}, last, everyKey));
        series.points = points();
        return series;
    }

private:
    /// A point, and how many finite numbers its mean is of.
    struct Counted {
        SeriesPoint point;
        std::int64_t numbers;
    };

    std::vector<SeriesPoint> points() const {
        std::vector<SeriesPoint> all;
        for (const Counted& counted : m_points) all.push_back(counted.point);
        return all;
    }

    /// Every `count` neighbours in one. The levels are far apart; a chart wants as many points as it has room for.
    void join(std::size_t count) {
        std::size_t joined = 0;
        for (std::size_t i = 0; i < m_points.size(); i += count, ++joined) {
            Counted sum = m_points[i];
            for (std::size_t k = i + 1; k < std::min(i + count, m_points.size()); ++k) add(sum, m_points[k]);
            m_points[joined] = sum;
        }
        m_points.resize(joined);
    }

    static void add(Counted& sum, const Counted& next) {
        SeriesPoint& to = sum.point;
        to.epoch = next.point.epoch;
        to.stepTo = next.point.stepTo;
        to.points += next.point.points;
        to.minimum = std::fmin(to.minimum, next.point.minimum);
        to.maximum = std::fmax(to.maximum, next.point.maximum);
        to.wallTime = 0;
        if (next.numbers == 0) return;
        const double before = sum.numbers > 0 ? to.mean * static_cast<double>(sum.numbers) : 0;
        sum.numbers += next.numbers;
        to.mean = (before + next.point.mean * static_cast<double>(next.numbers)) / static_cast<double>(sum.numbers);
    }

    /// What counts of an attempt: its steps up to where a newer attempt begins.
    struct Span {
        std::int64_t attempt, from, to;
    };

    std::vector<Span> spansOf(std::int64_t fromStep, std::int64_t toStep) {
        std::vector<Span> spans;
        for (auto attempt = m_attempts.rbegin(); attempt != m_attempts.rend(); ++attempt) {
            Statement first(m_database, "SELECT step_from FROM metric_level WHERE attempt = ? AND series = ? AND level = 1 ORDER BY last_key LIMIT 1");
            rows::bind(first, *attempt, m_series);
            if (!first.executeStep()) continue;
            const std::int64_t begins = first.getColumn(0).getInt64();
            if (begins <= toStep) {
                spans.push_back({*attempt, std::max(begins, fromStep), toStep});
                toStep = std::max<std::int64_t>(begins, 0) - 1;
            }
        }
        std::reverse(spans.begin(), spans.end());
        return spans;
    }

    std::int64_t lastKey(std::int64_t attempt, std::int64_t level) {
        Statement query(m_database, "SELECT last_key FROM metric_level WHERE attempt = ? AND series = ? AND level = ? ORDER BY last_key DESC LIMIT 1");
        rows::bind(query, attempt, m_series, level);
        return query.executeStep() ? query.getColumn(0).getInt64() : 0;
    }

    bool hasLevel(std::int64_t level) {
        return std::any_of(m_attempts.begin(), m_attempts.end(), [&](std::int64_t attempt) { return lastKey(attempt, level) > 0; });
    }

    std::int64_t room() const { return static_cast<std::int64_t>(m_most + 1 - std::min(m_points.size(), m_most + 1)); }

    /// The rows of a level, then what came after them from the levels below: level 1 knows every point.
    void collectAll(std::int64_t level, const Span& span) {
        if (level == 0) collectPoints(span, 0, everyKey);
        for (std::int64_t after = 0; level > 0; --level) {
            collect(level, span, after, everyKey);
            after = std::max(after, lastKey(span.attempt, level));
        }
    }

    /// Rows whose last point lies after one key and up to another. A row that the span cuts is replaced by its parts.
    void collect(std::int64_t level, const Span& span, std::int64_t after, std::int64_t until) {
        if (++m_reads > mostReads) return;
        if (level == 0) {
            collectPoints(span, after, until);
            return;
        }
        Statement query(m_database, "SELECT epoch, step_from, step_to, points, minimum, maximum, CASE WHEN numbers > 0 THEN sum / numbers END, first_key, last_key, numbers"
                                    " FROM metric_level WHERE attempt = ? AND series = ? AND level = ? AND last_key > ? AND last_key <= ? AND step_to >= ?"
                                    " AND step_from <= ? ORDER BY last_key LIMIT ?");
        rows::bind(query, span.attempt, m_series, level, after, until, span.from, span.to, room());
        while (query.executeStep()) {
            const SeriesPoint point{query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64(), query.getColumn(3).getInt64(),
                                    numberOf(query.getColumn(4)), numberOf(query.getColumn(5)), numberOf(query.getColumn(6))};
            if (point.stepFrom >= span.from && point.stepTo <= span.to) m_points.push_back({point, query.getColumn(9).getInt64()});
            else collect(level - 1, span, std::max<std::int64_t>(query.getColumn(7).getInt64(), 1) - 1, query.getColumn(8).getInt64());
        }
    }

    /// Points with a key after one and up to another; gives the last key. Level 1 leads to them past the points of other series.
    std::int64_t collectPoints(const Span& span, std::int64_t after, std::int64_t until) {
        Statement query(m_database, "SELECT point.epoch, point.step, point.value, point.key, point.time FROM metric_level AS level CROSS JOIN metric_point AS point"
                                    " WHERE level.attempt = ?1 AND level.series = ?2 AND level.level = 1 AND level.last_key > ?3 AND level.first_key <= ?4"
                                    " AND level.step_to >= ?5 AND level.step_from <= ?6 AND point.key >= level.first_key AND point.key <= level.last_key"
                                    " AND point.key > ?3 AND point.key <= ?4 AND point.series = ?2 AND point.step >= ?5 AND point.step <= ?6"
                                    " ORDER BY level.last_key, point.key LIMIT ?7");
        rows::bind(query, span.attempt, m_series, after, until, span.from, span.to, room());
        std::int64_t last = 0;
        while (query.executeStep()) {
            const std::int64_t step = query.getColumn(1).getInt64();
            const double value = numberOf(query.getColumn(2));
            const bool finite = std::isfinite(value);
            const SeriesPoint point{query.getColumn(0).getInt64(), step, step, 1, value, value, finite ? value : std::numeric_limits<double>::quiet_NaN(),
                                    query.getColumn(4).getInt64()};
            m_points.push_back({point, finite});
            last = query.getColumn(3).getInt64();
        }
        return last;
    }

    SQLite::Database& m_database;
    std::int64_t m_series;
    std::vector<std::int64_t> m_attempts;
    std::vector<Counted> m_points;
    std::size_t m_most = 0;
    int m_reads = 0;
};

}  // namespace

Result<std::vector<SeriesName>> MetricRepository::names(const std::string& run) const {
    std::vector<SeriesName> names;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        Statement query(database, "SELECT split, name FROM metric_series AS series WHERE EXISTS (SELECT 1 FROM attempt JOIN metric_level AS level"
                                  " ON level.attempt = attempt.key AND level.series = series.key WHERE attempt.run = ?) ORDER BY series.key");
        query.bind(1, run);
        while (query.executeStep()) names.push_back({query.getColumn(0).getString(), query.getColumn(1).getString()});
        return {};
    }));
    return names;
}

Result<MetricSeries> MetricRepository::series(const std::string& run, const std::string& name, const std::string& split, std::int64_t fromStep,
                                              std::int64_t toStep, std::int64_t maximumPoints) const {
    MetricSeries series;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        series = Reader(database, run, split, name).read(fromStep, toStep, maximumPoints);
        return {};
    }));
    return series;
}

Result<MetricSeries> MetricRepository::pointsAfter(const std::string& run, const std::string& name, const std::string& split, std::int64_t last,
                                                   std::int64_t limit) const {
    MetricSeries series;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        series = Reader(database, run, split, name).after(last, limit);
        return {};
    }));
    return series;
}

}  // namespace lamina
