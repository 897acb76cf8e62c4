#include "app/cli/live_training.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "app/cli/training_options.h"
#include "app/jobs/road_places.h"

namespace lamina {
namespace road_command_parts {

struct Arguments {
    std::string dataset = "fashion-mnist", target, model, task, project;
    TrainingOptions options;
};

Path projectFile(const Arguments& arguments) {
    if (!arguments.project.empty()) return freeProjectFile(arguments.project);
    const Path source = Path(arguments.dataset).lexically_normal();
    return freeProjectFile(source.has_filename() ? source.stem() : source.parent_path().filename());
}

Result<void> importAndSplit(const Arguments& arguments, Project& project, const Path& source, Console& console) {
    const Stopwatch watch;
    ImportRequest request;
    request.source = source;
    request.target = arguments.target;
    LAMINA_TRY(const auto imported, importDataset(project, request, {console.progress(), console.cancel(), 0}));
    console.acknowledge(imported.receipt.id);
    showImport(console, imported, watch.seconds());
    SplitSettings settings;
    settings.seed = arguments.options.plan.seed;
    settings.subset = subsetColumn(imported.dataset);
    LAMINA_TRY(const auto split, splitDataset(project, imported.dataset, settings, console.cancel()));
    console.acknowledge(split.receipt.id);
    showSplit(console, split);
    return {};
}

Result<void> build(const Arguments& arguments, Project& project, Console& console) {
    BuildRequest request;
    request.templateId = arguments.model;
    request.task = arguments.task;
    request.cancel = console.cancel();
    LAMINA_TRY(const auto network, buildNetwork(project, request));
    console.acknowledge(network.receipt.id);
    showNetwork(console, network.record.name, network.report);
    return {};
}

Result<nlohmann::json> useModel(Project& project, const TrainingRun& run, const TrainingResult& trained, Console& console) {
    LAMINA_TRY(auto model, TrainedModel::load(project, run.record().id));
    if (console.showsProgress()) console.progressLine().show(console.text("cli.stage.evaluate"), true);
    LAMINA_TRY(const auto evaluated, evaluateRun(project, model, Part::Test, true, console.cancel()));
    showEvaluation(console, evaluated);
    if (console.showsProgress()) console.progressLine().show(console.text("cli.stage.prove"), true);
    ExportRequest request;
    request.file = Path(project.file()).replace_extension(".onnx");
    request.cancel = console.cancel();
    LAMINA_TRY(const auto exported, exportRun(project, model, request));
    showExport(console, exported);
    const auto& [metric, value] = evaluated.evaluation.scores.front();
    console.say("cli.road.done", {{"name", metricTitle(metric, console.language())}, {"value", decimal(value)}, {"project", project.file().string()}});
    nlohmann::json result{{"test_" + metric, value},
                          {"onnx_max_difference", exported.proof.largestDifference},
                          {"onnx_checked_by", exported.proof.checkedBy},
                          {"epochs", trained.state.epoch},
                          {"samples_per_second", trained.samplesPerSecond},
                          {"project", project.file().string()},
                          {"onnx", exported.file.string()}};
    for (const auto& [id, score] : evaluated.evaluation.scores) result["test_" + id] = score;
    return result;
}

/// Takes back a project that this road made and that never came to hold data.
void discard(std::unique_ptr<Project> project) {
    const auto datasets = project->datasets().all();
    if (!datasets || !datasets->empty()) return;
    const Path file = project->file(), folder = project->folder();
    if (!project->close()) return;
    project.reset();
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    std::filesystem::remove_all(folder, ignored);
}

Result<nlohmann::json> road(const Arguments& arguments, Console& console) {
    TrainingRequest request = trainingRequest(console, arguments.options.threads);
    LAMINA_TRY(request.plan, arguments.options.toPlan());
    request.device = arguments.options.device;
    LAMINA_TRY(const auto source, roadSource(arguments.dataset));
    LAMINA_TRY(auto project, Project::create(projectFile(arguments)));
    console.say("cli.new.done", {{"project", project->file().string()}});
    if (auto ready = importAndSplit(arguments, *project, source, console); !ready) {
        discard(std::move(project));
        return ready.takeError();
    }
    LAMINA_CHECK(build(arguments, *project, console));
    LAMINA_TRY(auto run, TrainingRun::start(*project, request));
    LAMINA_TRY(const auto trained, watchTraining(*run, console));
    LAMINA_TRY(auto conclusion, concludeTraining(*project, *run, trained, console));
    if (trained.end == TrainingEnd::Stopped) return conclusion;
    return useModel(*project, *run, trained, console);
}

}  // namespace road_command_parts

void road_command(Command& command) {
    using namespace road_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.option("dataset", arguments->dataset);
    command.option("target", arguments->target);
    command.option("model", arguments->model);
    command.option("task", arguments->task);
    command.option("project", arguments->project);
    arguments->options.declare(command);
    command.run = [arguments](Console& console) { return road(*arguments, console); };
}

}  // namespace lamina
