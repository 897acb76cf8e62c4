// These two switch on the declarations of the session extension; they must match how the system's SQLite was built.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include "core/store/changeset.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace lamina {
namespace {

int isJournaled(void*, const char* table) { return std::strcmp(table, "edit") != 0; }

struct Conflict {
    bool met = false;
    std::string table;
};

int refuse(void* context, int kind, sqlite3_changeset_iter* iterator) {
    auto& conflict = *static_cast<Conflict*>(context);
    conflict.met = true;
    const char* table = nullptr;
    int columns = 0, operation = 0, indirect = 0;
    // A broken reference is found at the very end, where no single row is to blame.
    if (kind != SQLITE_CHANGESET_FOREIGN_KEY && sqlite3changeset_op(iterator, &table, &columns, &operation, &indirect) == SQLITE_OK) conflict.table = table;
    return SQLITE_CHANGESET_ABORT;
}

void check(int code) {
    if (code != SQLITE_OK) throw SQLite::Exception(sqlite3_errstr(code), code);
}

std::string taken(void* bytes, int count) {
    std::string text(static_cast<const char*>(bytes), static_cast<std::size_t>(count));
    sqlite3_free(bytes);
    return text;
}

/// Steps over a changeset without believing it. SQLite's own reader waits for ever for the end of a table name that does not end.
class Walker {
public:
    explicit Walker(Changeset changeset) : m_rest(changeset) {}
    bool atEnd() const { return m_rest.empty(); }

    /// 'T', number of columns, a key flag for each, the table's name and a zero.
    bool tableHeader() {
        std::size_t columns = 0;
        if (next() != 'T' || !number(columns) || columns == 0 || !skip(columns)) return false;
        m_columns = columns;
        const auto end = std::find(m_rest.begin(), m_rest.end(), '\0');
        return end != m_rest.end() && skip(static_cast<std::size_t>(end - m_rest.begin()) + 1);
    }
    /// Operation, indirect flag and the values of each change up to the next table.
    bool changes() {
        while (!atEnd() && m_rest.front() != 'T') {
            const int operation = next();
            if (operation != SQLITE_INSERT && operation != SQLITE_UPDATE && operation != SQLITE_DELETE) return false;
            if (!skip(1) || !values(operation == SQLITE_UPDATE ? 2 * m_columns : m_columns)) return false;
        }
        return true;
    }

private:
    int next() {
        if (atEnd()) return -1;
        const int byte = static_cast<unsigned char>(m_rest.front());
        m_rest = m_rest.subspan(1);
        return byte;
    }
    bool skip(std::size_t count) {
        if (count > m_rest.size()) return false;
        m_rest = m_rest.subspan(count);
        return true;
    }
    bool number(std::size_t& value) {
        value = 0;
        for (int i = 0; i < 5; ++i) {
            const int byte = next();
            if (byte < 0) return false;
            value = value << 7 | static_cast<std::size_t>(byte & 0x7f);
            if (byte < 0x80) return true;
        }
        return false;
    }
    bool values(std::size_t count) {
        for (; count > 0; --count) {
            std::size_t size = 0;
            const int type = next();
            if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) size = 8;
            else if (type == SQLITE_TEXT || type == SQLITE_BLOB) { if (!number(size)) return false; }
            else if (type != 0 && type != SQLITE_NULL) return false;
            if (!skip(size)) return false;
        }
        return true;
    }

    Changeset m_rest;
    std::size_t m_columns = 0;
};

// SQLite's functions take the changeset as void*, but only read it.
void* readable(Changeset changeset) { return const_cast<char*>(changeset.data()); }

}  // namespace

ChangeRecorder::ChangeRecorder(SQLite::Database& database) {
    check(sqlite3session_create(database.getHandle(), "main", &m_session));
    sqlite3session_table_filter(m_session, isJournaled, nullptr);
    check(sqlite3session_attach(m_session, nullptr));
}

ChangeRecorder::~ChangeRecorder() { sqlite3session_delete(m_session); }

std::string ChangeRecorder::changeset() {
    int count = 0;
    void* bytes = nullptr;
    check(sqlite3session_changeset(m_session, &count, &bytes));
    return taken(bytes, count);
}

std::string inverse(Changeset changeset) {
    int count = 0;
    void* bytes = nullptr;
    check(sqlite3changeset_invert(static_cast<int>(changeset.size()), readable(changeset), &count, &bytes));
    return taken(bytes, count);
}

Result<void> applyChangeset(SQLite::Database& database, Changeset changeset) {
    Conflict conflict;
    const auto filter = [](void*, const char* table) { return isJournaled(nullptr, table); };
    const int code = sqlite3changeset_apply(database.getHandle(), static_cast<int>(changeset.size()), readable(changeset), filter, refuse, &conflict);
    if (conflict.met) return fail("store.undo_conflict", {{"table", conflict.table}});
    check(code);
    return {};
}

bool isReadable(Changeset changeset) {
    Walker walker(changeset);
    while (!walker.atEnd())
        if (!walker.tableHeader() || !walker.changes()) return false;
    return true;
}

}  // namespace lamina
