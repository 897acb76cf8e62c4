#include "app/cli/display_width.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace lamina {
namespace {

struct Range {
    std::uint32_t first, last;
};
constexpr Range wide[] = {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23F3},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
                          {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                          {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
constexpr Range zero[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};

template <std::size_t N>
bool inside(const Range (&ranges)[N], std::uint32_t c) {
    return std::any_of(std::begin(ranges), std::end(ranges), [c](const Range& r) { return c >= r.first && c <= r.last; });
}

std::size_t characterWidth(std::uint32_t c) {
    if (c < 0x20 || c == 0x7F || inside(zero, c)) return 0;
    return inside(wide, c) ? 2 : 1;
}

/// Takes the first character off `text`; a byte that does not belong to UTF-8 counts as one character.
std::uint32_t takeCharacter(std::string_view& text) {
    const auto byteAt = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byteAt(0);
    const std::size_t length = lead < 0xC0 || lead >= 0xF8 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    std::uint32_t c = length == 1 ? lead : lead & (0x7Fu >> length);
    std::size_t taken = 1;
    for (; taken < length && taken < text.size() && (byteAt(taken) & 0xC0) == 0x80; ++taken) c = c << 6 | (byteAt(taken) & 0x3F);
    text.remove_prefix(taken);
    return taken == length ? c : 0xFFFD;
}

}  // namespace

std::size_t displayWidth(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) width += characterWidth(takeCharacter(text));
    return width;
}

std::string clipToWidth(std::string_view text, std::size_t columns) {
    if (displayWidth(text) <= columns) return std::string(text);
    if (columns == 0) return {};
    std::string_view rest = text;
    std::size_t width = 0;
    while (true) {
        const auto before = rest.size();
        width += characterWidth(takeCharacter(rest));
        if (width > columns - 1) return std::string(text.substr(0, text.size() - before)) + "…";
    }
}

std::vector<std::string> wrapToWidth(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    while (displayWidth(text) > columns) {
        std::string_view rest = text;
        std::size_t width = 0, fits = 0, good = 0;  // bytes that fit; those up to the last place where a line may well end
        while (true) {
            const bool blank = rest.front() == ' ';
            const std::size_t before = text.size() - rest.size(), wide = characterWidth(takeCharacter(rest));
            if (wide == 2) good = before;
            width += wide;
            // A blank may hang over the edge: it is not written.
            if (width > columns + (blank ? 1 : 0)) break;
            fits = text.size() - rest.size();
            if (blank || wide == 2) good = fits;
        }
        if (fits == 0) fits = text.size() - rest.size();  // a character wider than the line stands alone on it
        const std::size_t end = good > 0 ? good : fits;
        lines.emplace_back(text.substr(0, end));
        lines.back().erase(lines.back().find_last_not_of(' ') + 1);
        text.remove_prefix(end);
    }
    if (!text.empty() || lines.empty()) lines.emplace_back(text);
    return lines;
}

std::string printable(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    return result;
}

}  // namespace lamina
