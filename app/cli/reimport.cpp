#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/settings_words.h"
#include "app/cli/shared.h"

namespace lamina {
namespace reimport_command_parts {

struct Arguments {
    std::string project, dataset, source;
    std::vector<std::string> settings;
};

void show(const ReimportOutcome& outcome, Console& console) {
    const auto number = [](std::int64_t value) { return std::to_string(value); };
    console.say("cli.reimport.rows", {{"name", outcome.dataset.name}, {"before", number(outcome.before.rows)}, {"rows", number(outcome.dataset.rows)}});
    if (outcome.split)
        console.say("cli.reimport.split", {{"known", number(outcome.rowsKnown)}, {"added", number(outcome.rowsAdded)}, {"gone", number(outcome.rowsGone)}});
    if (outcome.difference.sameForm()) console.say("cli.reimport.same_form");
}

Result<nlohmann::json> importAgainFrom(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    LAMINA_TRY(const auto dataset, findDataset(*project, arguments.dataset));
    ReimportRequest request{dataset.id, arguments.source, nlohmann::json::object()};
    if (const ImporterType* importer = findImporter(dataset.importer)) {
        LAMINA_TRY(request.settings, settingsFromWords(importer->properties, importer->defaults, arguments.settings));
    }
    LAMINA_TRY(const auto outcome, importAgain(*project, request, {console.progress(), console.cancel(), 0}));
    console.acknowledge(outcome.receipt.id);
    warnAll(console, outcome.issues);
    show(outcome, console);
    LAMINA_CHECK(project->close());
    auto result = datasetToJson(outcome.dataset);
    result["edit"] = outcome.receipt.id;
    result["rows_before"] = outcome.before.rows;
    result["difference"] = toJson(outcome.difference);
    result["issues"] = issuesToJson(outcome.issues, console.language());
    if (outcome.split) result["split"] = {{"id", outcome.split->id}, {"known", outcome.rowsKnown}, {"added", outcome.rowsAdded}, {"gone", outcome.rowsGone}};
    return result;
}

}  // namespace reimport_command_parts

void reimport_command(Command& command) {
    using namespace reimport_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.argument("dataset", arguments->dataset);
    command.argument("source", arguments->source).optional();
    command.option("set", arguments->settings);
    command.run = [arguments](Console& console) { return importAgainFrom(*arguments, console); };
}

}  // namespace lamina
