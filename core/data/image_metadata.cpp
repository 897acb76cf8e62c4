#include "core/data/image_metadata.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/data/image_jpeg.h"

namespace lamina {
namespace image_metadata_parts {

using Bytes = std::span<const std::uint8_t>;

bool begins(Bytes bytes, std::string_view text) { return bytes.size() >= text.size() && std::memcmp(bytes.data(), text.data(), text.size()) == 0; }

void append(std::vector<std::byte>& to, Bytes bytes) {
    const auto more = std::as_bytes(bytes);
    to.insert(to.end(), more.begin(), more.end());
}

std::uint32_t big(Bytes bytes, std::size_t at, int count) {
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i) value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
    return value;
}

std::uint32_t little(Bytes bytes, std::size_t at) { return bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 | static_cast<std::uint32_t>(bytes[at + 3]) << 24; }

/// EXIF that says nothing but the orientation: a TIFF header and a directory of one entry.
std::array<std::uint8_t, 26> orientationAlone(int orientation) {
    return {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, static_cast<std::uint8_t>(orientation), 0, 0, 0, 0, 0, 0, 0};
}

// JPEG: segments FF xx with their length until the pixels, which go on until the next marker.

bool staysInJpeg(std::uint8_t marker, Bytes content) {
    const bool application = marker >= 0xE0 && marker <= 0xEF;
    if (marker == 0xFE) return false;  // a comment
    if (!application || marker == 0xEE) return true;  // Adobe's says what the channels are
    if (marker == 0xE0) return begins(content, std::string_view("JFIF\0", 5));
    return marker == 0xE2 && begins(content, std::string_view("ICC_PROFILE\0", 12));
}

/// The end of the compressed pixels that begin here: the next marker that is not part of them.
std::size_t endOfScan(Bytes bytes, std::size_t at) {
    for (; at + 1 < bytes.size(); ++at)
        if (bytes[at] == 0xFF && bytes[at + 1] != 0 && bytes[at + 1] != 0xFF && (bytes[at + 1] < 0xD0 || bytes[at + 1] > 0xD7)) return at;
    return bytes.size();
}

std::optional<std::vector<std::byte>> strippedJpeg(Bytes bytes) {
    const auto head = readJpegHead(std::as_bytes(bytes));
    const int orientation = head ? head->orientation : 1;
    std::vector<std::byte> made;
    made.reserve(bytes.size());
    append(made, bytes.first(2));
    if (orientation != 1) {
        const auto exif = orientationAlone(orientation);
        const std::array<std::uint8_t, 10> start{0xFF, 0xE1, 0, static_cast<std::uint8_t>(8 + exif.size()), 'E', 'x', 'i', 'f', 0, 0};
        append(made, start);
        append(made, exif);
    }
    bool pixels = false;
    for (std::size_t at = 2; at + 1 < bytes.size();) {
        if (bytes[at] != 0xFF) return std::nullopt;
        const std::uint8_t marker = bytes[at + 1];
        if (marker == 0xFF) {  // filled up
            ++at;
            continue;
        }
        if (marker == 0xD9) {
            append(made, bytes.subspan(at, 2));
            return made;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
            append(made, bytes.subspan(at, 2));
            at += 2;
            continue;
        }
        if (at + 4 > bytes.size()) break;
        const std::size_t length = big(bytes, at + 2, 2);
        if (length < 2 || at + 2 + length > bytes.size()) break;
        const Bytes segment = bytes.subspan(at, 2 + length);
        if (staysInJpeg(marker, segment.subspan(4))) append(made, segment);
        at += segment.size();
        if (marker != 0xDA) continue;
        const std::size_t end = endOfScan(bytes, at);
        append(made, bytes.subspan(at, end - at));
        at = end;
        pixels = true;
    }
    return pixels ? std::optional(std::move(made)) : std::nullopt;  // cut short, but with pixels
}

// PNG: chunks of length, name, content and checksum.

void appendPngChunk(std::vector<std::byte>& to, std::string_view name, Bytes content) {
    std::vector<std::uint8_t> chunk;
    for (int shift = 24; shift >= 0; shift -= 8) chunk.push_back(static_cast<std::uint8_t>(content.size() >> shift));
    chunk.insert(chunk.end(), name.begin(), name.end());
    chunk.insert(chunk.end(), content.begin(), content.end());
    const auto sum = static_cast<std::uint32_t>(crc32(0, chunk.data() + 4, static_cast<uInt>(chunk.size() - 4)));
    for (int shift = 24; shift >= 0; shift -= 8) chunk.push_back(static_cast<std::uint8_t>(sum >> shift));
    append(to, chunk);
}

bool staysInPng(std::string_view name) {
    constexpr std::array<std::string_view, 16> known{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "cICP", "acTL", "fcTL", "fdAT"};
    return std::find(known.begin(), known.end(), name) != known.end();
}

std::optional<std::vector<std::byte>> strippedPng(Bytes bytes) {
    std::vector<std::byte> made;
    made.reserve(bytes.size());
    append(made, bytes.first(8));
    bool pixels = false;
    for (std::size_t at = 8; at + 12 <= bytes.size();) {
        const std::size_t length = big(bytes, at, 4);
        if (length > bytes.size() - at - 12) break;
        const Bytes content = bytes.subspan(at + 8, length);
        const std::string_view name(reinterpret_cast<const char*>(bytes.data() + at + 4), 4);
        if (staysInPng(name)) append(made, bytes.subspan(at, length + 12));
        else if (name == "eXIf" && exifOrientation(content) != 1) appendPngChunk(made, "eXIf", orientationAlone(exifOrientation(content)));
        pixels = pixels || name == "IDAT";
        at += length + 12;
        if (name == "IEND") return made;
    }
    return pixels ? std::optional(std::move(made)) : std::nullopt;
}

// WebP: chunks of name, length and content, filled up to an even length.

std::optional<std::vector<std::byte>> strippedWebp(Bytes bytes) {
    constexpr std::uint8_t exifFlag = 8, xmpFlag = 4;
    std::vector<std::byte> made;
    made.reserve(bytes.size());
    append(made, bytes.first(12));
    bool pixels = false;
    std::optional<std::size_t> flags;
    int orientation = 1;
    const std::size_t end = std::min(bytes.size(), std::size_t{little(bytes, 4)} + 8);
    for (std::size_t at = 12; at + 8 <= end;) {
        const std::size_t length = little(bytes, at + 4), whole = 8 + length + length % 2;
        if (length > bytes.size() - at - 8) return std::nullopt;
        const Bytes chunk = bytes.subspan(at, std::min(whole, bytes.size() - at));
        if (begins(chunk, "EXIF")) {
            Bytes exif = chunk.subspan(8, length);
            if (begins(exif, std::string_view("Exif\0\0", 6))) exif = exif.subspan(6);
            orientation = exifOrientation(exif);
        } else if (begins(chunk, "VP8X") && length >= 1) {
            flags = made.size() + 8;
            append(made, chunk);
        } else if (begins(chunk, "VP8 ") || begins(chunk, "VP8L") || begins(chunk, "ANMF")) {
            pixels = true;
            append(made, chunk);
        } else if (begins(chunk, "ICCP") || begins(chunk, "ANIM") || begins(chunk, "ALPH")) {
            append(made, chunk);
        }
        at += whole;
    }
    if (!pixels) return std::nullopt;
    if (flags && orientation != 1) {
        const auto exif = orientationAlone(orientation);
        const std::array<std::uint8_t, 8> start{'E', 'X', 'I', 'F', static_cast<std::uint8_t>(exif.size()), 0, 0, 0};
        append(made, start);
        append(made, exif);
    }
    if (flags) made[*flags] = (made[*flags] & std::byte{static_cast<std::uint8_t>(~(xmpFlag | (orientation != 1 ? 0 : exifFlag)))});
    const auto size = static_cast<std::uint32_t>(made.size() - 8);
    for (int i = 0; i < 4; ++i) made[static_cast<std::size_t>(4 + i)] = static_cast<std::byte>(size >> (8 * i));
    return made;
}

// TIFF: directories of tags, each with its value or where that lies. What stays is copied to its place in an empty file: nothing that hung on survives.

/// The numbers of a TIFF file in its own byte order.
struct TiffNumbers {
    Bytes bytes;
    bool bigEndian = false;

