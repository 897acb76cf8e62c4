// Places in a text as others count them: characters (code points, what spans count), bytes of UTF-8, units of UTF-16 (Qt, JavaScript, Java).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lamina {

/// Looks at the text once (1 MB: about 2 ms) and answers from marks at every 128th character. Does not keep the text alive. Places beyond the end are the end;
/// places within a character are its beginning. Every byte that does not continue a character begins one, as in the formats.
class TextOffsets {
public:
    explicit TextOffsets(std::string_view utf8);

    std::int64_t characters() const { return m_characters; }
    std::int64_t units() const { return m_units; }
    std::int64_t byteOf(std::int64_t character) const { return placeOf(character).byte; }
    std::int64_t unitOf(std::int64_t character) const { return placeOf(character).unit; }
    std::int64_t characterOfByte(std::int64_t byte) const;
    std::int64_t characterOfUnit(std::int64_t unit) const;
    /// The bytes of the characters from `begin` to before `end`.
    std::string_view part(std::int64_t begin, std::int64_t end) const;

private:
    struct Mark {
        std::int64_t byte = 0, unit = 0;
    };
    Mark placeOf(std::int64_t character) const;
    void step(Mark& mark) const;

    std::string_view m_text;
    std::vector<Mark> m_marks;
    std::int64_t m_characters = 0, m_units = 0;
};

}  // namespace lamina
