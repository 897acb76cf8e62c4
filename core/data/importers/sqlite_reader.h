// Tables of a database file of somebody else's. Nothing that the file holds is run but the one query: it is opened read-only as a file that never
// changes, its schema is not trusted, and whatever is no plain reading is refused.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/data/importers/cell_table.h"

struct sqlite3;

namespace lamina {

class SqliteReader {
public:
    struct TableName {
        std::string name;
        bool view = false;
    };
    /// "sqlite.unreadable" {file, reason}, "sqlite.encrypted_or_other" {file}, and what SourceFile::open() gives.
    static Result<SqliteReader> open(const Path& path, const CancelToken& cancel);
    SqliteReader(SqliteReader&&) noexcept;
    SqliteReader& operator=(SqliteReader&&) = delete;
    ~SqliteReader();

    /// Tables first, views behind them, by their names; at most 1000.
    Result<std::vector<TableName>> tables() const;
    /// About how many rows: the largest row number of a table; 0 where it has none.
    std::int64_t guessRows(const TableName& table) const;
    /// All rows. "sqlite.no_such_table" {table, known}, "sqlite.refused" {table, reason}, "sqlite.too_slow" {table}, "sqlite.unreadable", "job.cancelled".
    Result<void> read(const std::string& table, CellTable& cells) const;

private:
    struct Watch;
    SqliteReader();
    Error error(const std::string& table) const;

    Path m_path;
    sqlite3* m_database = nullptr;
    std::unique_ptr<Watch> m_watch;
};

}  // namespace lamina
