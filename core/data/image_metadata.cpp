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

}  // namespace image_metadata_parts

std::optional<std::vector<std::byte>> withoutMetadata(std::span<const std::byte> raw) {
    using namespace image_metadata_parts;
    const Bytes bytes(reinterpret_cast<const std::uint8_t*>(raw.data()), raw.size());
    if (begins(bytes, "\xFF\xD8\xFF")) return strippedJpeg(bytes);
    if (begins(bytes, "\x89PNG\r\n\x1A\n")) return strippedPng(bytes);
    if (bytes.size() >= 12 && begins(bytes, "RIFF") && begins(bytes.subspan(8), "WEBP")) return strippedWebp(bytes);
    return std::nullopt;
}

}  // namespace lamina
