// Roles that steps give the columns they make, for those who prepare them for a network.
#pragma once

namespace lamina {

/// Columns that hold numbers of words: a network reads them as they are, without scaling (PreparationSettings::wordNumbers).
inline constexpr const char* wordNumbersRole = "word numbers";

}  // namespace lamina
