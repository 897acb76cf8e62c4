#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"

namespace lamina {
namespace export_command_parts {

struct Arguments {
    std::string project, run, file, output;
    std::int64_t items = 1000;
    bool force = false;
    int threads = 0;
};

Result<nlohmann::json> exportModel(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(auto model, TrainedModel::load(*project, arguments.run, arguments.threads, arguments.output));
    if (console.showsProgress()) console.progressLine().show(console.text("cli.stage.prove"), true);
    LAMINA_TRY(const auto outcome, exportRun(*project, model, {arguments.file, arguments.force, arguments.items, console.cancel(), !arguments.output.empty()}));
    showExport(console, outcome);
    warnAll(console, outcome.issues);
    nlohmann::json result{{"run", model.run.id}, {"file", outcome.file.string()}, {"bytes", outcome.bytes}};
    for (const ModelOutput& output : model.outputs)
        if (arguments.output.empty() || &output == &model.outputs.front()) result["outputs"].push_back(output.title);
    if (arguments.items > 0) result["proof"] = proofToJson(outcome.proof);
    if (!outcome.recipe.empty()) result["recipe"] = outcome.recipe.string();
    return result;
}

}  // namespace export_command_parts

void export_command(Command& command) {
    using namespace export_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.option("run", arguments->run);
    command.option("file", arguments->file);
    command.option("output", arguments->output);
    command.option("items", arguments->items).notNegative();
    command.flag("force", arguments->force);
    command.option("threads", arguments->threads).between(0, 1024);
    command.run = [arguments](Console& console) { return exportModel(*arguments, console); };
}

}  // namespace lamina