    std::uint64_t at(std::uint64_t place, int count) const {
        std::uint64_t value = 0;
        for (int i = 0; i < count; ++i) value = value << 8 | bytes[static_cast<std::size_t>(place) + static_cast<std::size_t>(bigEndian ? i : count - 1 - i)];
        return value;
    }
    bool holds(std::uint64_t place, std::uint64_t length) const { return place <= bytes.size() && length <= bytes.size() - place; }
};

struct TiffEntry {
    std::uint64_t place = 0;  ///< of the entry itself
    std::uint16_t tag = 0, type = 0;
    std::uint64_t count = 0, value = 0, bytes = 0;  ///< `value`: where the values begin
};

constexpr int tiffOffsetBytes = 4;
constexpr std::uint64_t tiffEntryBytes = 12, tiffCountBytes = 2, tiffFirstLink = 4;
constexpr std::uint16_t tiffCompression = 259, tiffStripOffsets = 273, tiffStripBytes = 279, tiffTileOffsets = 324, tiffTileBytes = 325, tiffSubfile = 254;
constexpr std::size_t mostTiffPages = 100000, mostTiffEntries = 4096;

/// What pixels are read by (42113: which value means no data), their size on paper and the colour profile.
bool staysInTiff(std::uint16_t tag) {
    constexpr std::array<std::uint16_t, 44> known{254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290,
                                                  291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339, 340, 341};
    constexpr std::array<std::uint16_t, 7> more{347, 529, 530, 531, 532, 34675, 42113};
    return std::find(known.begin(), known.end(), tag) != known.end() || std::find(more.begin(), more.end(), tag) != more.end();
}

std::uint64_t tiffTypeBytes(std::uint16_t type) {
    constexpr std::array<std::uint8_t, 14> sizes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    return type < sizes.size() ? sizes[type] : 0;
}

std::optional<TiffEntry> readTiffEntry(const TiffNumbers& file, std::uint64_t place) {
    TiffEntry entry{place, static_cast<std::uint16_t>(file.at(place, 2)), static_cast<std::uint16_t>(file.at(place + 2, 2)), file.at(place + 4, tiffOffsetBytes)};
    const std::uint64_t each = tiffTypeBytes(entry.type), inside = tiffOffsetBytes;
    if (each == 0 || entry.count > file.bytes.size()) return std::nullopt;
    entry.bytes = each * entry.count;
    const std::uint64_t field = place + 4 + inside;
    entry.value = entry.bytes <= inside ? field : file.at(field, tiffOffsetBytes);
    return file.holds(entry.value, entry.bytes) ? std::optional(entry) : std::nullopt;
}

class TiffCopy {
public:
    explicit TiffCopy(const TiffNumbers& file) : m_file(file), m_made(file.bytes.size()) {}

