#include "core/project/metric_row.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/files.h"
#include "core/project/metric_levels.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

constexpr std::int64_t sequences = std::int64_t{1} << 32;  // rows an attempt can have; the low half of a point's key
constexpr std::uint64_t bytesPerRow = 80;                  // in the file, with some room

Result<std::int64_t> attemptKey(SQLite::Database& database, const std::string& run, std::int64_t number) {
    const KeptStatement query(database, "SELECT key FROM attempt WHERE run = ? AND number = ?");
    rows::bind(*query, run, number);
    if (!query->executeStep()) return fail("run.attempt_not_found", {{"run", run}, {"attempt", std::to_string(number)}});
    const std::int64_t key = query->getColumn(0).getInt64();
    // A hostile file may hold any number; ours count up from 1.
    if (key < 1 || key >= sequences / 2) return fail("project.damaged", {{"reason", "an attempt has an impossible number"}});
    return key;
}

std::int64_t seriesKey(SQLite::Database& database, const std::string& split, const std::string& name) {
    const KeptStatement query(database, "SELECT key FROM metric_series WHERE split = ? AND name = ?");
    rows::bind(*query, split, name);
    if (query->executeStep()) return query->getColumn(0).getInt64();
    rows::execute(database, "INSERT INTO metric_series (split, name) VALUES (?, ?)", split, name);
    return database.getLastInsertRowid();
}

std::int64_t lastPoint(SQLite::Database& database, std::int64_t attempt) {
    const KeptStatement query(database, "SELECT key FROM metric_point WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 1");
    rows::bind(*query, attempt * sequences, (attempt + 1) * sequences);
    return query->executeStep() ? query->getColumn(0).getInt64() : -1;
}

/// Looks keys up once for each change of run, attempt or series within a batch.
class Keys {
public:
    explicit Keys(SQLite::Database& database) : m_database(database) {}

    Result<std::int64_t> attempt(const MetricRow& row) {
        if (!m_attemptRow || m_attemptRow->attempt != row.attempt || m_attemptRow->run != row.run) {
            LAMINA_TRY(m_attempt, attemptKey(m_database, row.run, row.attempt));
            m_attemptRow = &row;
            m_last = lastPoint(m_database, m_attempt);
        }
        return m_attempt;
    }
    /// The key of the row's point. Points come in order, on which the levels build.
    Result<std::int64_t> point(const MetricRow& row) {
        LAMINA_TRY(const auto attempt, this->attempt(row));
        if (row.sequence < 0 || row.sequence >= sequences) return fail("run.too_many_metrics", {{"run", row.run}});
        const std::int64_t key = attempt * sequences + row.sequence;
        if (key <= m_last) return fail("run.metrics_not_in_order", {{"run", row.run}, {"sequence", std::to_string(row.sequence)}});
        return m_last = key;
    }
    std::int64_t series(const MetricRow& row) {
        for (const auto& [known, key] : m_series)
            if (known->name == row.name && known->split == row.split) return key;
        m_series.emplace_back(&row, seriesKey(m_database, row.split, row.name));
        return m_series.back().second;
    }

private:
    SQLite::Database& m_database;
    const MetricRow* m_attemptRow = nullptr;
    std::int64_t m_attempt = 0, m_last = 0;
    std::vector<std::pair<const MetricRow*, std::int64_t>> m_series;
};

/// Several rows for each start of a statement: starting one takes a third of the time of a row.
class PointWriter {
public:
    explicit PointWriter(SQLite::Database& database) : m_one(database, statement(1)), m_many(database, statement(atOnce)) {}

    void add(std::int64_t key, std::int64_t series, const MetricRow& row) {
        m_waiting[m_count++] = {key, series, &row};
        if (m_count < m_waiting.size()) return;
        for (std::size_t i = 0; i < m_count; ++i) bind(*m_many, i, m_waiting[i]);
        run(*m_many);
        m_count = 0;
    }
    void finish() {
        for (std::size_t i = 0; i < m_count; ++i) {
            bind(*m_one, 0, m_waiting[i]);
            run(*m_one);
        }
        m_count = 0;
    }

private:
    struct Waiting {
        std::int64_t key, series;
        const MetricRow* row;
    };
    static constexpr std::size_t atOnce = 16;

