#include "core/data/utf8.h"

#include <cstdint>
#include <cstring>

namespace lamina {
namespace {

bool isContinuation(unsigned char c) { return (c & 0xC0) == 0x80; }

/// Bytes of the valid sequence at `at`, 0 where there is none. The limits are those of Unicode's table 3-7.
std::size_t sequenceLength(const unsigned char* at, std::size_t left) {
    const unsigned char c = at[0];
    if (c < 0x80) return 1;
    if (c < 0xC2 || left < 2) return 0;
    if (c < 0xE0) return isContinuation(at[1]) ? 2 : 0;
    if (c < 0xF0) {
        if (left < 3 || !isContinuation(at[1]) || !isContinuation(at[2])) return 0;
        if ((c == 0xE0 && at[1] < 0xA0) || (c == 0xED && at[1] > 0x9F)) return 0;
        return 3;
    }
    if (c > 0xF4 || left < 4 || !isContinuation(at[1]) || !isContinuation(at[2]) || !isContinuation(at[3])) return 0;
    if ((c == 0xF0 && at[1] < 0x90) || (c == 0xF4 && at[1] > 0x8F)) return 0;
    return 4;
}

}  // namespace

bool isAscii(std::string_view text) {
    std::size_t i = 0;
    std::uint64_t seen = 0;
    for (; i + 32 <= text.size(); i += 32) {
        std::uint64_t words[4];
        std::memcpy(words, text.data() + i, 32);
        seen |= words[0] | words[1] | words[2] | words[3];
    }
    for (; i < text.size(); ++i) seen |= static_cast<unsigned char>(text[i]);
    return (seen & 0x8080808080808080ull) == 0;
}

std::size_t invalidUtf8At(std::string_view text) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t i = 0;
    while (i < text.size()) {
        std::uint64_t word = 0;
        if (i + 8 <= text.size()) {
            std::memcpy(&word, bytes + i, 8);
            if ((word & 0x8080808080808080ull) == 0) {
                i += 8;
                continue;
            }
        }
        const std::size_t length = sequenceLength(bytes + i, text.size() - i);
        if (length == 0) return i;
        i += length;
    }
    return std::string_view::npos;
}

namespace {

void appendLetter(std::string& utf8, unsigned letter) {
    if (letter < 0x80) {
        utf8.push_back(static_cast<char>(letter));
    } else if (letter < 0x800) {
        utf8.push_back(static_cast<char>(0xC0 | (letter >> 6)));
        utf8.push_back(static_cast<char>(0x80 | (letter & 0x3F)));
    } else {
        utf8.push_back(static_cast<char>(0xE0 | (letter >> 12)));
        utf8.push_back(static_cast<char>(0x80 | ((letter >> 6) & 0x3F)));
        utf8.push_back(static_cast<char>(0x80 | (letter & 0x3F)));
    }
}

/// Windows-1252 from 0x80 to 0x9F.
constexpr unsigned windowsLetters[32] = {0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
                                         0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

}  // namespace

void appendLatin1(std::string& utf8, std::string_view latin1) {
    for (const char character : latin1) appendLetter(utf8, static_cast<unsigned char>(character));
}

void appendWindows1252(std::string& utf8, std::string_view windows) {
    for (const char character : windows) {
        const auto c = static_cast<unsigned char>(character);
        appendLetter(utf8, c >= 0x80 && c < 0xA0 ? windowsLetters[c - 0x80] : c);
    }
}

}  // namespace lamina
