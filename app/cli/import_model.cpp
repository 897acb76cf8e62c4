#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "app/jobs/model_import.h"

namespace lamina {
namespace import_model_command_parts {

struct Arguments {
    std::string project, second;  ///< the project and the file, or the file alone where nothing is kept
    std::string name, dataset, split, inputs = "usual";
    bool use = false;
    int threads = 0;

    const std::string& file() const { return second.empty() ? project : second; }
};

nlohmann::json portsToJson(const std::vector<ForeignModel::Port>& ports) {
    auto list = nlohmann::json::array();
    for (const auto& port : ports) list.push_back({{"layer", port.layer}, {"shape", port.shape}});
    return list;
}

nlohmann::json modelToJson(const ForeignModel& model, const std::vector<Issue>& issues, Language language) {
    auto json = networkReportToJson(model.report);
    json["file"] = model.file.string();
    json["inputs"] = portsToJson(model.inputs);
    json["outputs"] = portsToJson(model.outputs);
    json["untrainable"] = model.untrainable;
    json["operators"] = model.operators;
    json["preparation"] = model.preparation.has_value();
    json["issues"] = issuesToJson(issues, language);
    return json;
}

void showPorts(Console& console, const char* code, const std::vector<ForeignModel::Port>& ports) {
    for (const auto& port : ports) console.say(code, {{"layer", port.layer}, {"shape", shapeText(port.shape)}});
}

InputScale scaleOf(const std::string& name) {
    const auto& names = inputScaleNames();
    return static_cast<InputScale>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// Without a project: what the file holds.
nlohmann::json look(const ForeignModel& model, Console& console) {
    showNetwork(console, model.file.stem().string(), model.report);
    showPorts(console, "cli.import_model.input", model.inputs);
    showPorts(console, "cli.import_model.output", model.outputs);
    warnAll(console, model.issues);
    return modelToJson(model, model.issues, console.language());
}

Result<void> use(Project& project, const Arguments& arguments, const ModelImportOutcome& added, nlohmann::json& result, Console& console) {
    const ReadyRequest request{added.record.id, arguments.dataset, arguments.split, {}, scaleOf(arguments.inputs), arguments.threads, console.cancel()};
    LAMINA_TRY(const auto ready, makeReady(project, request));
    warnAll(console, ready.issues);
    console.say("cli.import_model.ready", {{"run", ready.run.name}});
    result["run"] = {{"id", ready.run.id}, {"name", ready.run.name}, {"best", ready.run.best}};
    return {};
}

Result<nlohmann::json> importModel(const Arguments& arguments, Console& console) {
    LAMINA_TRY(const auto model, readForeignModel(arguments.file(), console.cancel()));
    if (arguments.second.empty()) return look(model, console);
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    LAMINA_TRY(const auto added, addForeignModel(*project, model, {arguments.name, arguments.dataset, console.cancel()}));
    console.acknowledge(added.receipt.id);
    console.say("cli.import_model.done", {{"name", added.record.name}, {"layers", std::to_string(added.network.nodes.size())},
                                          {"file", model.file.filename().string()}});
    showPorts(console, "cli.import_model.input", model.inputs);
    showPorts(console, "cli.import_model.output", model.outputs);
    warnAll(console, added.issues);
    auto result = modelToJson(model, added.issues, console.language());
    result["id"] = added.record.id;
    result["name"] = added.record.name;
    result["task"] = added.record.taskId;
    result["edit"] = added.receipt.id;
    if (arguments.use) LAMINA_CHECK(use(*project, arguments, added, result, console));
    LAMINA_CHECK(project->close());
    return result;
}

}  // namespace import_model_command_parts

void import_model_command(Command& command) {
    using namespace import_model_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.argument("model", arguments->second).optional();
    command.option("name", arguments->name);
    command.option("dataset", arguments->dataset);
    command.flag("use", arguments->use);
    command.option("inputs", arguments->inputs).oneOf(inputScaleNames());
    command.option("split", arguments->split);
    command.option("threads", arguments->threads).between(0, 1024);
    command.run = [arguments](Console& console) { return importModel(*arguments, console); };
}

}  // namespace lamina
