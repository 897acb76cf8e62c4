// Settings as people type them: "name=value".
#pragma once

#include <any>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/property.h"

namespace lamina {

/// Checks every word against the properties. "cli.setting_form" {text}, "property.unknown", "property.wrong_kind" …
Result<nlohmann::json> settingsFromWords(const std::vector<Property>& properties, const std::any& defaults, const std::vector<std::string>& words);

}  // namespace lamina
