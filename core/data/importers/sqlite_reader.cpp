#include "core/data/importers/sqlite_reader.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

#include "core/base/clock.h"
#include "core/data/source_file.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr double sqlitePatience = 3;  ///< seconds without a row: what a view computes may never end
constexpr int sqliteLongestValue = 64 << 20;

std::string sqliteUri(const Path& path) {
    static const char* hex = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(path).string()) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || std::strchr("/-._~", c);
        if (plain && c != '\0') uri += c;
        else uri += {'%', hex[byte >> 4], hex[byte & 15]};
    }
    // immutable: no lock, no journal is played back, nothing is created beside the file.
    return uri + "?mode=ro&immutable=1";
}

std::string sqliteName(const std::string& name) {
    std::string quoted = "\"";
    for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

/// Plain reading and the functions that compute a value; nothing that writes, attaches, runs a pragma or recurs.
int sqliteAllows(void*, int action, const char*, const char* detail, const char*, const char*) {
    if (action == SQLITE_SELECT || action == SQLITE_READ) return SQLITE_OK;
    if (action != SQLITE_FUNCTION || !detail) return SQLITE_DENY;
    for (const char* banned : {"load_extension", "fts3_tokenizer", "zeroblob", "randomblob", "readfile", "writefile", "edit"})
        if (sqlite3_stricmp(detail, banned) == 0) return SQLITE_DENY;
    return SQLITE_OK;
}

class SqliteQuery {
public:
    SqliteQuery(sqlite3* database, const std::string& sql) { m_state = sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &m_statement, nullptr); }
    ~SqliteQuery() { sqlite3_finalize(m_statement); }
    SqliteQuery(const SqliteQuery&) = delete;
    SqliteQuery& operator=(const SqliteQuery&) = delete;
    bool ok() const { return m_state == SQLITE_OK && m_statement; }
    int step() { return sqlite3_step(m_statement); }
    std::string text(int column) const {
        const auto* text = sqlite3_column_text(m_statement, column);
        return text ? std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))) : std::string();
    }
    sqlite3_stmt* get() { return m_statement; }

private:
    sqlite3_stmt* m_statement = nullptr;
    int m_state = SQLITE_ERROR;
};

void limitSqlite(sqlite3* database) {
    for (const auto& [what, most] : {std::pair{SQLITE_LIMIT_LENGTH, sqliteLongestValue}, {SQLITE_LIMIT_SQL_LENGTH, 1'000'000}, {SQLITE_LIMIT_COLUMN, 4096},
                                     {SQLITE_LIMIT_EXPR_DEPTH, 100}, {SQLITE_LIMIT_COMPOUND_SELECT, 50}, {SQLITE_LIMIT_VDBE_OP, 250'000}, {SQLITE_LIMIT_FUNCTION_ARG, 16},
                                     {SQLITE_LIMIT_ATTACHED, 0}, {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100}, {SQLITE_LIMIT_VARIABLE_NUMBER, 10},
                                     {SQLITE_LIMIT_TRIGGER_DEPTH, 1}, {SQLITE_LIMIT_WORKER_THREADS, 0}})
        sqlite3_limit(database, what, most);
    for (const auto& [what, value] : {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                      {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}, {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0}, {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0}})
        sqlite3_db_config(database, what, value, nullptr);
    sqlite3_exec(database, "PRAGMA cell_size_check=1; PRAGMA mmap_size=0; PRAGMA cache_size=-16384; PRAGMA temp_store=2", nullptr, nullptr, nullptr);
}

}  // namespace

/// What the progress callback asks.
struct SqliteReader::Watch {
    CancelToken cancel;
    Stopwatch sinceRow;
    bool tooSlow = false;
    static int ask(void* self) {
        auto& watch = *static_cast<Watch*>(self);
        watch.tooSlow |= watch.sinceRow.seconds() > sqlitePatience;
        return watch.tooSlow || watch.cancel.cancelled();
    }
};

SqliteReader::SqliteReader() : m_watch(std::make_unique<Watch>()) {}
SqliteReader::SqliteReader(SqliteReader&& other) noexcept
    : m_path(std::move(other.m_path)), m_database(std::exchange(other.m_database, nullptr)), m_watch(std::move(other.m_watch)) {}
SqliteReader::~SqliteReader() { sqlite3_close_v2(m_database); }

