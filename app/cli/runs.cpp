#include "app/cli/command.h"
#include "app/cli/shared.h"

namespace lamina {
namespace {

nlohmann::json runToJson(const RunRecord& run) {
    return {{"id", run.id}, {"name", run.name}, {"status", runStatusId(run.status)}, {"created", isoTime(run.created)}, {"best", run.best}, {"settings", run.settings}};
}

std::string bestText(const RunRecord& run) {
    if (!run.best.is_object() || !run.best.contains("value")) return "–";
    const auto& value = run.best["value"];
    return run.best.value("name", "") + " " + (value.is_number() ? decimal(value.get<double>()) : "–");
}

Result<nlohmann::json> listRuns(const std::string& file, Console& console) {
    LAMINA_TRY(auto project, openProject(file, StoreAccess::ReadOnly, console));
    LAMINA_TRY(auto runs, project->runs().all());
    TerminalTable table({{console.text("cli.head.name")}, {console.text("cli.head.status")}, {console.text("cli.head.best")}, {console.text("cli.head.created")},
                         {console.text("cli.head.id")}});
    auto list = nlohmann::json::array();
    for (const RunRecord& run : runs) {
        list.push_back(runToJson(run));
        table.add({run.name, console.text("run.status." + runStatusId(run.status)), bestText(run), isoTime(run.created).substr(0, 19), run.id});
    }
    if (table.empty()) console.say("cli.runs.empty");
    else console.table(table);
    return nlohmann::json{{"runs", list}};
}

}  // namespace

void runs_command(Command& command) {
    auto file = std::make_shared<std::string>();
    command.argument("project", *file);
    command.run = [file](Console& console) { return listRuns(*file, console); };
}

}  // namespace lamina
