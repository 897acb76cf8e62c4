#include "app/cli/command.h"
#include "app/cli/shared.h"
#include "app/jobs/pack_jobs.h"

namespace lamina {
namespace unpack_command_parts {

struct Arguments {
    std::string file, folder = ".";
};

Result<nlohmann::json> unpack(const Arguments& arguments, Console& console) {
    LAMINA_TRY(const auto outcome, unpackProject(arguments.file, arguments.folder, console.cancel(), console.progress()));
    console.say("cli.unpack.made", {{"file", outcome.file.string()}});
    return nlohmann::json{{"file", outcome.file.string()}, {"bytes", outcome.bytes}, {"files", outcome.files}};
}

}  // namespace unpack_command_parts

void unpack_command(Command& command) {
    using namespace unpack_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("file", arguments->file);
    command.argument("folder", arguments->folder).optional();
    command.run = [arguments](Console& console) { return unpack(*arguments, console); };
}

}  // namespace lamina
