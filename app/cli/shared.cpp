#include "app/cli/shared.h"

#include <cmath>
#include <set>
#include <cstdio>

namespace lamina {
namespace {

const char* severityName(Severity severity) {
    switch (severity) {
        case Severity::Note: return "note";
        case Severity::Warning: return "warning";
        case Severity::Blocker: return "blocker";
    }
    return "";
}

}  // namespace

Path projectPath(const std::string& typed) {
    std::error_code ignored;
    const Path path = typed, withExtension = typed + ".lamina";
    return !std::filesystem::is_regular_file(path, ignored) && std::filesystem::exists(withExtension, ignored) ? withExtension : path;
}

Result<std::unique_ptr<Project>> openProject(const std::string& typed, StoreAccess access, Console& console) {
    LAMINA_TRY(auto project, Project::open(projectPath(typed), access));
    warnAll(console, project->issues());
    return project;
}

std::string editText(const EditName& name, Language language) { return message(Error{name.code, name.arguments}, language); }

nlohmann::json receiptToJson(const EditReceipt& receipt, Language language) {
    return {{"id", receipt.id}, {"sequence", receipt.sequence}, {"code", receipt.name.code}, {"name", editText(receipt.name, language)}};
}

nlohmann::json issuesToJson(const std::vector<Issue>& issues, Language language) {
    auto list = nlohmann::json::array();
    for (const Issue& issue : issues)
        list.push_back({{"severity", severityName(issue.severity)}, {"code", issue.what.code}, {"message", message(issue.what, language)}, {"count", issue.count}});
    return list;
}

void warnAll(Console& console, const std::vector<Issue>& issues) {
    std::set<std::string> said;  // one and the same remark may come from fitting and from applying a preparation
    for (const Issue& issue : issues)
        if (said.insert(issue.what.debugText()).second) console.warn(issue);
}

std::string decimal(double number, int digits) {
    if (std::isnan(number)) return "–";
    char line[64];
    const double size = std::abs(number);
    std::snprintf(line, sizeof line, size >= 1e9 || (size > 0 && size < 0.5 * std::pow(10.0, -digits)) ? "%.*e" : "%.*f", digits, number);
    return line;
}

}  // namespace lamina
