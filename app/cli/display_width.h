// How many columns of a terminal a text takes: Chinese characters take two, combining marks none. UTF-8; does not ask the locale.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lamina {

std::size_t displayWidth(std::string_view text);
/// Shortened to at most `columns`, with "…" at the end where something was cut.
std::string clipToWidth(std::string_view text, std::size_t columns);
/// Lines of at most `columns`, broken at blanks where that is possible, else between characters (Chinese). At least one.
std::vector<std::string> wrapToWidth(std::string_view text, std::size_t columns);
/// Control characters (also ESC) made visible as "?", so that a cell or a file name cannot steer the terminal.
std::string printable(std::string_view text);

}  // namespace lamina
