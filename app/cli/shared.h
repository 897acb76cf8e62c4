// What several commands need: the project's file name as people type it, journal entries and issues as JSON and as text.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/console.h"
#include "core/project/project.h"

namespace lamina {

/// The path itself, or with ".lamina" where only that is there.
Path projectPath(const std::string& typed);
/// Opens it and tells what is missing.
Result<std::unique_ptr<Project>> openProject(const std::string& typed, StoreAccess access, Console& console);

/// What an edit is called, in the language of `language`.
std::string editText(const EditName& name, Language language);
nlohmann::json receiptToJson(const EditReceipt& receipt, Language language);
nlohmann::json issuesToJson(const std::vector<Issue>& issues, Language language);
void warnAll(Console& console, const std::vector<Issue>& issues);

/// "0.9123" with `digits` places; "–" for NaN.
std::string decimal(double number, int digits = 4);

}  // namespace lamina
