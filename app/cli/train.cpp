#include "app/cli/live_training.h"
#include "app/cli/shared.h"
#include "app/cli/training_options.h"

namespace lamina {
namespace {

struct Arguments {
    std::string project, network, name;
    TrainingOptions options;
};

Result<nlohmann::json> train(const Arguments& arguments, Console& console) {
    TrainingRequest request;
    LAMINA_TRY(request.plan, arguments.options.toPlan());
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    request.network = arguments.network;
    request.name = arguments.name;
    request.threads = arguments.options.threads;
    request.cancel = console.cancel();
    request.onCheckpoint = checkpointAcknowledger(console);
    LAMINA_TRY(auto run, TrainingRun::start(*project, request));
    LAMINA_TRY(const auto result, watchTraining(*run, console));
    auto conclusion = concludeTraining(*project, *run, result, console);
    run.reset();
    LAMINA_CHECK(project->close());
    return conclusion;
}

}  // namespace

void train_command(Command& command) {
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.option("network", arguments->network);
    command.option("name", arguments->name);
    arguments->options.declare(command);
    command.run = [arguments](Console& console) { return train(*arguments, console); };
}

}  // namespace lamina
