#include "app/cli/command.h"
#include "core/project/project.h"

namespace lamina {
namespace new_command_parts {

Result<nlohmann::json> createProject(const std::string& file, Console& console) {
    LAMINA_TRY(auto project, Project::create(file));
    const std::string path = project->file().string();
    LAMINA_CHECK(project->close());
    console.say("cli.new.done", {{"project", path}});
    return nlohmann::json{{"project", path}};
}

}  // namespace new_command_parts

void new_command(Command& command) {
    using namespace new_command_parts;
    auto file = std::make_shared<std::string>();
    command.argument("project", *file);
    command.run = [file](Console& console) { return createProject(*file, console); };
}

}  // namespace lamina
