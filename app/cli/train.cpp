#include "app/cli/live_training.h"
#include "app/cli/shared.h"
#include "app/cli/training_options.h"
#include "core/engine/device.h"

namespace lamina {
namespace train_command_parts {

struct Arguments {
    std::string project, network, name, trace;
    TrainingOptions options;
};

Result<nlohmann::json> train(const Arguments& arguments, Console& console) {
    TrainingRequest request = trainingRequest(console, arguments.options.threads);
    LAMINA_TRY(request.plan, arguments.options.toPlan());
    request.device = arguments.options.device;
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    request.network = arguments.network;
    request.name = arguments.name;
    request.trace = arguments.trace;
    if (request.plan.precision != "float32" && !cpuHasBfloat16()) console.say("cli.train.no_bfloat16");
    LAMINA_TRY(auto run, TrainingRun::start(*project, request));
    LAMINA_TRY(auto result, followTraining(*project, std::move(run), console));
    if (!arguments.trace.empty()) console.say("cli.train.traced", {{"file", arguments.trace}});
    return result;
}

}  // namespace train_command_parts

void train_command(Command& command) {
    using namespace train_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.option("network", arguments->network);
    command.option("name", arguments->name);
    command.option("trace", arguments->trace);
    arguments->options.declare(command);
    command.run = [arguments](Console& console) { return train(*arguments, console); };
}

}  // namespace lamina
