#include "core/data/column_file.h"

#include <zlib.h>

#include <bit>
#include <cstring>

#include "core/base/uuid.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr char startMagic[8] = {'L', 'A', 'M', 'C', 'O', 'L', '0', '1'};
constexpr char endMagic[8] = {'L', 'A', 'M', 'C', 'O', 'L', 'E', 'N'};
constexpr std::uint32_t version = 1;
constexpr std::uint64_t alignment = 64;
constexpr std::size_t bufferBytes = 256 << 10;
constexpr std::int64_t rowLimit = std::int64_t{1} << 44;
constexpr std::size_t rankLimit = 8;

static_assert(std::endian::native == std::endian::little, "column files are mapped as they are");

struct ColumnFileEnd {
    char magic[8] = {};
    std::uint32_t version = 0;
    std::uint8_t kind = 0;
    std::uint8_t elementType = 0;
    std::uint16_t rank = 0;
    std::int64_t rows = 0;
    std::int64_t missing = 0;
    std::int64_t shape[rankLimit] = {};
    std::uint64_t valuesSize = 0, offsetsSize = 0, missingSize = 0, wordsSize = 0;
    std::uint32_t reserved = 0;
    std::uint32_t crc = 0;  ///< of all bytes before it
};
static_assert(sizeof(ColumnFileEnd) == 136);

std::uint32_t crcOf(const ColumnFileEnd& end) {
    return static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<const Bytef*>(&end), offsetof(ColumnFileEnd, crc)));
}

std::uint64_t aligned(std::uint64_t at) { return (at + alignment - 1) / alignment * alignment; }

Error damaged(const Path& path, const char* reason) { return fail("column.damaged", {{"file", path.string()}, {"reason", reason}}); }

/// Bytes of one row in the values section; 0 for Text.
std::size_t valueSize(const ColumnInfo& info) {
    if (storedAsText(info.kind)) return 0;
    return info.kind == ColumnKind::Tensor ? elementBytes(info) : dtypeSize(info.elementType);
}

template <class T> std::span<const T> typed(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
}

std::span<const std::byte> valueBytes(const ColumnView& chunk) {
    switch (chunk.kind) {
        case ColumnKind::Number: return std::as_bytes(chunk.numbers);
        case ColumnKind::Integer:
        case ColumnKind::Time: return std::as_bytes(chunk.integers);
        case ColumnKind::Boolean: return std::as_bytes(chunk.booleans);
        case ColumnKind::Category: return std::as_bytes(chunk.codes);
        case ColumnKind::Tensor: return chunk.elements;
        case ColumnKind::Text:
        case ColumnKind::Image: break;
    }
    return {};
}

/// Of texts none may begin within a letter; pictures begin with any byte.
Result<void> checkOffsets(const Path& path, std::span<const std::uint64_t> offsets, std::string_view text, bool utf8) {
    std::uint64_t before = 0;
    if (offsets[0] != 0) return damaged(path, "text offsets");
    for (const auto offset : offsets) {
        if (offset < before || offset > text.size()) return damaged(path, "text offsets");
        if (utf8 && offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) return damaged(path, "text offsets");
        before = offset;
    }
    if (utf8 && invalidUtf8At(text) != std::string_view::npos) return damaged(path, "text");
    return {};
}

/// The words of the dictionary; `bytes` is the whole section.
Result<std::vector<std::string>> readWords(const Path& path, std::span<const std::byte> bytes) {
    const auto numbers = typed<std::uint64_t>(bytes);
    if (numbers.empty() || numbers.size() < 2 || numbers[0] > numbers.size() - 2) return damaged(path, "dictionary");
    const auto offsets = numbers.subspan(1, numbers[0] + 1);
    const std::size_t textAt = (numbers[0] + 2) * sizeof(std::uint64_t);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + textAt, bytes.size() - textAt);
    LAMINA_CHECK(checkOffsets(path, offsets, text, true));
    std::vector<std::string> words;
    for (std::size_t i = 0; i + 1 < offsets.size(); ++i) words.emplace_back(text.substr(offsets[i], offsets[i + 1] - offsets[i]));
    return words;
}

std::vector<std::byte> wordsSection(const std::vector<std::string>& words) {
    std::vector<std::uint64_t> numbers{words.size(), 0};
    std::string text;
    for (const auto& word : words) {
        text += word;
        numbers.push_back(text.size());
    }
    std::vector<std::byte> bytes(numbers.size() * sizeof(std::uint64_t) + text.size());
    std::memcpy(bytes.data(), numbers.data(), numbers.size() * sizeof(std::uint64_t));
    if (!text.empty()) std::memcpy(bytes.data() + numbers.size() * sizeof(std::uint64_t), text.data(), text.size());
    return bytes;
}

