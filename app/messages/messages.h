// What people read: texts for the error codes and other ids of Lamina, in English and Simplified Chinese.
// Every text stands in app/messages/texts/<area>.json and is built into the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace lamina {

enum class Language { English, Chinese };

/// From the first of LC_ALL, LC_MESSAGES, LANG that is set and not empty: "zh…" is Chinese, everything else English.
Language languageFromEnvironment();
/// "en", "zh": the key in the files.
const char* languageCode(Language language);

using TextArguments = std::vector<std::pair<std::string, std::string>>;

/// The sentence for an error, its placeholders filled. A code without a text gives error.debugText().
std::string message(const Error& error, Language language);

/// The text of an id, its placeholders filled; the id itself where there is none. English where the language lacks it.
/// "{name}" becomes the argument `name`; "{name_bytes}" the argument "name_bytes", or else "name", as a readable size ("1.5 GiB").
/// "{name_text}" becomes the text whose id is the argument `name`, filled from the same arguments (an error that tells of another).
/// A placeholder without an argument is left out.
std::string text(std::string_view id, Language language, const TextArguments& arguments = {});
/// The same, with `otherwise` where there is no such id (titles that the kinds carry themselves in English).
std::string textOr(std::string_view id, Language language, const std::string& otherwise);

bool hasText(std::string_view id);
/// All ids, sorted: for tests.
std::vector<std::string> textIds();

/// "17 B", "1.5 KiB", "240 MiB".
std::string readableBytes(std::uint64_t bytes);

}  // namespace lamina
