// The log: lines to standard error, without cell values or labels. Off below the level of LAMINA_LOG (debug, info, warning; default warning).
#pragma once

#include <string_view>

namespace lamina {

enum class LogLevel { Debug, Info, Warning };
void log(LogLevel level, std::string_view area, std::string_view text);

}  // namespace lamina