    std::optional<std::vector<std::byte>> run() {
        copy(0, tiffFirstLink + tiffOffsetBytes);
        std::uint64_t link = tiffFirstLink;  // where the next page's place stands
        std::uint64_t place = m_file.at(link, tiffOffsetBytes);
        std::size_t pages = 0;
        while (place != 0) {
            if (++pages > mostTiffPages) return std::nullopt;
            std::uint64_t nextLink = 0, next = 0;
            bool kept = true;
            if (!copyPage(place, pages == 1, kept, nextLink, next)) return std::nullopt;
            if (kept) {
                writeNumber(link, place);
                link = nextLink;
            }
            place = next;
        }
        writeNumber(link, 0);
        if (pages == 0) return std::nullopt;
        m_made.resize(static_cast<std::size_t>(m_end));
        return std::move(m_made);
    }

private:
    /// `kept`: not so for a small second picture. `link`: where the place of the page behind is to be written.
    bool copyPage(std::uint64_t place, bool isFirst, bool& kept, std::uint64_t& link, std::uint64_t& next) {
        if (!m_file.holds(place, tiffCountBytes)) return false;
        const std::uint64_t entries = m_file.at(place, tiffCountBytes);
        const std::uint64_t begin = place + tiffCountBytes, size = tiffEntryBytes;
        if (entries > mostTiffEntries || !m_file.holds(begin, entries * size + tiffOffsetBytes)) return false;
        std::vector<TiffEntry> staying;
        for (std::uint64_t i = 0; i < entries; ++i) {
            if (!staysInTiff(static_cast<std::uint16_t>(m_file.at(begin + i * size, 2)))) continue;
            const auto entry = readTiffEntry(m_file, begin + i * size);
            if (!entry) return false;
            staying.push_back(*entry);
        }
        next = m_file.at(begin + entries * size, tiffOffsetBytes);
        const TiffEntry* subfile = find(staying, tiffSubfile);
        kept = isFirst || !subfile || (number(*subfile, 0) & 1) == 0;
        if (!kept) return true;
        if (!copyPixels(staying)) return false;
        for (std::size_t i = 0; i < staying.size(); ++i) {
            const std::uint64_t to = begin + i * size;
            copyTo(staying[i].place, to, size);
            if (staying[i].bytes > tiffOffsetBytes) copy(staying[i].value, staying[i].bytes);
        }
        writeNumber(place, staying.size(), tiffCountBytes);
        link = begin + staying.size() * size;
        return true;
    }

