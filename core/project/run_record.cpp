#include "core/project/run_record.h"

#include <array>
#include <optional>

#include "core/base/clock.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

constexpr std::array<const char*, 6> statusIds{"created", "running", "paused", "stopped", "finished", "failed"};

RunStatus statusOf(const std::string& id) {
    for (std::size_t i = 0; i < statusIds.size(); ++i)
        if (id == statusIds[i]) return static_cast<RunStatus>(i);
    return RunStatus::Failed;
}

Result<RunRecord> runOf(Statement& query) {
    RunRecord record;
    record.id = query.getColumn(0).getString();
    record.name = query.getColumn(1).getString();
    record.networkId = query.getColumn(2).getString();
    LAMINA_TRY(record.networkDocument, rows::document(query.getColumn(3).getString()));
    record.datasetId = query.getColumn(4).getString();
    record.splitId = query.getColumn(5).getString();
    LAMINA_TRY(record.settings, rows::document(query.getColumn(6).getString()));
    LAMINA_TRY(record.dataVersion, rows::document(query.getColumn(7).getString()));
    record.status = statusOf(query.getColumn(8).getString());
    record.created = query.getColumn(9).getInt64();
    record.note = query.getColumn(10).getString();
    LAMINA_TRY(record.best, rows::document(query.getColumn(11).getString()));
    return record;
}

Result<std::vector<RunRecord>> selectRuns(const Store& store, const std::string& idOrName) {
    std::vector<RunRecord> records;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        Statement query(database, "SELECT id, name, coalesce(network, ''), network_document, coalesce(dataset, ''), coalesce(split, ''), settings,"
                                  " data_version, status, created, note, best FROM run WHERE removed = 0 AND (?1 = '' OR id = ?1 OR name = ?1) ORDER BY id <> ?1, rowid");
        query.bind(1, idOrName);
        while (query.executeStep()) {
            LAMINA_TRY(auto record, runOf(query));
            records.push_back(std::move(record));
        }
        return {};
    }));
    return records;
}

/// Of a run that is not deleted.
std::optional<std::string> nameOf(SQLite::Database& database, const std::string& id) {
    Statement query(database, "SELECT name FROM run WHERE id = ? AND removed = 0");
    query.bind(1, id);
    return query.executeStep() ? std::optional(query.getColumn(0).getString()) : std::nullopt;
}

Result<void> setText(SQLite::Database& database, const char* sql, const std::string& value, const std::string& id) {
    if (rows::execute(database, sql, value, id) == 0) return fail("run.not_found", {{"run", id}});
    return {};
}

Result<void> setStatusOf(SQLite::Database& database, const std::string& id, RunStatus status) {
    return setText(database, "UPDATE run SET status = ? WHERE id = ?", runStatusId(status), id);
}

}  // namespace

std::string runStatusId(RunStatus status) { return statusIds[static_cast<std::size_t>(status)]; }

WriteFuture RunRepository::add(RunRecord record) {
    if (record.created == 0) record.created = clock().wallMilliseconds();
    return m_store.write(Store::Durability::Full, [record = std::move(record)](SQLite::Database& database) -> Result<void> {
        rows::execute(database,
                      "INSERT INTO run (id, name, network, network_document, dataset, split, settings, data_version, status, created, note, best)"
                      " VALUES (?, ?, nullif(?, ''), ?, nullif(?, ''), nullif(?, ''), ?, ?, ?, ?, ?, ?)",
                      record.id, record.name, record.networkId, rows::text(record.networkDocument), record.datasetId, record.splitId,
                      rows::text(record.settings), rows::text(record.dataVersion), runStatusId(record.status), record.created, record.note,
                      rows::text(record.best));
        return {};
    });
}

WriteFuture RunRepository::setStatus(const std::string& id, RunStatus status) {
    return m_store.write(Store::Durability::Full, [id, status](SQLite::Database& database) { return setStatusOf(database, id, status); });
}

WriteFuture RunRepository::setSettings(const std::string& id, nlohmann::json settings) {
    return m_store.write(Store::Durability::Full, [id, text = rows::text(settings)](SQLite::Database& database) {
        return setText(database, "UPDATE run SET settings = ? WHERE id = ?", text, id);
    });
}

WriteFuture RunRepository::setBest(const std::string& id, nlohmann::json best) {
    return m_store.write(Store::Durability::Full, [id, text = rows::text(best)](SQLite::Database& database) {
        return setText(database, "UPDATE run SET best = ? WHERE id = ?", text, id);
    });
}

