// The words and signs of an expression.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace lamina {

enum class TokenKind : std::uint8_t { End, Number, Text, Word, Name, Sign };

struct Token {
    TokenKind kind = TokenKind::End;
    std::string text;          ///< Text, Name: without quotes; Sign: in its one form ("=" for "==", "!=" for "<>", "^" for "**")
    double number = 0;
    std::size_t position = 1;  ///< in characters, from 1
};

/// Ends with an End token. Full-width brackets, commas and signs (from Chinese keyboards) count as the plain ones.
Result<std::vector<Token>> tokensOf(std::string_view text);

}  // namespace lamina
