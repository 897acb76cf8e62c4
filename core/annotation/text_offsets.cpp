#include "core/annotation/text_offsets.h"

#include <algorithm>

namespace lamina {

namespace {

constexpr std::int64_t charactersAMark = 128;

bool continuesCharacter(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

}  // namespace

/// One character on. Those of four bytes take two units.
void TextOffsets::step(Mark& mark) const {
    mark.unit += static_cast<unsigned char>(m_text[static_cast<std::size_t>(mark.byte)]) >= 0xf0U ? 2 : 1;
    const auto size = static_cast<std::int64_t>(m_text.size());
    do ++mark.byte;
    while (mark.byte < size && continuesCharacter(m_text[static_cast<std::size_t>(mark.byte)]));
}

TextOffsets::TextOffsets(std::string_view utf8) : m_text(utf8) {
    Mark at;
    while (at.byte < static_cast<std::int64_t>(m_text.size())) {
        if (m_characters % charactersAMark == 0) m_marks.push_back(at);
        step(at);
        ++m_characters;
    }
    if (m_marks.empty()) m_marks.push_back({});
    m_units = at.unit;
}

TextOffsets::Mark TextOffsets::placeOf(std::int64_t character) const {
    character = std::clamp<std::int64_t>(character, 0, m_characters);
    const std::int64_t mark = std::min(character / charactersAMark, static_cast<std::int64_t>(m_marks.size()) - 1);
    Mark at = m_marks[static_cast<std::size_t>(mark)];
    for (std::int64_t i = mark * charactersAMark; i < character; ++i) step(at);
    return at;
}

std::int64_t TextOffsets::characterOfByte(std::int64_t byte) const {
    const auto after = std::upper_bound(m_marks.begin() + 1, m_marks.end(), byte, [](std::int64_t value, const Mark& mark) { return value < mark.byte; });
    std::int64_t character = (after - m_marks.begin() - 1) * charactersAMark;
    for (Mark at = *(after - 1); character < m_characters; ++character) {
        step(at);
        if (at.byte > byte) break;
    }
    return character;
}

std::int64_t TextOffsets::characterOfUnit(std::int64_t unit) const {
    const auto after = std::upper_bound(m_marks.begin() + 1, m_marks.end(), unit, [](std::int64_t value, const Mark& mark) { return value < mark.unit; });
    std::int64_t character = (after - m_marks.begin() - 1) * charactersAMark;
    for (Mark at = *(after - 1); character < m_characters; ++character) {
        step(at);
        if (at.unit > unit) break;
    }
    return character;
}

std::string_view TextOffsets::part(std::int64_t begin, std::int64_t end) const {
    const std::int64_t from = byteOf(begin), to = std::max(byteOf(end), from);
    return m_text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
}

}  // namespace lamina
