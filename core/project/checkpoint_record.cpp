#include "core/project/checkpoint_record.h"

#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

std::vector<CheckpointRecord> selectCheckpoints(SQLite::Database& database, const std::string& run) {
    Statement query(database, "SELECT generation, epoch, step, file_hash, is_best FROM checkpoint WHERE run = ? ORDER BY generation DESC");
    query.bind(1, run);
    std::vector<CheckpointRecord> records;
    while (query.executeStep())
        records.push_back({run, query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64(),
                           query.getColumn(3).getString(), query.getColumn(4).getInt() != 0});
    return records;
}

bool isNamed(SQLite::Database& database, const std::string& hash) {
    Statement query(database, "SELECT 1 FROM checkpoint WHERE file_hash = ? LIMIT 1");
    query.bind(1, hash);
    return query.executeStep();
}

}  // namespace

WriteFuture CheckpointRepository::add(CheckpointRecord record) {
    return m_store.write(Store::Durability::Full, [record = std::move(record)](SQLite::Database& database) -> Result<void> {
        if (record.isBest) rows::execute(database, "UPDATE checkpoint SET is_best = 0 WHERE run = ?", record.run);
        rows::execute(database, "INSERT OR REPLACE INTO checkpoint (run, generation, epoch, step, file_hash, is_best) VALUES (?, ?, ?, ?, ?, ?)",
                      record.run, record.generation, record.epoch, record.step, record.fileHash, record.isBest);
        return {};
    });
}

Result<std::vector<std::string>> CheckpointRepository::keepOnly(const std::string& run, std::int64_t generations) {
    std::vector<std::string> unnamed;
    LAMINA_CHECK(m_store.write(Store::Durability::Full, [&](SQLite::Database& database) -> Result<void> {
        std::int64_t kept = 0;
        std::vector<std::string> dropped;
        for (const CheckpointRecord& record : selectCheckpoints(database, run)) {
            if (kept++ < generations || record.isBest) continue;
            rows::execute(database, "DELETE FROM checkpoint WHERE run = ? AND generation = ?", run, record.generation);
            dropped.push_back(record.fileHash);
        }
        for (const std::string& hash : dropped)
            if (!isNamed(database, hash)) unnamed.push_back(hash);
        return {};
    }).get());
    return unnamed;
}

Result<std::vector<CheckpointRecord>> CheckpointRepository::ofRun(const std::string& run) const {
    std::vector<CheckpointRecord> records;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        records = selectCheckpoints(database, run);
        return {};
    }));
    return records;
}

Result<std::optional<CheckpointRecord>> CheckpointRepository::best(const std::string& run) const {
    LAMINA_TRY(const auto records, ofRun(run));
    for (const CheckpointRecord& record : records)
        if (record.isBest) return std::optional(record);
    return std::optional<CheckpointRecord>();
}

}  // namespace lamina
