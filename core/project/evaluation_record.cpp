#include "core/project/evaluation_record.h"

#include "core/base/clock.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

std::int64_t countFinalChecks(SQLite::Database& database, const std::string& splitId) {
    Statement query(database, "SELECT count(*) FROM evaluation JOIN run ON run.id = evaluation.run WHERE final_check = 1 AND coalesce(run.split, '') = ?");
    query.bind(1, splitId);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

Result<std::string> splitOf(SQLite::Database& database, const std::string& run) {
    Statement query(database, "SELECT coalesce(split, '') FROM run WHERE id = ?");
    query.bind(1, run);
    if (!query.executeStep()) return fail("run.not_found", {{"run", run}});
    return query.getColumn(0).getString();
}

}  // namespace

Result<EvaluationRecord> EvaluationRepository::add(EvaluationRecord record) {
    record.time = clock().wallMilliseconds();
    LAMINA_CHECK(m_store.write(Store::Durability::Full, [&record](SQLite::Database& database) -> Result<void> {
        LAMINA_TRY(const auto split, splitOf(database, record.run));
        record.count = record.finalCheck ? countFinalChecks(database, split) + 1 : 0;
        rows::execute(database, "INSERT INTO evaluation (id, run, split, final_check, count, time, document) VALUES (?, ?, ?, ?, ?, ?, ?)", record.id,
                      record.run, record.split, record.finalCheck, record.count, record.time, rows::text(record.document));
        return {};
    }).get());
    return record;
}

Result<std::vector<EvaluationRecord>> EvaluationRepository::ofRun(const std::string& run) const {
    std::vector<EvaluationRecord> records;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        Statement query(database, "SELECT id, split, final_check, count, time, document FROM evaluation WHERE run = ? ORDER BY rowid DESC");
        query.bind(1, run);
        while (query.executeStep()) {
            LAMINA_TRY(auto document, rows::document(query.getColumn(5).getString()));
            records.push_back({query.getColumn(0).getString(), run, query.getColumn(1).getString(), query.getColumn(2).getInt() != 0,
                               query.getColumn(3).getInt64(), query.getColumn(4).getInt64(), std::move(document)});
        }
        return {};
    }));
    return records;
}

Result<std::int64_t> EvaluationRepository::finalChecks(const std::string& splitId) const {
    std::int64_t count = 0;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        count = countFinalChecks(database, splitId);
        return {};
    }));
    return count;
}

Result<std::vector<std::int64_t>> EvaluationRepository::finalCheckTimes(const std::string& splitId) const {
    std::vector<std::int64_t> times;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        Statement query(database, "SELECT evaluation.time FROM evaluation JOIN run ON run.id = evaluation.run"
                                  " WHERE final_check = 1 AND coalesce(run.split, '') = ? ORDER BY evaluation.rowid");
        query.bind(1, splitId);
        while (query.executeStep()) times.push_back(query.getColumn(0).getInt64());
        return {};
    }));
    return times;
}

}  // namespace lamina
