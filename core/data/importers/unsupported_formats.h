// Formats that people try and Lamina does not read: what to do instead.
#pragma once

#include <optional>

#include "core/base/files.h"

namespace lamina {

/// An error that says what the file is and what to save it as; nothing where it is none of these. By the first bytes, else by the name.
std::optional<Error> unsupportedFormat(const Path& path);

}  // namespace lamina
