#include "app/cli/command.h"
#include "app/cli/shared.h"
#include "app/jobs/pack_jobs.h"

namespace lamina {
namespace pack_command_parts {

struct Arguments {
    std::string project, file;
    bool force = false, withKeys = false;
};

Result<nlohmann::json> pack(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto outcome, packProject(*project, arguments.file, {arguments.force, arguments.withKeys, console.cancel(), console.progress()}));
    warnAll(console, outcome.issues);
    console.say("cli.pack.written", {{"file", outcome.file.string()}, {"size", std::to_string(outcome.bytes)}});
    return nlohmann::json{{"file", outcome.file.string()}, {"bytes", outcome.bytes}, {"files", outcome.files}, {"issues", issuesToJson(outcome.issues, console.language())}};
}

}  // namespace pack_command_parts

void pack_command(Command& command) {
    using namespace pack_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.argument("file", arguments->file);
    command.flag("force", arguments->force);
    command.flag("with-keys", arguments->withKeys);
    command.run = [arguments](Console& console) { return pack(*arguments, console); };
}

}  // namespace lamina
