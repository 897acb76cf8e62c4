#include "core/data/importers/idx_reader.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace lamina {

namespace {

// Deflate cannot do better than 258 bytes for two bits, so a header that claims more than this lies.
constexpr std::uint64_t highestCompression = 1032;

gzFile handle(const std::shared_ptr<void>& file) { return static_cast<gzFile>(file.get()); }

std::uint32_t bigEndian(const std::byte* b) {
    return std::to_integer<std::uint32_t>(b[0]) << 24 | std::to_integer<std::uint32_t>(b[1]) << 16 | std::to_integer<std::uint32_t>(b[2]) << 8 |
           std::to_integer<std::uint32_t>(b[3]);
}

}  // namespace

Result<IdxReader> IdxReader::open(const Path& path, int dimensions) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return fail("file.not_found", {{"file", path.string()}});
    IdxReader reader;
    reader.m_path = path;
    const gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) return fail("idx.unreadable", {{"file", path.string()}});
    reader.m_file = std::shared_ptr<void>(file, [](void* f) { gzclose_r(static_cast<gzFile>(f)); });
    gzbuffer(file, 1u << 17);
    LAMINA_CHECK(reader.readHeader(dimensions));
    LAMINA_CHECK(reader.checkSize());
    return reader;
}

Result<void> IdxReader::readHeader(int dimensions) {
    std::array<std::byte, 4> magic;
    LAMINA_CHECK(read(magic));
    if (magic[0] != std::byte{0} || magic[1] != std::byte{0}) return fail("idx.magic", {{"file", m_path.string()}});
    if (magic[2] != std::byte{8}) {
        return fail("idx.element_type", {{"file", m_path.string()}, {"type", std::to_string(std::to_integer<int>(magic[2]))}});
    }
    const int found = std::to_integer<int>(magic[3]);
    if (found != dimensions) {
        return fail("idx.dimensions", {{"file", m_path.string()}, {"found", std::to_string(found)}, {"expected", std::to_string(dimensions)}});
    }
    for (int axis = 0; axis < dimensions; ++axis) {
        std::array<std::byte, 4> size;
        LAMINA_CHECK(read(size));
        m_shape.push_back(bigEndian(size.data()));
    }
    return {};
}

Result<void> IdxReader::checkSize() {
    const std::int64_t claimed = checkedElementCount(m_shape, std::numeric_limits<std::int64_t>::max() / 4096);
    const std::uint64_t headerBytes = 4 + 4 * m_shape.size();
    std::error_code error;
    const std::uint64_t onDisk = std::filesystem::file_size(m_path, error);
    const std::uint64_t atMost = error ? 0 : (gzdirect(handle(m_file)) ? onDisk - std::min(onDisk, headerBytes) : onDisk * highestCompression);
    if (claimed <= 0 || static_cast<std::uint64_t>(claimed) > atMost) {
        return fail("idx.size", {{"file", m_path.string()}, {"shape", shapeText(m_shape)}, {"bytes", std::to_string(onDisk)}});
    }
    m_itemBytes = claimed / m_shape[0];
    return {};
}

Result<void> IdxReader::read(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const auto wanted = static_cast<unsigned>(std::min<std::size_t>(bytes.size(), 1u << 20));
        const int got = gzread(handle(m_file), bytes.data(), wanted);
        if (got < 0) {
            int code = Z_OK;
            gzerror(handle(m_file), &code);
            if (code == Z_BUF_ERROR) return fail("idx.truncated", {{"file", m_path.string()}});
            return fail("idx.compressed_data", {{"file", m_path.string()}});
        }
        if (got == 0) return fail("idx.truncated", {{"file", m_path.string()}});
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return {};
}

Result<void> IdxReader::finish() {
    std::byte one;
    const int got = gzread(handle(m_file), &one, 1);
    int code = Z_OK;
    gzerror(handle(m_file), &code);
    if (got > 0) return fail("idx.trailing", {{"file", m_path.string()}, {"shape", shapeText(m_shape)}});
    if (code == Z_BUF_ERROR) return fail("idx.truncated", {{"file", m_path.string()}});
    if (got < 0 || (code != Z_OK && code != Z_STREAM_END)) return fail("idx.compressed_data", {{"file", m_path.string()}});
    return {};
}

}  // namespace lamina
