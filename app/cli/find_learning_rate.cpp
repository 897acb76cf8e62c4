#include "app/cli/live_training.h"
#include "app/cli/shared.h"
#include "app/cli/training_options.h"
#include "app/jobs/learning_rate_job.h"

namespace lamina {
namespace find_learning_rate_command_parts {

struct Arguments {
    std::string project, network;
    LearningRateRange range;
    TrainingOptions options;
};

/// Some twenty points of the curve, the suggestion among them marked.
void showCurve(const LearningRateSearch& search, Console& console) {
    TerminalTable table({{console.text("cli.head.learning_rate"), TerminalTable::Align::Right}, {console.text("cli.head.loss"), TerminalTable::Align::Right}, {""}});
    const std::size_t apart = std::max<std::size_t>(1, search.points.size() / 20);
    for (std::size_t i = 0; i < search.points.size(); ++i) {
        const auto& point = search.points[i];
        const bool suggested = point.rate == search.suggestion;
        if (i % apart != 0 && !suggested) continue;
        char rate[32];
        std::snprintf(rate, sizeof rate, "%.2e", point.rate);
        table.add({rate, decimal(point.smoothed), suggested ? console.text("cli.find-learning-rate.here") : ""});
    }
    console.table(table);
}

Result<nlohmann::json> find(const Arguments& arguments, Console& console) {
    TrainingRequest request = trainingRequest(console, arguments.options.threads);
    LAMINA_TRY(request.plan, arguments.options.toPlan());
    request.network = arguments.network;
    request.device = arguments.options.device;
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto outcome, searchLearningRate(*project, request, arguments.range, console.progress()));
    if (console.showsProgress()) console.progressLine().finish();
    warnAll(console, outcome.issues);
    showCurve(outcome.search, console);
    char rate[32];
    std::snprintf(rate, sizeof rate, "%.2g", outcome.search.suggestion);
    if (outcome.search.suggestion > 0)
        console.say("cli.find-learning-rate.done", {{"rate", rate}, {"network", outcome.network}, {"optimizer", outcome.optimizer}});
    else console.say("cli.find-learning-rate.nothing", {{"network", outcome.network}});
    auto json = learningRateSearchToJson(outcome.search);
    json["network"] = outcome.network;
    json["optimizer"] = outcome.optimizer;
    json["current"] = outcome.current;
    json["device"] = outcome.device;
    return json;
}

}  // namespace find_learning_rate_command_parts

void find_learning_rate_command(Command& command) {
    using namespace find_learning_rate_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.option("network", arguments->network);
    command.option("lowest", arguments->range.lowest).positive();
    command.option("highest", arguments->range.highest).positive();
    command.option("steps", arguments->range.steps).between(10, 10000);
    arguments->options.declare(command);
    command.run = [arguments](Console& console) { return find(*arguments, console); };
}

}  // namespace lamina
