#include "app/cli/command.h"
#include "app/cli/shared.h"

namespace lamina {
namespace history_command_parts {

struct Arguments {
    std::string project;
    std::int64_t limit = 50;
};

const char* kindName(EditKind kind) { return kind == EditKind::Normal ? "edit" : kind == EditKind::Undo ? "undo" : "redo"; }
const char* stateName(EditState state) { return state == EditState::Done ? "done" : state == EditState::Undone ? "undone" : "dropped"; }

nlohmann::json entryToJson(const JournalEntry& entry, Language language) {
    return {{"id", entry.id},         {"sequence", entry.sequence}, {"kind", kindName(entry.kind)}, {"state", stateName(entry.state)},
            {"code", entry.name.code}, {"name", editText(entry.name, language)}, {"author", entry.author}, {"time", isoTime(entry.time)}, {"target", entry.target}};
}

std::string describeEntry(const JournalEntry& entry, Console& console) {
    const std::string name = editText(entry.name, console.language());
    if (entry.kind == EditKind::Normal) return name;
    std::string code = "cli.history.";
    code += kindName(entry.kind);
    return console.text(code, {{"edit", name}});
}

Result<nlohmann::json> showHistory(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(auto entries, project->history(arguments.limit));
    TerminalTable table({{console.text("cli.head.number"), TerminalTable::Align::Right}, {console.text("cli.head.time")}, {console.text("cli.head.author")},
                         {console.text("cli.head.edit")}, {console.text("cli.head.state")}});
    auto list = nlohmann::json::array();
    for (const JournalEntry& entry : entries) {
        list.push_back(entryToJson(entry, console.language()));
        table.add({std::to_string(entry.sequence), isoTime(entry.time).substr(0, 19), entry.author, describeEntry(entry, console),
                   console.text(std::string("cli.state.") + stateName(entry.state))});
    }
    if (table.empty()) console.say("cli.history.empty");
    else console.table(table);
    return nlohmann::json{{"entries", list}};
}

}  // namespace history_command_parts

void history_command(Command& command) {
    using namespace history_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.option("limit", arguments->limit).notNegative();
    command.run = [arguments](Console& console) { return showHistory(*arguments, console); };
}

}  // namespace lamina
