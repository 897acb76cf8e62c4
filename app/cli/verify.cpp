#include "app/cli/command.h"
#include "app/cli/shared.h"

namespace lamina {
namespace verify_command_parts {

struct Arguments {
    std::string project;
    bool full = false;
};

Result<nlohmann::json> verifyProject(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, Project::open(projectPath(arguments.project), StoreAccess::ReadOnly));
    const VerifyLevel level = arguments.full ? VerifyLevel::Full : VerifyLevel::Quick;
    LAMINA_TRY(auto issues, project->verify(level, console.cancel(), console.progress()));
    warnAll(console, issues);
    console.say(issues.empty() ? "cli.verify.well" : "cli.verify.problems", {{"project", project->name()}, {"count", std::to_string(issues.size())}});
    if (!issues.empty()) console.setExitCode(ExitCode::Project);
    return nlohmann::json{{"ok", issues.empty()}, {"issues", issuesToJson(issues, console.language())}, {"sqlite", sqliteVersion()}};
}

}  // namespace verify_command_parts

void verify_command(Command& command) {
    using namespace verify_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.flag("full", arguments->full);
    command.run = [arguments](Console& console) { return verifyProject(*arguments, console); };
}

}  // namespace lamina
