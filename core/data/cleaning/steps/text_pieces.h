// Texts cut into words or characters, in small letters.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace lamina {

struct TextPieces {
    bool characters = false;                ///< runs of characters instead of words; runs of blanks count as one
    std::size_t shortest = 1, longest = 1;  ///< so many words or characters are taken together
    std::size_t shortestWord = 2;           ///< words (runs of letters, digits and underscores) of fewer are passed over
};

/// All runs of `shortest` words or characters in the order of the text, then those of one more, up to `longest`. Words in a run are joined by a
/// blank.
void eachTextPiece(std::string_view text, const TextPieces& how, const std::function<void(std::string piece)>& visit);

}  // namespace lamina