EditFuture RunRepository::rename(const std::string& id, const std::string& name) {
    return m_store.edit(editName("edit.rename_run", {{"to", name}}), m_author,
                        [id, name](SQLite::Database& database) { return setText(database, "UPDATE run SET name = ? WHERE id = ?", name, id); });
}

EditFuture RunRepository::setNote(const std::string& id, const std::string& note) {
    return m_store.edit(editName("edit.change_run_note"), m_author,
                        [id, note](SQLite::Database& database) { return setText(database, "UPDATE run SET note = ? WHERE id = ?", note, id); });
}

EditFuture RunRepository::remove(const std::vector<std::string>& ids) {
    std::string first;
    if (ids.size() == 1)
        if (const auto run = find(ids.front())) first = run->name;
    EditName name = ids.size() == 1 ? editName("edit.remove_run", {{"name", first}}) : editName("edit.remove_runs", {{"count", std::to_string(ids.size())}});
    return m_store.edit(std::move(name), m_author, [this, ids](SQLite::Database& database) -> Result<void> {
        for (const std::string& id : ids) {
            const auto known = nameOf(database, id);
            if (!known) return fail("run.not_found", {{"run", id}});
            if (inProgress(id)) return fail("run.in_progress", {{"run", *known}});
            rows::execute(database, "UPDATE run SET removed = 1 WHERE id = ?", id);
        }
        return {};
    });
}

bool RunRepository::inProgress(const std::string& id) const {
    const std::lock_guard lock(m_mutex);
    return m_inProgress.count(id) > 0;
}

Result<AttemptRecord> RunRepository::startAttempt(const std::string& run, const std::string& device) {
    AttemptRecord attempt{run, 0, clock().wallMilliseconds(), 0, device, {}};
    LAMINA_CHECK(m_store.write(Store::Durability::Full, [&attempt](SQLite::Database& database) -> Result<void> {
        if (!nameOf(database, attempt.run)) return fail("run.not_found", {{"run", attempt.run}});
        LAMINA_CHECK(setStatusOf(database, attempt.run, RunStatus::Running));
        Statement last(database, "SELECT coalesce(max(number), 0) FROM attempt WHERE run = ?");
        last.bind(1, attempt.run);
        last.executeStep();
        attempt.number = last.getColumn(0).getInt64() + 1;
        rows::execute(database, "INSERT INTO attempt (run, number, started, ended, device, reason) VALUES (?, ?, ?, 0, ?, '')", attempt.run,
                      attempt.number, attempt.started, attempt.device);
        return {};
    }).get());
    const std::lock_guard lock(m_mutex);
    m_inProgress.insert(run);
    return attempt;
}

WriteFuture RunRepository::endAttempt(const AttemptRecord& attempt, const std::string& reason, RunStatus status) {
    const std::int64_t ended = clock().wallMilliseconds();
    {
        const std::lock_guard lock(m_mutex);
        m_inProgress.erase(attempt.run);
    }
    return m_store.write(Store::Durability::Full, [run = attempt.run, number = attempt.number, reason, status, ended](SQLite::Database& database) {
        rows::execute(database, "UPDATE attempt SET ended = ?, reason = ? WHERE run = ? AND number = ?", ended, reason, run, number);
        return setStatusOf(database, run, status);
    });
}

Result<std::vector<RunRecord>> RunRepository::all() const { return selectRuns(m_store, {}); }

Result<RunRecord> RunRepository::find(const std::string& idOrName) const {
    if (idOrName.empty()) return fail("run.not_found", {{"run", idOrName}});
    LAMINA_TRY(auto found, selectRuns(m_store, idOrName));
    if (found.empty()) return fail("run.not_found", {{"run", idOrName}});
    if (found.size() > 1 && found.front().id != idOrName) return fail("run.ambiguous", {{"run", idOrName}});
    return std::move(found.front());
}

Result<std::vector<AttemptRecord>> RunRepository::attempts(const std::string& run) const {
    std::vector<AttemptRecord> records;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        Statement query(database, "SELECT number, started, ended, device, reason FROM attempt WHERE run = ? ORDER BY number");
        query.bind(1, run);
        while (query.executeStep())
            records.push_back({run, query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64(),
                               query.getColumn(3).getString(), query.getColumn(4).getString()});
        return {};
    }));
    return records;
}

}  // namespace lamina
