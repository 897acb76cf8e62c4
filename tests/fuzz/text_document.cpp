// Any bytes as a document: valid UTF-8 with something in it, or an error, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/data/importers/text_folder.h"
#include "core/data/utf8.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(text_document)(const std::uint8_t* data, std::size_t size) {
    const auto file = memoryFile(data, size);
    for (const char* encoding : {"auto", "utf8", "windows1252", "gb18030", "utf16le"}) {
        const auto text = lamina::readTextDocument(file, encoding);
        if (text && (text->empty() || lamina::invalidUtf8At(*text) != std::string::npos)) std::abort();
    }
    return 0;
}
