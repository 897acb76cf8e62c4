#include "app/cli/command.h"
#include "app/cli/fold_table.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "app/jobs/clean_jobs.h"
#include "app/messages/messages.h"
#include "core/project/removed_runs.h"

namespace lamina {
namespace runs_command_parts {

struct Arguments {
    std::string project;
    std::vector<std::string> removed;         ///< ids or names
    std::vector<std::string> renamed, noted;  ///< run and text, where given
    bool freeSpace = false;

    bool changes() const { return !removed.empty() || !renamed.empty() || !noted.empty() || freeSpace; }
};

nlohmann::json runToJson(const RunRecord& run) {
    return {{"id", run.id}, {"name", run.name}, {"status", runStatusId(run.status)}, {"created", isoTime(run.created)}, {"best", run.best}, {"settings", run.settings}, {"note", run.note}};
}

std::string bestText(const RunRecord& run) {
    if (!run.best.is_object() || !run.best.contains("value")) return "–";
    const auto& value = run.best["value"];
    return run.best.value("name", "") + " " + (value.is_number() ? decimal(value.get<double>()) : "–");
}

/// "–" where the dataset is gone or neither has a recipe.
std::string recipeText(Project& project, const RunRecord& run, Console& console, nlohmann::json& json) {
    const auto differs = recipeDiffers(project, run);
    json["recipe_differs"] = differs ? nlohmann::json(*differs) : nlohmann::json();
    const bool has = run.dataVersion.is_object() && run.dataVersion.value("recipe", nlohmann::json()).is_object();
    if (!differs || (!has && !*differs)) return "–";
    return console.text(*differs ? "cli.runs.recipe_differs" : "cli.runs.recipe_same");
}

nlohmann::json listRuns(Project& project, const std::vector<RunRecord>& runs, Console& console) {
    TerminalTable table({{console.text("cli.head.name")}, {console.text("cli.head.status")}, {console.text("cli.head.best")}, {console.text("cli.head.created")},
                         {console.text("cli.head.recipe")},
                         {console.text("cli.head.id")}, {console.text("cli.head.note")}});
    auto list = nlohmann::json::array();
    for (const RunRecord& run : runs) {
        list.push_back(runToJson(run));
        table.add({run.name, console.text("run.status." + runStatusId(run.status)), bestText(run), isoTime(run.created).substr(0, 19), recipeText(project, run, console, list.back()), run.id,
                   run.note.substr(0, run.note.find('\n'))});
    }
    if (table.empty()) console.say("cli.runs.empty");
    else console.table(table);
    return list;
}

/// Waits for an edit and says it.
Result<void> follow(EditFuture edit, nlohmann::json& done, Console& console) {
    LAMINA_TRY(const auto receipt, edit.get());
    if (receipt.id.empty()) return {};  // it was so already
    console.acknowledge(receipt.id);
    console.say("cli.runs.edited", {{"edit", editText(receipt.name, console.language())}});
    done.push_back(receiptToJson(receipt, console.language()));
    return {};
}

Result<void> editRuns(const Arguments& arguments, Project& project, nlohmann::json& done, Console& console) {
    RunRepository& runs = project.runs();
    if (!arguments.renamed.empty()) {
        LAMINA_TRY(const auto run, runs.find(arguments.renamed[0]));
        LAMINA_CHECK(follow(runs.rename(run.id, arguments.renamed[1]), done, console));
    }
    if (!arguments.noted.empty()) {
        LAMINA_TRY(const auto run, runs.find(arguments.noted[0]));
        LAMINA_CHECK(follow(runs.setNote(run.id, arguments.noted[1]), done, console));
    }
    if (arguments.removed.empty()) return {};
    std::vector<std::string> ids;
    for (const std::string& wanted : arguments.removed) {
        LAMINA_TRY(const auto run, runs.find(wanted));
        if (std::find(ids.begin(), ids.end(), run.id) == ids.end()) ids.push_back(run.id);
    }
    LAMINA_CHECK(follow(runs.remove(ids), done, console));
    console.say("cli.runs.can_be_undone");
    return {};
}

Result<nlohmann::json> changeRuns(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    nlohmann::json outcome{{"edits", nlohmann::json::array()}};
    LAMINA_CHECK(editRuns(arguments, *project, outcome["edits"], console));
    if (arguments.freeSpace) {
        LAMINA_TRY(const auto freed, freeRemovedRuns(*project, console.cancel()));
        console.say(freed.runs > 0 ? "cli.runs.freed" : "cli.runs.nothing_to_free", {{"runs", std::to_string(freed.runs)}, {"bytes", std::to_string(freed.bytes)}});
        outcome["freed"] = {{"runs", freed.runs}, {"bytes", freed.bytes}};
    }
    LAMINA_CHECK(project->close());
    return outcome;
}

Result<nlohmann::json> runs(const Arguments& arguments, Console& console) {
    if (arguments.changes()) return changeRuns(arguments, console);
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto all, project->runs().all());
    auto list = listRuns(*project, all, console);
    LAMINA_TRY(const auto series, foldSeriesOf(*project, all));
    return nlohmann::json{{"runs", std::move(list)}, {"folds", showFoldSeries(console, series)}};
}

}  // namespace runs_command_parts

void runs_command(Command& command) {
    using namespace runs_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.option("rename", arguments->renamed).words(2);
    command.option("note", arguments->noted).words(2);
    command.option("delete", arguments->removed).oneWordEach();
    command.flag("free-space", arguments->freeSpace);
    command.run = [arguments](Console& console) { return runs(*arguments, console); };
}

}  // namespace lamina
