#include "app/cli/command.h"
#include "app/cli/live_training.h"
#include "app/cli/shared.h"

namespace lamina {
namespace {

struct Arguments {
    std::string project, run;
    int threads = 0;
};

Result<nlohmann::json> resume(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    TrainingRequest request;
    request.threads = arguments.threads;
    request.cancel = console.cancel();
    request.onCheckpoint = checkpointAcknowledger(console);
    LAMINA_TRY(auto run, TrainingRun::resume(*project, arguments.run, request));
    console.say("cli.train.resumed", {{"name", run->record().name}, {"epoch", std::to_string(run->from().epoch + 1)}, {"step", std::to_string(run->from().step)}});
    LAMINA_TRY(const auto result, watchTraining(*run, console));
    auto conclusion = concludeTraining(*project, *run, result, console);
    run.reset();
    LAMINA_CHECK(project->close());
    return conclusion;
}

}  // namespace

void resume_command(Command& command) {
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.option("run", arguments->run);
    command.option("threads", arguments->threads)->check(CLI::Range(0, 1024));
    command.run = [arguments](Console& console) { return resume(*arguments, console); };
}

}  // namespace lamina
