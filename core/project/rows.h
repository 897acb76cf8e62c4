// Small help for the repositories: binding in order, documents as text. Inside core/project only.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/result.h"

namespace lamina::rows {

/// JSON as it is stored: one line; text that is not UTF-8 (a foreign file name) gets replacement characters.
std::string text(const nlohmann::json& document);
/// A stored document; at most 200 levels deep. "project.damaged" where it is not JSON.
Result<nlohmann::json> document(const std::string& text);

inline void bindOne(SQLite::Statement& statement, int index, const std::string& value) { statement.bind(index, value); }
inline void bindOne(SQLite::Statement& statement, int index, const char* value) { statement.bind(index, value); }
inline void bindOne(SQLite::Statement& statement, int index, std::int64_t value) { statement.bind(index, value); }
inline void bindOne(SQLite::Statement& statement, int index, bool value) { statement.bind(index, value ? 1 : 0); }
inline void bindOne(SQLite::Statement& statement, int index, double value) { statement.bind(index, value); }

/// Binds values to ?1, ?2 … in their order.
template <class... Values>
void bind(SQLite::Statement& statement, const Values&... values) {
    int index = 0;
    (bindOne(statement, ++index, values), ...);
}

/// Runs one statement and gives how many rows it changed.
template <class... Values>
int execute(SQLite::Database& database, const char* sql, const Values&... values) {
    SQLite::Statement statement(database, sql);
    bind(statement, values...);
    return statement.exec();
}

}  // namespace lamina::rows
