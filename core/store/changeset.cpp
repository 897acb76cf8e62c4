// These two switch on the declarations of the session extension; they must match how the system's SQLite was built.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include "core/store/changeset.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

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

// SQLite's functions take the changeset as void*, but only read it.
void* readable(Changeset changeset) { return const_cast<char*>(changeset.data()); }

}  // namespace

ChangeRecorder::ChangeRecorder(SQLite::Database& database) : m_database(database) {
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
    sqlite3_changeset_iter* iterator = nullptr;
    if (sqlite3changeset_start(&iterator, static_cast<int>(changeset.size()), readable(changeset)) != SQLITE_OK) return false;
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3changeset_next(iterator);
    return sqlite3changeset_finalize(iterator) == SQLITE_OK && code == SQLITE_DONE;
}

}  // namespace lamina
