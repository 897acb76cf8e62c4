// Ids that stay for life: UUIDs (version 7: sorted by time of birth), as 36 lower-case characters.
#pragma once

#include <string>

namespace lamina {

/// A new UUID version 7 (RFC 9562): 48 bits of wall-clock milliseconds, the rest from the kernel's random source. Any thread.
std::string newUuid();
bool isUuid(const std::string& text);

}  // namespace lamina