    bool copyPixels(const std::vector<TiffEntry>& entries) {
        constexpr std::uint64_t oldJpeg = 6;  // its tables lie anywhere
        if (const TiffEntry* compression = find(entries, tiffCompression); compression && number(*compression, 0) == oldJpeg) return false;
        const TiffEntry *offsets = find(entries, tiffStripOffsets), *sizes = find(entries, tiffStripBytes);
        if (!offsets) offsets = find(entries, tiffTileOffsets), sizes = find(entries, tiffTileBytes);
        if (!offsets || !sizes || offsets->count != sizes->count) return false;
        for (std::uint64_t i = 0; i < offsets->count; ++i) {
            const std::uint64_t place = number(*offsets, i), length = number(*sizes, i);
            if (!m_file.holds(place, length)) return false;
            copy(place, length);
        }
        return true;
    }

    static const TiffEntry* find(const std::vector<TiffEntry>& entries, std::uint16_t tag) {
        const auto found = std::find_if(entries.begin(), entries.end(), [&](const TiffEntry& entry) { return entry.tag == tag; });
        return found == entries.end() || found->count == 0 ? nullptr : &*found;
    }

    std::uint64_t number(const TiffEntry& entry, std::uint64_t i) const {
        const std::uint64_t each = tiffTypeBytes(entry.type);
        return m_file.at(entry.value + i * each, static_cast<int>(each));
    }

    void copy(std::uint64_t place, std::uint64_t length) { copyTo(place, place, length); }
    void copyTo(std::uint64_t from, std::uint64_t to, std::uint64_t length) {
        if (length == 0) return;
        std::memcpy(m_made.data() + to, m_file.bytes.data() + from, static_cast<std::size_t>(length));
        m_end = std::max(m_end, to + length);
    }
    void writeNumber(std::uint64_t place, std::uint64_t value) { writeNumber(place, value, tiffOffsetBytes); }
    void writeNumber(std::uint64_t place, std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i)
            m_made[static_cast<std::size_t>(place) + static_cast<std::size_t>(m_file.bigEndian ? count - 1 - i : i)] = static_cast<std::byte>(value >> (8 * i));
        m_end = std::max(m_end, place + static_cast<std::uint64_t>(count));
    }

    const TiffNumbers& m_file;
    std::vector<std::byte> m_made;  ///< empty but for what stays
    std::uint64_t m_end = 0;
};

std::optional<TiffNumbers> tiffHeader(Bytes bytes) {
    if (bytes.size() < 16 || (!begins(bytes, "II") && !begins(bytes, "MM"))) return std::nullopt;
    const TiffNumbers file{bytes, bytes[0] == 'M'};
    return file.at(2, 2) == 42 ? std::optional(file) : std::nullopt;
}

}  // namespace image_metadata_parts

std::optional<std::vector<std::byte>> withoutMetadata(std::span<const std::byte> raw) {
    using namespace image_metadata_parts;
    const Bytes bytes(reinterpret_cast<const std::uint8_t*>(raw.data()), raw.size());
    if (begins(bytes, "\xFF\xD8\xFF")) return strippedJpeg(bytes);
    if (begins(bytes, "\x89PNG\r\n\x1A\n")) return strippedPng(bytes);
    if (bytes.size() >= 12 && begins(bytes, "RIFF") && begins(bytes.subspan(8), "WEBP")) return strippedWebp(bytes);
    if (const auto tiff = tiffHeader(bytes)) return TiffCopy(*tiff).run();
    return std::nullopt;
}

}  // namespace lamina
