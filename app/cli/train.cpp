#include "app/cli/fold_table.h"
#include "app/cli/live_training.h"
#include "app/cli/shared.h"
#include "app/cli/training_options.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "core/engine/device.h"

namespace lamina {
namespace train_command_parts {

struct Arguments {
    std::string project, network, name, trace;
    bool folds = false;
    TrainingOptions options;
};

/// One run for each fold, one after the other; an interrupted one ends the series.
Result<nlohmann::json> trainFolds(Project& project, TrainingRequest request, Console& console) {
    LAMINA_TRY(const auto network, findNetwork(project, request.network));
    LAMINA_TRY(const auto dataset, findDataset(project, network.datasetId));
    LAMINA_TRY(const auto splits, foldSplits(project, dataset, {}));
    std::string name = request.name;
    if (name.empty()) {
        LAMINA_TRY(name, freeSeriesName(project, network.name));
    }
    request.foldSeries = newUuid();
    auto conclusions = nlohmann::json::array();
    std::vector<std::string> ids;
    for (const SplitRecord& split : splits) {
        console.say("cli.train.fold", {{"fold", std::to_string(conclusions.size() + 1)}, {"folds", std::to_string(splits.size())}});
        request.split = split.id;
        request.name = foldRunName(name, split);
        LAMINA_TRY(auto run, TrainingRun::start(project, request));
        LAMINA_TRY(const auto result, watchTraining(*run, console));
        LAMINA_TRY(auto conclusion, concludeTraining(project, *run, result, console));
        conclusions.push_back(std::move(conclusion));
        if (result.end == TrainingEnd::Stopped) break;
    }
    LAMINA_TRY(const auto runs, project.runs().all());
    LAMINA_TRY(auto series, foldSeriesOf(project, runs));
    std::erase_if(series, [&](const FoldSeries& one) { return one.id != request.foldSeries; });
    auto result = showFoldSeries(console, series);
    return nlohmann::json{{"runs", std::move(conclusions)}, {"folds", result.empty() ? nlohmann::json() : std::move(result.front())}};
}

Result<nlohmann::json> train(const Arguments& arguments, Console& console) {
    TrainingRequest request = trainingRequest(console, arguments.options.threads);
    LAMINA_TRY(request.plan, arguments.options.toPlan());
    request.device = arguments.options.device;
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    request.network = arguments.network;
    request.name = arguments.name;
    request.trace = arguments.trace;
    if (request.plan.precision != "float32" && !cpuHasBfloat16()) console.say("cli.train.no_bfloat16");
    if (arguments.folds) {
        LAMINA_TRY(auto trained, trainFolds(*project, request, console));
        LAMINA_CHECK(project->close());
        return trained;
    }
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
    command.flag("folds", arguments->folds);
    arguments->options.declare(command);
    command.run = [arguments](Console& console) { return train(*arguments, console); };
}

}  // namespace lamina
