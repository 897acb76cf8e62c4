// Any bytes as JSON and as JSON Lines: rows or an error, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/data/importers/json_rows.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(json)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    const auto file = SourceFile::open(memoryFile(data, size));
    if (!file) std::abort();
    for (const char* lines : {"yes", "no"}) {
        JsonSettings settings;
        settings.lines = lines;
        CellTable cells(settings, 1000, {});
        if (!readJson(*file, settings, cells)) continue;
        const auto preview = cells.preview();
        if (preview && static_cast<std::int64_t>(preview->rows.size()) != cells.rows()) std::abort();
    }
    return 0;
}
