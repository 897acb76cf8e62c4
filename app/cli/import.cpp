#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/settings_words.h"
#include "app/cli/shared.h"

namespace lamina {
namespace {

struct Arguments {
    std::string project, source, importer, name, target;
    std::vector<std::string> settings;
    bool preview = false;
};

Result<const ImporterType*> chooseImporter(const Arguments& arguments) {
    if (arguments.importer.empty()) return importerFor(arguments.source);
    if (const ImporterType* importer = findImporter(arguments.importer)) return importer;
    return fail("import.unknown_importer", {{"importer", arguments.importer}});
}

Result<nlohmann::json> showPreview(const ImporterType& importer, const Arguments& arguments, const nlohmann::json& settings, Console& console) {
    LAMINA_TRY(const auto preview, previewWith(importer, arguments.source, settings));
    std::vector<TerminalTable::Column> heads;
    auto columns = nlohmann::json::array();
    for (const ColumnInfo& column : preview.columns) {
        heads.push_back({column.name});
        columns.push_back({{"name", column.name}, {"kind", columnKindName(column.kind)}});
    }
    TerminalTable table(std::move(heads));
    for (const auto& row : preview.rows) table.add(row);
    warnAll(console, preview.issues);
    console.table(table);
    return nlohmann::json{{"importer", importer.id}, {"columns", columns}, {"rows", preview.rows}, {"detected", preview.detected},
                          {"issues", issuesToJson(preview.issues, console.language())}};
}

Result<nlohmann::json> importSource(const Arguments& arguments, Console& console) {
    LAMINA_TRY(const ImporterType* importer, chooseImporter(arguments));
    LAMINA_TRY(const auto settings, settingsFromWords(importer->properties, importer->defaults, arguments.settings));
    if (arguments.preview) return showPreview(*importer, arguments, settings, console);
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    const Stopwatch watch;
    const ImportRequest request{arguments.source, importer->id, settings, arguments.name, arguments.target};
    LAMINA_TRY(const auto outcome, importDataset(*project, request, {console.progress(), console.cancel(), 0}));
    console.acknowledge(outcome.receipt.id);
    showImport(console, outcome, watch.seconds());
    LAMINA_CHECK(project->close());
    auto result = datasetToJson(outcome.dataset);
    result["issues"] = issuesToJson(outcome.issues, console.language());
    result["edit"] = outcome.receipt.id;
    result["seconds"] = watch.seconds();
    return result;
}

}  // namespace

void import_command(Command& command) {
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.argument("source", arguments->source);
    command.option("importer", arguments->importer);
    command.option("name", arguments->name);
    command.option("target", arguments->target);
    command.option("set", arguments->settings);
    command.flag("preview", arguments->preview);
    command.run = [arguments](Console& console) { return importSource(*arguments, console); };
}

}  // namespace lamina
