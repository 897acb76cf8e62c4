// UTF-8: is it valid, and where is the first byte that is not; and what the bytes of Latin-1 are in UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lamina {

/// The place of the first byte that does not belong to a valid sequence (overlong forms, surrogates and values above
/// U+10FFFF are invalid), or npos. Any bytes.
std::size_t invalidUtf8At(std::string_view text);
/// No byte above 127? Much faster than checking UTF-8.
bool isAscii(std::string_view text);
/// Appends `latin1`, each byte one character, as UTF-8.
void appendLatin1(std::string& utf8, std::string_view latin1);
/// The same for Windows-1252; its five bytes without a meaning stay the control characters that they are in Latin-1.
void appendWindows1252(std::string& utf8, std::string_view windows);

}  // namespace lamina
