#include "core/store/migration.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include "core/store/connection.h"

namespace lamina {
namespace {

Result<void> checkReferences(SQLite::Database& database, const Path& file) {
    SQLite::Statement broken(database, "PRAGMA foreign_key_check");
    if (broken.executeStep())
        return fail("project.damaged", {{"file", file.string()}, {"reason", "a row of " + broken.getColumn(0).getString() + " refers to nothing"}});
    return {};
}

}  // namespace

Result<void> migrate(SQLite::Database& database, const Schema& schema, const Path& file) {
    try {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        const auto version = static_cast<std::size_t>(database.execAndGet("PRAGMA user_version").getInt());
        for (std::size_t i = version; i < schema.migrations.size(); ++i) database.exec(schema.migrations[i].sql);
        database.exec("PRAGMA application_id = " + std::to_string(schema.applicationId));
        database.exec("PRAGMA user_version = " + std::to_string(schema.migrations.size()));
        LAMINA_CHECK(checkReferences(database, file));
        transaction.commit();
        return {};
    } catch (...) {
        return currentException(file);
    }
}

Result<void> backUp(SQLite::Database& database, std::int32_t version, const Path& file, const Path& folder) {
    const Path copy = folder / (file.stem().string() + ".version-" + std::to_string(version) + ".backup");
    const Path temporary = copy.string() + ".part";
    std::error_code error;
    LAMINA_CHECK(checkFreeSpace(folder, std::filesystem::file_size(file, error)));
    LAMINA_CHECK(files().makeFolder(folder));
    LAMINA_CHECK(files().remove(temporary));
    try {
        SQLite::Database target(temporary.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup(target, database).executeStep(-1);
    } catch (...) {
        return currentException(copy);
    }
    return files().rename(temporary, copy);
}

}  // namespace lamina
