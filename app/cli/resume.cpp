#include "app/cli/command.h"
#include "app/cli/live_training.h"
#include "app/cli/shared.h"

namespace lamina {
namespace resume_command_parts {

struct Arguments {
    std::string project, run, device = "auto";
    std::int64_t moreEpochs = 0;
    int threads = 0;
};

Result<nlohmann::json> resume(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    TrainingRequest request = trainingRequest(console, arguments.threads);
    request.moreEpochs = arguments.moreEpochs;
    request.device = arguments.device;
    LAMINA_TRY(auto run, TrainingRun::resume(*project, arguments.run, request));
    if (request.moreEpochs > 0) console.say("cli.resume.extended", {{"name", run->record().name}, {"epochs", std::to_string(run->plan().epochs)}});
    console.say("cli.train.resumed", {{"name", run->record().name}, {"epoch", std::to_string(run->from().epoch + 1)}, {"step", std::to_string(run->from().step)}});
    return followTraining(*project, std::move(run), console);
}

}  // namespace resume_command_parts

void resume_command(Command& command) {
    using namespace resume_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.option("run", arguments->run);
    command.option("epochs", arguments->moreEpochs).between(1, 1000000);
    command.option("threads", arguments->threads).between(0, 1024);
    command.option("device", arguments->device);
    command.run = [arguments](Console& console) { return resume(*arguments, console); };
}

}  // namespace lamina
