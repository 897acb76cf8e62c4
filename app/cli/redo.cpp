#include "app/cli/command.h"
#include "app/cli/shared.h"

namespace lamina {
namespace redo_command_parts {

struct Arguments {
    std::string project;
    int steps = 1;
};

Result<nlohmann::json> redoEdits(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    auto done = nlohmann::json::array();
    for (int i = 0; i < arguments.steps; ++i) {
        LAMINA_TRY(auto receipt, project->redo().get());
        console.acknowledge(receipt.id);
        console.say("cli.redo.done", {{"edit", editText(receipt.name, console.language())}});
        done.push_back(receiptToJson(receipt, console.language()));
    }
    LAMINA_CHECK(project->close());
    return nlohmann::json{{"edits", done}};
}

}  // namespace redo_command_parts

void redo_command(Command& command) {
    using namespace redo_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.option("steps", arguments->steps).between(1, 1000000);
    command.run = [arguments](Console& console) { return redoEdits(*arguments, console); };
}

}  // namespace lamina
