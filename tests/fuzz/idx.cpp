// Any bytes as an IDX file of images and as one of labels, plain or compressed: items or an error, never a crash, and never more
// items than the bytes can hold.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/data/importers/idx_reader.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

namespace {

void readAll(lamina::IdxReader& reader) {
    std::vector<std::byte> chunk(std::size_t{1} << 16);
    std::int64_t left = reader.items() * reader.itemBytes();
    while (left > 0) {
        const auto count = std::min<std::int64_t>(left, static_cast<std::int64_t>(chunk.size()));
        if (!reader.read(std::span(chunk).first(static_cast<std::size_t>(count)))) return;
        left -= count;
    }
    (void)reader.finish();
}

}  // namespace

LAMINA_FUZZ_TARGET(idx)(const std::uint8_t* data, std::size_t size) {
    const lamina::Path path = memoryFile(data, size);
    for (const int dimensions : {1, 3}) {
        auto reader = lamina::IdxReader::open(path, dimensions);
        if (!reader) continue;
        if (static_cast<double>(reader->items()) * static_cast<double>(reader->itemBytes()) > 1032.0 * static_cast<double>(size)) std::abort();
        readAll(*reader);
    }
    return 0;
}
