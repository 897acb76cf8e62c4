// Bringing a file to the newest version: all of it or none of it, and never without a copy. Inside core/store only.
#pragma once

#include <SQLiteCpp/Database.h>

#include "core/base/files.h"
#include "core/base/result.h"
#include "core/store/schema.h"

namespace lamina {

/// Runs the migrations after the file's version in one transaction. The caller's connection is the only writer.
Result<void> migrate(SQLite::Database& database, const Schema& schema, const Path& file);
/// A copy of the whole database as `folder`/<stem>.version-<n>.backup, made by SQLite itself; there whole or not at all.
Result<void> backUp(SQLite::Database& database, std::int32_t version, const Path& file, const Path& folder);

}  // namespace lamina
