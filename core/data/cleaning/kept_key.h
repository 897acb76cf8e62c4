// What stands in a recipe for a key that is kept apart from it.
#pragma once

#include <string>
#include <string_view>

namespace lamina {

/// "kept-key:" and an id that says nothing of the key.
inline constexpr std::string_view keptKeyMark = "kept-key:";
/// A step that is given such a reference instead of a key has to refuse it: "cleaning.key_missing".
inline bool isKeptKey(std::string_view text) { return text.starts_with(keptKeyMark); }

}  // namespace lamina
