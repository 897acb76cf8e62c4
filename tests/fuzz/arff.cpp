// Any bytes as ARFF: rows or an error, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/data/importers/arff_reader.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(arff)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    const auto file = SourceFile::open(memoryFile(data, size));
    if (!file) std::abort();
    CellTable cells(CellSettings{}, 1000, {});
    if (!readArff(*file, cells)) return 0;
    const auto preview = cells.preview();
    if (preview && static_cast<std::int64_t>(preview->rows.size()) != cells.rows()) std::abort();
    return 0;
}
