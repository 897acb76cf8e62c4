// JSON of other programs: of limited size and depth, numbers and ids as they stand.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>

#include "core/base/files.h"

namespace lamina {

/// nullopt: no JSON, or nested deeper than 64; `reason` says which. Members of the name `left` are left out (pictures within the text).
std::optional<nlohmann::json> readJsonText(std::span<const std::byte> bytes, std::string& reason, const std::string& left = {});
std::string jsonText(const nlohmann::json& object, const char* key);  ///< empty where it is no text
double jsonNumber(const nlohmann::json& object, const char* key);     ///< 0 where it is no finite number
/// Texts as they are, other values as JSON.
void jsonAttributes(const nlohmann::json& object, std::map<std::string, std::string>& attributes);
/// JSON on one line; what is not UTF-8 gets replacement characters.
std::string dumpJson(const nlohmann::json& value);

}  // namespace lamina
