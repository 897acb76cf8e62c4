// The schema as a list of migrations: version n of a file is what migrations 1 … n made of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lamina {

struct Migration {
    std::string name;  ///< "001_journal"
    std::string sql;
};

struct Schema {
    std::int32_t applicationId = 0;  ///< in the file's header: tells ours from other SQLite files
    std::vector<Migration> migrations;
};

/// schema/001_….sql and so on, built in, in order of their numbers. The first one holds the journal every store needs.
const Schema& fullSchema();

}  // namespace lamina