    static const char* statement(std::size_t count) {
        static const auto make = [](std::size_t times) {
            std::string sql = "INSERT INTO metric_point (key, epoch, step, series, value, time) VALUES (?, ?, ?, ?, ?, ?)";
            for (std::size_t i = 1; i < times; ++i) sql += ", (?, ?, ?, ?, ?, ?)";
            return sql;
        };
        static const std::string one = make(1), many = make(atOnce);
        return count == 1 ? one.c_str() : many.c_str();
    }
    static void bind(Statement& statement, std::size_t place, const Waiting& w) {
        int index = static_cast<int>(place) * 6;
        statement.bind(++index, w.key);
        statement.bind(++index, w.row->epoch);
        statement.bind(++index, w.row->step);
        statement.bind(++index, w.series);
        statement.bind(++index, w.row->value);  // SQLite keeps NaN as NULL, and reading turns it back
        statement.bind(++index, w.row->wallTime);
    }
    static void run(Statement& statement) {
        statement.exec();
        statement.reset();
    }

    KeptStatement m_one, m_many;
    std::array<Waiting, atOnce> m_waiting{};
    std::size_t m_count = 0;
};

Result<void> insert(SQLite::Database& database, const std::vector<MetricRow>& batch) {
    Keys keys(database);
    MetricLevels levels(database);
    PointWriter points(database);
    for (const MetricRow& row : batch) {
        LAMINA_TRY(const auto key, keys.point(row));
        const std::int64_t series = keys.series(row);
        points.add(key, series, row);
        levels.add(key / sequences, series, key, row.epoch, row.step, row.value);
    }
    levels.finish();
    points.finish();
    return {};
}

double valueOf(const SQLite::Column& column) { return column.isNull() ? std::numeric_limits<double>::quiet_NaN() : column.getDouble(); }

}  // namespace

WriteFuture MetricRepository::append(std::vector<MetricRow> batch) {
    auto space = checkFreeSpace(m_store.file(), batch.size() * bytesPerRow);
    return m_store.write(Store::Durability::Normal, [batch = std::move(batch), space = std::move(space)](SQLite::Database& database) -> Result<void> {
        if (!space) return space.error();
        return insert(database, batch);
    });
}

Result<std::vector<MetricRow>> MetricRepository::rows(const std::string& run, std::int64_t attempt, std::int64_t fromSequence, std::int64_t limit) const {
    std::vector<MetricRow> found;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        LAMINA_TRY(const auto key, attemptKey(database, run, attempt));
        Statement query(database, "SELECT point.key, epoch, step, split, name, value, time FROM metric_point AS point"
                                  " JOIN metric_series AS series ON series.key = point.series WHERE point.key >= ? AND point.key < ? ORDER BY point.key LIMIT ?");
        rows::bind(query, key * sequences + std::clamp(fromSequence, std::int64_t{0}, sequences), (key + 1) * sequences, limit);
        while (query.executeStep())
            found.push_back({run, attempt, query.getColumn(0).getInt64() - key * sequences, query.getColumn(1).getInt64(), query.getColumn(2).getInt64(),
                             query.getColumn(3).getString(), query.getColumn(4).getString(), valueOf(query.getColumn(5)), query.getColumn(6).getInt64()});
        return {};
    }));
    return found;
}

Result<std::vector<CleanMetric>> MetricRepository::clean(const std::string& run, const std::string& name) const {
    std::vector<CleanMetric> found;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        Statement query(database, "SELECT epoch, step, split, name, value FROM metric_clean WHERE run = ?1 AND (?2 = '' OR name = ?2)"
                                  " ORDER BY epoch, step, split, name");
        rows::bind(query, run, name);
        while (query.executeStep())
            found.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getString(), query.getColumn(3).getString(),
                             valueOf(query.getColumn(4))});
        return {};
    }));
    return found;
}

}  // namespace lamina