/// What the end says about kind, element and rows, checked as far as it can be without the sections.
Result<ColumnInfo> infoFromEnd(const Path& path, const ColumnFileEnd& end) {
    if (std::memcmp(end.magic, endMagic, sizeof endMagic) != 0) return damaged(path, "magic");
    if (end.crc != crcOf(end)) return damaged(path, "checksum");
    if (end.version != version) return fail("column.newer_version", {{"file", path.string()}, {"version", std::to_string(end.version)}});
    if (end.kind > static_cast<std::uint8_t>(ColumnKind::Image)) return damaged(path, "kind");
    if (end.rows < 0 || end.rows > rowLimit || end.missing < 0 || end.missing > end.rows) return damaged(path, "row count");
    ColumnInfo info;
    info.kind = static_cast<ColumnKind>(end.kind);
    info.elementType = static_cast<DType>(end.elementType);
    info.rows = end.rows;
    info.missing = end.missing;
    const bool tensor = info.kind == ColumnKind::Tensor;
    if (tensor ? info.elementType != DType::UInt8 && info.elementType != DType::Float32 : info.elementType != elementTypeOf(info.kind))
        return damaged(path, "element type");
    if (end.rank > rankLimit || (!tensor && end.rank != 0)) return damaged(path, "shape");
    info.elementShape.assign(end.shape, end.shape + end.rank);
    if (checkedElementCount(info.elementShape, std::int64_t{1} << 32) < 0) return damaged(path, "shape");
    return info;
}

}  // namespace

Path columnPath(const Path& folder, const std::string& hash) { return folder / (hash + ".column"); }

ColumnFileWriter::ColumnFileWriter(Path folder, ColumnInfo info) : m_folder(std::move(folder)), m_info(std::move(info)) {
    const std::string name = "." + newUuid();
    m_path = m_folder / (name + ".part");
    m_offsetsPath = m_folder / (name + ".offsets.part");
    m_info.rows = m_info.missing = 0;
    if (m_info.kind != ColumnKind::Tensor) {
        m_info.elementType = elementTypeOf(m_info.kind);
        m_info.elementShape.clear();
    }
}

Result<std::unique_ptr<ColumnFileWriter>> ColumnFileWriter::create(const Path& folder, ColumnInfo info, std::uint64_t expectedBytes) {
    LAMINA_CHECK(files().makeFolder(folder));
    LAMINA_CHECK(checkFreeSpace(folder, expectedBytes));
    const bool tensor = info.kind == ColumnKind::Tensor;
    if (tensor && (info.elementShape.size() > rankLimit || checkedElementCount(info.elementShape, std::int64_t{1} << 32) < 0))
        return fail("column.bad_chunk", {{"column", info.name}});
    std::unique_ptr<ColumnFileWriter> writer(new ColumnFileWriter(folder, std::move(info)));
    LAMINA_TRY(writer->m_file, files().create(writer->m_path));
    LAMINA_CHECK(writer->put(startMagic, sizeof startMagic));
    LAMINA_CHECK(writer->align());
    return writer;
}

ColumnFileWriter::~ColumnFileWriter() {
    if (m_published) return;
    m_file.reset();
    m_offsetsFile.reset();
    (void)files().remove(m_path);
    if (storedAsText(m_info.kind)) (void)files().remove(m_offsetsPath);
}

Result<void> ColumnFileWriter::flush() {
    if (m_buffer.empty()) return {};
    m_hash.add(m_buffer.data(), m_buffer.size());
    LAMINA_CHECK(m_file->write(m_buffer.data(), m_buffer.size()));
    m_buffer.clear();
    return {};
}

Result<void> ColumnFileWriter::put(const void* bytes, std::size_t count) {
    if (count == 0) return {};
    const auto* from = static_cast<const std::byte*>(bytes);
    m_written += count;
    if (m_buffer.size() + count > bufferBytes) LAMINA_CHECK(flush());
    if (count < bufferBytes) {
        m_buffer.insert(m_buffer.end(), from, from + count);
        return {};
    }
    m_hash.add(from, count);
    return m_file->write(from, count);
}

Result<void> ColumnFileWriter::align() {
    const std::byte zeros[alignment] = {};
    return put(zeros, aligned(m_written) - m_written);
}

void ColumnFileWriter::noteMissing(const ColumnView& chunk) {
    if (chunk.kind == ColumnKind::Number)
        for (const double value : chunk.numbers) m_info.missing += value != value;
    else if (chunk.kind == ColumnKind::Category)
        for (const auto code : chunk.codes) m_info.missing += code < 0;
    else
        m_info.missing += appendMissingBits(m_missingBits, m_info.rows, chunk);
}

