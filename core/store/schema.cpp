#include "core/store/schema.h"

namespace lamina {

const std::vector<Migration>& builtInMigrations();  // generated from schema/*.sql

const Schema& fullSchema() {
    static const Schema schema{0x4C4D4E41, builtInMigrations()};  // "LMNA"
    return schema;
}

}  // namespace lamina
