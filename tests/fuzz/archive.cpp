// Any bytes as an archive or a compressed file: its entries or an error, never a crash, and no name that leads out of a folder.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "core/data/importers/archive_file.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(archive)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    auto archive = ArchiveFile::open(memoryFile(data, size), true, {.bytes = 16 << 20, .entries = 1000});
    if (!archive) return 0;
    std::vector<std::byte> piece(1 << 16);
    while (true) {
        const auto entry = archive->next();
        if (!entry || !*entry) return 0;
        const auto safe = safeRelativeName((*entry)->name);
        const std::string within = "/" + safe + "/";
        if (safe.starts_with('/') || within.find("/../") != std::string::npos) std::abort();
        while (true) {
            const auto got = archive->read(piece);
            if (!got) return 0;
            if (*got == 0) break;
        }
    }
}