Result<void> ColumnFileWriter::append(const ColumnView& chunk) {
    const bool fits = chunk.kind == m_info.kind && (chunk.kind != ColumnKind::Tensor || chunk.elementSize == elementBytes(m_info));
    if (!fits || (!storedAsText(chunk.kind) && valueBytes(chunk).size() != static_cast<std::size_t>(chunk.rows) * valueSize(m_info)))
        return fail("column.bad_chunk", {{"column", m_info.name}});
    noteMissing(chunk);
    LAMINA_CHECK(storedAsText(chunk.kind) ? appendText(chunk) : put(valueBytes(chunk).data(), valueBytes(chunk).size()));
    m_info.rows += chunk.rows;
    return {};
}

Result<void> ColumnFileWriter::appendElements(std::span<const std::byte> bytes) {
    const std::size_t size = elementBytes(m_info);
    if (m_info.kind != ColumnKind::Tensor || size == 0 || bytes.size() % size != 0) return fail("column.bad_chunk", {{"column", m_info.name}});
    ColumnView chunk;
    chunk.kind = ColumnKind::Tensor;
    chunk.rows = static_cast<std::int64_t>(bytes.size() / size);
    chunk.elements = bytes;
    chunk.elementSize = size;
    return append(chunk);
}

// The offsets go to a second temporary until the last text byte is written: bounded memory for any number of rows.
Result<void> ColumnFileWriter::appendText(const ColumnView& chunk) {
    if (chunk.rows == 0) return {};
    if (!m_offsetsFile) {
        LAMINA_TRY(m_offsetsFile, files().create(m_offsetsPath));
    }
    const std::uint64_t first = chunk.offsets[0], last = chunk.offsets[static_cast<std::size_t>(chunk.rows)];
    std::vector<std::uint64_t> shifted(static_cast<std::size_t>(chunk.rows));
    for (std::size_t i = 0; i < shifted.size(); ++i) shifted[i] = chunk.offsets[i + 1] - first + m_textBytes;
    LAMINA_CHECK(m_offsetsFile->write(shifted.data(), shifted.size() * sizeof(std::uint64_t)));
    LAMINA_CHECK(put(chunk.textBytes.data() + first, last - first));
    m_textBytes += last - first;
    return {};
}

Result<void> ColumnFileWriter::writeOffsets() {
    const std::uint64_t zero = 0;
    LAMINA_CHECK(put(&zero, sizeof zero));
    if (!m_offsetsFile) return {};
    LAMINA_CHECK(m_offsetsFile->close());
    LAMINA_TRY(const auto mapped, MappedFile::open(m_offsetsPath));
    LAMINA_CHECK(put(mapped.bytes().data(), mapped.bytes().size()));
    m_offsetsFile.reset();
    return files().remove(m_offsetsPath);
}

Result<void> ColumnFileWriter::seal() {
    const bool text = storedAsText(m_info.kind);
    ColumnFileEnd end;
    std::memcpy(end.magic, endMagic, sizeof endMagic);
    end.version = version;
    end.kind = static_cast<std::uint8_t>(m_info.kind);
    end.elementType = static_cast<std::uint8_t>(m_info.elementType);
    end.rank = static_cast<std::uint16_t>(m_info.elementShape.size());
    std::copy(m_info.elementShape.begin(), m_info.elementShape.end(), end.shape);
    end.rows = m_info.rows;
    end.missing = m_info.missing;
    end.valuesSize = m_written - alignment;
    LAMINA_CHECK(align());
    if (text) {
        end.offsetsSize = static_cast<std::uint64_t>(m_info.rows + 1) * sizeof(std::uint64_t);
        LAMINA_CHECK(writeOffsets());
        LAMINA_CHECK(align());
    }
    end.missingSize = m_missingBits.size();
    LAMINA_CHECK(put(m_missingBits.data(), m_missingBits.size()));
    LAMINA_CHECK(align());
    if (m_info.kind == ColumnKind::Category) {
        const auto words = wordsSection(m_info.dictionary);
        end.wordsSize = words.size();
        LAMINA_CHECK(put(words.data(), words.size()));
        LAMINA_CHECK(align());
    }
    end.crc = crcOf(end);
    LAMINA_CHECK(put(&end, sizeof end));
    LAMINA_CHECK(flush());
    m_hashText = m_hash.finish();
    LAMINA_CHECK(m_file->sync());
    LAMINA_CHECK(m_file->close());
    m_file.reset();
    m_buffer = {};
    m_missingBits = {};
    return {};
}

Result<StoredColumn> ColumnFileWriter::publish() {
    StoredColumn stored{m_info, columnPath(m_folder, m_hashText), m_hashText, m_written, false};
    std::error_code error;
    stored.created = !std::filesystem::exists(stored.path, error);
    if (stored.created) LAMINA_CHECK(files().rename(m_path, stored.path));
    else LAMINA_CHECK(files().remove(m_path));
    m_published = true;
    return stored;
}