Result<SqliteReader> SqliteReader::open(const Path& path, const CancelToken& cancel) {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    char start[16] = {};
    if (file.size() < 100 || !file.read(0, std::as_writable_bytes(std::span(start))) || std::memcmp(start, "SQLite format 3", 16) != 0)
        return fail("sqlite.not_a_database", {{"file", path.string()}});
    SqliteReader reader;
    reader.m_path = path;
    reader.m_watch->cancel = cancel;
    const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    if (sqlite3_open_v2(sqliteUri(path).c_str(), &reader.m_database, flags, nullptr) != SQLITE_OK) return reader.error("");
    limitSqlite(reader.m_database);
    sqlite3_progress_handler(reader.m_database, 1000, Watch::ask, reader.m_watch.get());
    sqlite3_set_authorizer(reader.m_database, sqliteAllows, nullptr);
    return reader;
}

Error SqliteReader::error(const std::string& table) const {
    if (m_watch->cancel.cancelled()) return fail("job.cancelled");
    if (m_watch->tooSlow) return fail("sqlite.too_slow", {{"file", m_path.string()}, {"table", table}});
    const std::string reason = m_database ? sqlite3_errmsg(m_database) : "";
    const int code = m_database ? sqlite3_errcode(m_database) : SQLITE_NOMEM;
    if (code == SQLITE_AUTH || code == SQLITE_ERROR) return fail("sqlite.refused", {{"file", m_path.string()}, {"table", table}, {"reason", reason}});
    return fail("sqlite.unreadable", {{"file", m_path.string()}, {"reason", reason}});
}

Result<std::vector<SqliteReader::TableName>> SqliteReader::tables() const {
    m_watch->sinceRow = Stopwatch();
    SqliteQuery query(m_database,
                      "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name LIMIT 1000");
    if (!query.ok()) return error("");
    std::vector<TableName> found;
    int state = SQLITE_ROW;
    while ((state = query.step()) == SQLITE_ROW) found.push_back({query.text(0), query.text(1) == "view"});
    if (state != SQLITE_DONE) return error("");
    return found;
}

std::int64_t SqliteReader::guessRows(const TableName& table) const {
    m_watch->sinceRow = Stopwatch();
    if (table.view) return 0;
    SqliteQuery query(m_database, "SELECT max(rowid) FROM " + sqliteName(table.name));
    return query.ok() && query.step() == SQLITE_ROW ? sqlite3_column_int64(query.get(), 0) : 0;
}

Result<void> SqliteReader::read(const std::string& table, CellTable& cells) const {
    m_watch->sinceRow = Stopwatch();
    SqliteQuery query(m_database, "SELECT * FROM " + sqliteName(table));
    if (!query.ok()) return error(table);
    const int columns = sqlite3_column_count(query.get());
    std::vector<std::size_t> target;
    for (int i = 0; i < columns; ++i) {
        const char* name = sqlite3_column_name(query.get(), i);
        std::string text = name ? name : "";
        if (invalidUtf8At(text) != std::string_view::npos) text.clear();
        LAMINA_TRY(const auto column, cells.newColumn(text));
        target.push_back(column);
    }
    int state = SQLITE_ROW;
    while ((state = query.step()) == SQLITE_ROW) {
        for (int i = 0; i < columns; ++i) {
            const auto column = target[static_cast<std::size_t>(i)];
            switch (sqlite3_column_type(query.get(), i)) {
                case SQLITE_INTEGER: cells.setInteger(column, sqlite3_column_int64(query.get(), i)); break;
                case SQLITE_FLOAT: cells.setNumber(column, sqlite3_column_double(query.get(), i)); break;
                case SQLITE_TEXT: {
                    const auto text = query.text(i);
                    if (invalidUtf8At(text) == std::string_view::npos) cells.setText(column, text);
                    else cells.refuse(column, fail("sqlite.values_became_missing"));
                    break;
                }
                case SQLITE_BLOB: cells.refuse(column, fail("sqlite.values_became_missing")); break;
                default: break;
            }
        }
        LAMINA_TRY(const bool more, cells.endRow());
        if (!more) return {};
        if ((cells.rows() & 63) == 0) m_watch->sinceRow = Stopwatch();
    }
    if (state != SQLITE_DONE) return error(table);
    return {};
}

}  // namespace lamina
