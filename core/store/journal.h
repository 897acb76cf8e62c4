// The edit journal: named changes as SQLite session changesets, taken back by applying their inverse. Inside core/store only.
#pragma once

#include <SQLiteCpp/Database.h>

#include <vector>

#include "core/base/result.h"
#include "core/store/store.h"

namespace lamina::journal {

/// Each is one transaction on the write connection; they return Errors of `work` and throw SQLite::Exception; both leave no trace.
Result<EditReceipt> edit(SQLite::Database& database, const EditName& name, const std::string& author, const StoreWork& work);
Result<EditReceipt> undo(SQLite::Database& database, const std::string& author);
Result<EditReceipt> redo(SQLite::Database& database, const std::string& author);

/// Newest first; limit 0: all.
Result<std::vector<JournalEntry>> history(SQLite::Database& database, std::int64_t limit);
/// Reads every changeset and recomputes the chain of digests.
std::vector<Issue> check(SQLite::Database& database);

}  // namespace lamina::journal