Result<StoredColumn> ColumnFileWriter::finish() {
    LAMINA_CHECK(seal());
    return publish();
}

Result<ColumnFile> ColumnFile::open(const Path& path) {
    ColumnFile column;
    LAMINA_TRY(column.m_file, MappedFile::open(path));
    const auto bytes = column.m_file.bytes();
    if (bytes.size() < alignment + sizeof(ColumnFileEnd)) return damaged(path, "size");
    if (std::memcmp(bytes.data(), startMagic, sizeof startMagic) != 0) return damaged(path, "magic");
    ColumnFileEnd end;
    std::memcpy(&end, bytes.data() + bytes.size() - sizeof end, sizeof end);
    LAMINA_TRY(column.m_info, infoFromEnd(path, end));

    const auto& info = column.m_info;
    const auto rows = static_cast<std::uint64_t>(info.rows);
    const bool text = storedAsText(info.kind), category = info.kind == ColumnKind::Category;
    for (const auto size : {end.valuesSize, end.offsetsSize, end.missingSize, end.wordsSize})
        if (size > bytes.size()) return damaged(path, "size");
    const std::uint64_t valueBytes = valueSize(info);
    if (!text && (valueBytes == 0 ? end.valuesSize != 0 : end.valuesSize % valueBytes != 0 || end.valuesSize / valueBytes != rows))
        return damaged(path, "size of the values");
    if (end.offsetsSize != (text ? (rows + 1) * sizeof(std::uint64_t) : 0)) return damaged(path, "size of the offsets");
    if (end.missingSize != 0 && end.missingSize != (rows + 7) / 8) return damaged(path, "size of the missing bits");
    if ((end.wordsSize == 0) == category) return damaged(path, "dictionary");

    column.m_valuesSize = end.valuesSize;
    column.m_offsetsAt = aligned(alignment + end.valuesSize);
    column.m_missingAt = aligned(column.m_offsetsAt + end.offsetsSize);
    column.m_missingSize = end.missingSize;
    const std::uint64_t wordsAt = aligned(column.m_missingAt + end.missingSize);
    if (aligned(wordsAt + end.wordsSize) + sizeof end != bytes.size()) return damaged(path, "size");

    const auto view = column.view();
    if (text) LAMINA_CHECK(checkOffsets(path, view.offsets, view.textBytes, view.kind == ColumnKind::Text));
    if (category) {
        LAMINA_TRY(column.m_info.dictionary, readWords(path, bytes.subspan(wordsAt, end.wordsSize)));
        const auto words = static_cast<std::int64_t>(column.m_info.dictionary.size());
        for (const auto code : view.codes)
            if (code < -1 || code >= words) return damaged(path, "category codes");
    }
    for (const auto flag : view.booleans)
        if (flag > 1) return damaged(path, "booleans");
    return column;
}

ColumnView ColumnFile::view() const {
    const auto bytes = m_file.bytes();
    if (bytes.empty()) return {};
    const auto values = bytes.subspan(alignment, m_valuesSize);
    ColumnView view;
    view.kind = m_info.kind;
    view.rows = m_info.rows;
    view.elementType = m_info.elementType;
    view.missingBits = typed<std::uint8_t>(bytes.subspan(m_missingAt, m_missingSize));
    switch (m_info.kind) {
        case ColumnKind::Number: view.numbers = typed<double>(values); break;
        case ColumnKind::Integer:
        case ColumnKind::Time: view.integers = typed<std::int64_t>(values); break;
        case ColumnKind::Boolean: view.booleans = typed<std::uint8_t>(values); break;
        case ColumnKind::Category:
            view.codes = typed<std::int32_t>(values);
            view.dictionary = m_info.dictionary;
            break;
        case ColumnKind::Text:
        case ColumnKind::Image:
            view.offsets = typed<std::uint64_t>(bytes.subspan(m_offsetsAt, static_cast<std::size_t>(m_info.rows + 1) * sizeof(std::uint64_t)));
            view.textBytes = {reinterpret_cast<const char*>(values.data()), values.size()};
            break;
        case ColumnKind::Tensor:
            view.elements = values;
            view.elementSize = elementBytes(m_info);
            break;
    }
    return view;
}

Result<void> verifyColumnFile(const Path& path) {
    LAMINA_TRY(const auto mapped, MappedFile::open(path));
    if (sha256(mapped.bytes().data(), mapped.bytes().size()) != path.stem().string()) return damaged(path, "hash");
    LAMINA_TRY(const auto column, ColumnFile::open(path));
    (void)column;
    return {};
}

}  // namespace lamina
