#include "core/store/connection.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/store/store.h"

namespace lamina {
namespace {

constexpr int busyMilliseconds = 5000;

// A file from elsewhere may hold anything: statements stay small, triggers never run, functions in its schema are not trusted.
void restrain(sqlite3* handle) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    constexpr std::pair<int, int> limits[] = {
        {SQLITE_LIMIT_LENGTH, 1 << 27},        {SQLITE_LIMIT_SQL_LENGTH, 100'000}, {SQLITE_LIMIT_COLUMN, 100},
        {SQLITE_LIMIT_EXPR_DEPTH, 50},         {SQLITE_LIMIT_VDBE_OP, 25'000},     {SQLITE_LIMIT_COMPOUND_SELECT, 10},
        {SQLITE_LIMIT_FUNCTION_ARG, 16},       {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
    };
    for (const auto& [limit, value] : limits) sqlite3_limit(handle, limit, value);
}

// In a folder nobody may write to, SQLite cannot make its shared-memory file; without a log beside it, the file alone is all there is.
bool mustBeTakenAsIs(const Path& file) {
    std::error_code error;
    return ::access(file.parent_path().c_str(), W_OK) != 0 && !std::filesystem::exists(file.string() + "-wal", error);
}

std::string immutableUri(const Path& file) {
    std::string uri = "file:";
    for (const char c : file.string()) {
        if (c == '%' || c == '?' || c == '#') uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
        else uri += c;
    }
    return uri + "?immutable=1";
}

using SchemaRow = std::vector<std::string>;
std::vector<SchemaRow> schemaOf(SQLite::Database& database) {
    std::vector<SchemaRow> rows;
    SQLite::Statement query(database, "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name");
    while (query.executeStep()) {
        SchemaRow row;
        for (int i = 0; i < 4; ++i) row.push_back(query.getColumn(i).getString());
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<SchemaRow> expectedSchema(const Schema& schema, std::int32_t version) {
    SQLite::Database empty(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    for (std::int32_t i = 0; i < version; ++i) empty.exec(schema.migrations[static_cast<std::size_t>(i)].sql);
    return schemaOf(empty);
}

}  // namespace

Connection openForWriting(const Path& file) {
    auto database = std::make_unique<StoreDatabase>(file.string(), SQLite::OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, busyMilliseconds);
    restrain(database->getHandle());
    database->exec("PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY");
    return database;
}

Connection openForReading(const Path& file) {
    constexpr int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    auto database = mustBeTakenAsIs(file) ? std::make_unique<StoreDatabase>(immutableUri(file), flags | SQLITE_OPEN_URI, busyMilliseconds)
                                          : std::make_unique<StoreDatabase>(file.string(), flags, busyMilliseconds);
    restrain(database->getHandle());
    // Only the writer checkpoints: two connections that do it at the same moment can destroy the log in SQLite before 3.51.3.
    sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    database->exec("PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY");
    return database;
}

Result<std::int32_t> checkIdentity(SQLite::Database& database, const Schema& schema, const Path& file) {
    try {
        if (database.execAndGet("PRAGMA application_id").getInt() != schema.applicationId)
            return fail("project.not_a_project", {{"file", file.string()}});
        const std::int32_t version = database.execAndGet("PRAGMA user_version").getInt();
        const auto known = static_cast<std::int32_t>(schema.migrations.size());
        if (version > known)
            return fail("project.newer_version", {{"file", file.string()}, {"found", std::to_string(version)}, {"known", std::to_string(known)}});
        if (version <= 0 || schemaOf(database) != expectedSchema(schema, version))
            return fail("project.damaged", {{"file", file.string()}, {"reason", "its tables are not those of version " + std::to_string(version)}});
        return version;
    } catch (...) {
        return currentException(file);
    }
}

Result<void> checkPages(SQLite::Database& database, const Path& file) {
    const Deadline deadline(database, std::chrono::seconds(1));
    try {
        const std::string found = database.execAndGet("PRAGMA quick_check(1)").getString();
        if (found != "ok") return fail("project.damaged", {{"file", file.string()}, {"reason", found}});
        return {};
    } catch (const SQLite::Exception& exception) {
        if (exception.getErrorCode() == SQLITE_INTERRUPT) return {};
        return currentException(file);
    }
}

Result<void> runInside(SQLite::Database& database, const std::function<Result<void>(SQLite::Database&)>& work) {
    const auto refuseTransactions = [](void*, int action, const char*, const char*, const char*, const char*) {
        return action == SQLITE_TRANSACTION ? SQLITE_DENY : SQLITE_OK;
    };
    sqlite3_set_authorizer(database.getHandle(), refuseTransactions, nullptr);
    const std::shared_ptr<sqlite3> restore(database.getHandle(), [](sqlite3* handle) { sqlite3_set_authorizer(handle, nullptr, nullptr); });
    return work(database);
}

namespace {

/// A disk without a free page shows itself to SQLite as a failed write of the shared-memory file, not as "full".
Error inputOutputError(const Path& file, const std::string& reason) {
    constexpr std::uint64_t leastFree = 64 << 10;
    const auto free = files().freeBytes(file);
    return free && *free < leastFree ? fail("disk.full_while_writing", {{"file", file.string()}, {"reason", reason}})
                                     : fail("store.io", {{"file", file.string()}, {"reason", reason}});
}

}  // namespace

KeptStatement::KeptStatement(SQLite::Database& database, const char* sql)
    : m_statement(static_cast<StoreDatabase&>(database).statements.try_emplace(sql, database, sql).first->second) {}

KeptStatement::~KeptStatement() { m_statement.tryReset(); }

Error currentException(const Path& file) {
    const std::string name = file.string();
    try {
        throw;
    } catch (const SQLite::Exception& exception) {
        const std::string reason = exception.what();
        switch (exception.getErrorCode() & 0xff) {
            case SQLITE_NOTADB: return fail("project.not_a_project", {{"file", name}});
            case SQLITE_CORRUPT: return fail("project.damaged", {{"file", name}, {"reason", reason}});
            case SQLITE_FULL: return fail("disk.full_while_writing", {{"file", name}, {"reason", reason}});
            case SQLITE_BUSY:
            case SQLITE_LOCKED: return fail("store.busy", {{"file", name}, {"reason", reason}});
            case SQLITE_READONLY:
            case SQLITE_PERM: return fail("store.read_only", {{"file", name}});
            case SQLITE_IOERR:
            case SQLITE_CANTOPEN: return inputOutputError(file, reason);
            case SQLITE_CONSTRAINT: return fail("store.constraint", {{"file", name}, {"reason", reason}});
            case SQLITE_TOOBIG:
            case SQLITE_NOMEM: return fail("store.too_large", {{"file", name}, {"reason", reason}});
            case SQLITE_INTERRUPT: return fail("store.too_slow", {{"file", name}});
            default: return fail("store.sql", {{"file", name}, {"reason", reason}});
        }
    } catch (const std::bad_alloc&) {
        return fail("store.too_large", {{"file", name}, {"reason", "out of memory"}});
    } catch (const std::exception& exception) {
        return fail("store.sql", {{"file", name}, {"reason", exception.what()}});
    }
}

Deadline::Deadline(SQLite::Database& database, std::chrono::milliseconds limit)
    : m_handle(database.getHandle()), m_end(clock().steadyNanoseconds() + std::chrono::nanoseconds(limit).count()) {
    sqlite3_progress_handler(m_handle, 1000, &Deadline::expired, this);
}

Deadline::~Deadline() { sqlite3_progress_handler(m_handle, 0, nullptr, nullptr); }

int Deadline::expired(void* deadline) { return clock().steadyNanoseconds() > static_cast<Deadline*>(deadline)->m_end ? 1 : 0; }

}  // namespace lamina
