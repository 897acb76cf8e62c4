// How every SQLite connection of Lamina is opened: wary of the file, and with one writer in mind. Inside core/store only.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string_view>

#include "core/base/files.h"
#include "core/base/result.h"
#include "core/store/schema.h"

struct sqlite3;

namespace lamina {

/// A connection with the statements that stay prepared on it.
class StoreDatabase : public SQLite::Database {
public:
    using Database::Database;
    std::map<std::string_view, SQLite::Statement> statements;  ///< by their SQL
};
using Connection = std::unique_ptr<StoreDatabase>;

/// Opens an existing file with limits and settings fit for a hostile one. Throws SQLite::Exception. One thread at a time.
Connection openForWriting(const Path& file);
Connection openForReading(const Path& file);

/// Is it ours, of a version we know, with exactly the tables that version has? Gives the version.
/// "project.not_a_project", "project.newer_version", "project.damaged".
Result<std::int32_t> checkIdentity(SQLite::Database& database, const Schema& schema, const Path& file);
/// SQLite's quick check for at most a second; what it cannot get through in that time is left to `verify`.
Result<void> checkPages(SQLite::Database& database, const Path& file);

/// Runs the work of a transaction that is not its own: BEGIN, COMMIT and ROLLBACK in it are refused.
Result<void> runInside(SQLite::Database& database, const std::function<Result<void>(SQLite::Database&)>& work);

/// The exception that is being handled, as an Error. Call from a catch block only.
Error currentException(const Path& file);

/// Interrupts whatever the connection does after this time; the statement then throws SQLITE_INTERRUPT.
class Deadline {
public:
    Deadline(SQLite::Database& database, std::chrono::milliseconds limit);
    ~Deadline();
    Deadline(const Deadline&) = delete;

private:
    static int expired(void* deadline);
    sqlite3* m_handle;
    std::int64_t m_end;
};

}  // namespace lamina
