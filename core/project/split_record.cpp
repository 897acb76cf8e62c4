#include "core/project/split_record.h"

#include <algorithm>

#include "core/base/clock.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

SplitRecord splitRowOf(Statement& query) {
    SplitRecord record;
    record.id = query.getColumn(0).getString();
    record.datasetId = query.getColumn(1).getString();
    record.seed = static_cast<std::uint64_t>(query.getColumn(2).getInt64());
    for (int i = 0; i < 3; ++i) {
        record.fractions[static_cast<std::size_t>(i)] = query.getColumn(3 + i).getDouble();
        record.counts[static_cast<std::size_t>(i)] = query.getColumn(9 + i).getInt64();
    }
    record.stratifyColumn = query.getColumn(6).getString();
    record.method = query.getColumn(7).getString();
    record.assignmentFileHash = query.getColumn(8).getString();
    record.created = query.getColumn(12).getInt64();
    return record;
}

Result<std::vector<SplitRecord>> selectSplits(const Store& store, const char* condition, const std::string& value) {
    std::vector<SplitRecord> records;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        Statement query(database, std::string("SELECT id, dataset, seed, training_fraction, validation_fraction, test_fraction, stratify_column, method,"
                                              " assignment_hash, training_count, validation_count, test_count, created FROM split WHERE ") +
                                      condition + " ORDER BY created, rowid");
        query.bind(1, value);
        while (query.executeStep()) records.push_back(splitRowOf(query));
        return {};
    }));
    return records;
}

/// Now, but later than the dataset's other splits, so that their order holds whatever the clock does.
std::int64_t nextMoment(SQLite::Database& database, const std::string& dataset) {
    Statement newest(database, "SELECT ifnull(max(created), 0) FROM split WHERE dataset = ?");
    newest.bind(1, dataset);
    newest.executeStep();
    return std::max(clock().wallMilliseconds(), newest.getColumn(0).getInt64() + 1);
}

}  // namespace

void insertSplit(SQLite::Database& database, const SplitRecord& record) {
    rows::execute(database,
                      "INSERT INTO split (id, dataset, seed, training_fraction, validation_fraction, test_fraction, stratify_column, method,"
                      " assignment_hash, training_count, validation_count, test_count, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      record.id, record.datasetId, static_cast<std::int64_t>(record.seed), record.fractions[0], record.fractions[1], record.fractions[2],
                      record.stratifyColumn, record.method, record.assignmentFileHash, record.counts[0], record.counts[1], record.counts[2],
                      record.created != 0 ? record.created : nextMoment(database, record.datasetId));
}

namespace {

Result<void> ignoreMadeColumn(SQLite::Database& database, const std::string& dataset, const std::string& column) {
    Statement query(database, "SELECT roles FROM recipe WHERE dataset = ?");
    query.bind(1, dataset);
    if (!query.executeStep()) return {};
    LAMINA_TRY(auto roles, rows::document(query.getColumn(0).getString()));
    if (!roles.is_object()) roles = nlohmann::json::object();
    if (roles.value(column, "feature") != "feature") return {};
    roles[column] = "ignored";
    rows::execute(database, "UPDATE recipe SET roles = ?, revision = revision + 1 WHERE dataset = ?", rows::text(roles), dataset);
    return {};
}

}  // namespace

EditFuture SplitRepository::add(SplitRecord record, PartColumn column) {
    return m_store.edit(editName("edit.add_split"), m_author, [record = std::move(record), column = std::move(column)](SQLite::Database& database) -> Result<void> {
        insertSplit(database, record);
        if (!column.id.empty())
            rows::execute(database, "UPDATE dataset_column SET role = 'ignored' WHERE id = ? AND dataset = ? AND role = 'feature'", column.id, record.datasetId);
        if (!column.made.empty()) LAMINA_CHECK(ignoreMadeColumn(database, record.datasetId, column.made));
        return {};
    });
}

EditFuture SplitRepository::remove(const std::string& id) {
    return m_store.edit(editName("edit.remove_split"), m_author, [id](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "DELETE FROM split WHERE id = ?", id) == 0) return fail("split.not_found", {{"split", id}});
        return {};
    });
}

Result<std::vector<SplitRecord>> SplitRepository::ofDataset(const std::string& datasetId) const { return selectSplits(m_store, "dataset = ?", datasetId); }

Result<SplitRecord> SplitRepository::find(const std::string& id) const {
    LAMINA_TRY(auto found, selectSplits(m_store, "id = ?", id));
    if (found.empty()) return fail("split.not_found", {{"split", id}});
    return std::move(found.front());
}

Result<SplitRecord> SplitRepository::newest(const std::string& datasetId) const {
    LAMINA_TRY(auto found, ofDataset(datasetId));
    if (found.empty()) return fail("split.none", {{"dataset", datasetId}});
    return std::move(found.back());
}

}  // namespace lamina
