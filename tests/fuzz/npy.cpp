// Any bytes as an NPY file, whole and as the beginning of one: values or an error, never a crash, and never more values than the bytes can hold.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/data/importers/npy_reader.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

namespace {

void lookAt(const lamina::NpyField& field, const std::byte* at) {
    using lamina::NpyKind;
    bool flag = false;
    if (field.type.kind == NpyKind::Bytes || field.type.kind == NpyKind::Unicode) (void)lamina::npyText(field.type, at, flag);
    else if (field.type.kind == NpyKind::Date) (void)lamina::npyTime(field.type, at, flag);
    else if (field.type.kind != NpyKind::Boolean) (void)lamina::npyNumber(field.type, at);
}

}  // namespace

LAMINA_FUZZ_TARGET(npy)(const std::uint8_t* data, std::size_t size) {
    const lamina::Path path = memoryFile(data, size);
    for (const bool beginning : {false, true}) {
        const auto reader = lamina::NpyReader::open(path, beginning);
        if (!reader || reader->rows() < 1) continue;
        if (static_cast<double>(reader->rows()) * static_cast<double>(reader->rowValues()) * static_cast<double>(reader->valueBytes()) > static_cast<double>(size)) std::abort();
        std::vector<std::byte> rows;
        if (!reader->readRows(0, std::min<std::int64_t>(reader->rows(), 100), rows)) std::abort();
        for (std::size_t at = 0; at + reader->valueBytes() <= rows.size() && at < 100'000; at += reader->valueBytes())
            for (const auto& field : reader->fields()) lookAt(field, rows.data() + at + field.offset);
    }
    return 0;
}
