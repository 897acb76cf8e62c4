// The kinds of columns that a person chose, as the text importers take: "name=kind,name=kind".
#pragma once

#include <string>

namespace lamina {

/// Empty: not asked for.
std::string askedKind(const std::string& types, const std::string& column);
/// With `kind` for the column; `kind` empty: without it.
std::string withAskedKind(const std::string& types, const std::string& column, const std::string& kind);

}  // namespace lamina
