// Any bytes as a CIFAR file: rows of known classes or an error, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>

#include "core/data/importers/importer.h"
#include "tests/fuzz/targets.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
const ImporterType& cifar_importer();
}

LAMINA_FUZZ_TARGET(cifar)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    static const TemporaryFolder folder;
    // The format is told by the name and the size.
    std::ofstream(folder / "data_batch_1.bin", std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const auto preview = previewWith(cifar_importer(), folder / "data_batch_1.bin", nlohmann::json::object(), 3);
    if (!preview) return 0;
    for (const auto& row : preview->rows)
        if (row.size() != preview->columns.size()) std::abort();
    return 0;
}
