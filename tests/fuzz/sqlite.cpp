// Any bytes as a database: the rows of its tables or an error, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/data/importers/sqlite_reader.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(sqlite)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    const auto reader = SqliteReader::open(memoryFile(data, size), {});
    if (!reader) return 0;
    const auto tables = reader->tables();
    if (!tables) return 0;
    for (std::size_t i = 0; i < tables->size() && i < 4; ++i) {
        CellTable cells(CellSettings{}, 100, {});
        if (!reader->read((*tables)[i].name, cells)) continue;
        const auto preview = cells.preview();
        if (preview && static_cast<std::int64_t>(preview->rows.size()) != cells.rows()) std::abort();
    }
    return 0;
}
