// What a transaction changed, as SQLite's session extension records it. Inside core/store only.
#pragma once

#include <SQLiteCpp/Database.h>

#include <memory>
#include <span>
#include <string>

#include "core/base/result.h"

struct sqlite3_session;

namespace lamina {

using Changeset = std::span<const char>;

/// Records what happens to all tables but the journal's while it lives.
class ChangeRecorder {
public:
    explicit ChangeRecorder(SQLite::Database& database);
    ~ChangeRecorder();
    ChangeRecorder(const ChangeRecorder&) = delete;
    /// Empty where nothing changed in the end.
    std::string changeset();

private:
    sqlite3_session* m_session = nullptr;
};

/// What takes the changes back. Only for what isReadable.
std::string inverse(Changeset changeset);
/// Only for what isReadable. Applies all of it or fails with "store.undo_conflict" {table} and changes nothing.
Result<void> applyChangeset(SQLite::Database& database, Changeset changeset);
/// Is it a well-formed changeset from its first byte to its last?
bool isReadable(Changeset changeset);

}  // namespace lamina
