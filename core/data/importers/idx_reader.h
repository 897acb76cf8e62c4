// Reads one IDX file (the format of MNIST), plain or gzip-compressed, from front to back in bounded memory.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/base/files.h"
#include "core/tensor/shape.h"

namespace lamina {

/// Errors name the file: "file.not_found", "idx.magic", "idx.element_type", "idx.dimensions", "idx.size", "idx.truncated",
/// "idx.compressed_data", "idx.trailing".
class IdxReader {
public:
    /// Opens and checks the header: bytes of type uint8, `dimensions` axes, sizes that the file's bytes can fill.
    static Result<IdxReader> open(const Path& path, int dimensions);

    /// Sizes of the axes, the number of items first.
    const Shape& shape() const { return m_shape; }
    std::int64_t items() const { return m_shape[0]; }
    /// Bytes of one item.
    std::int64_t itemBytes() const { return m_itemBytes; }

    /// The next bytes.size() bytes, all of them or an error.
    Result<void> read(std::span<std::byte> bytes);
    /// After the last item: nothing may follow, and the checksum of a compressed file must fit.
    Result<void> finish();

private:
    Result<void> readHeader(int dimensions);
    Result<void> checkSize();

    Path m_path;
    std::shared_ptr<void> m_file;
    Shape m_shape;
    std::int64_t m_itemBytes = 0;
};

}  // namespace lamina
