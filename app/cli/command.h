// The contract of a subcommand: one file app/cli/<name>.cpp with `void <name>_command(Command& command)`, one line in commands.cmake.
// The function declares the arguments and sets `run`; the help texts are "cli.<name>.help" and "cli.<name>.<option>", or
// "cli.option.<option>" where several commands share an option.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/cli/console.h"

namespace lamina {

class Command {
public:
    Command(CLI::App& app, std::string name, Language language) : m_app(app), m_name(std::move(name)), m_language(language) {}

    /// Does the work; gives what --json prints. People's lines go through the console meanwhile.
    std::function<Result<nlohmann::json>(Console&)> run;

    /// A word without dashes that must be given.
    template <class T>
    CLI::Option* argument(const std::string& name, T& target) {
        return m_app.add_option(name, target, help(name))->required();
    }
    /// "--name value"; the target's value stays where it is not given.
    template <class T>
    CLI::Option* option(const std::string& name, T& target) {
        return m_app.add_option("--" + name, target, help(name));
    }
    CLI::Option* flag(const std::string& name, bool& target) { return m_app.add_flag("--" + name, target, help(name)); }
    /// This command changes the project: it takes --ack.
    void commits() { m_commits = true; }
    bool doesCommit() const { return m_commits; }

private:
    std::string help(const std::string& name) const;

    CLI::App& m_app;
    std::string m_name;
    Language m_language;
    bool m_commits = false;
};

struct CommandEntry {
    const char* name;
    void (*declare)(Command&);
};
/// All subcommands of commands.cmake, in its order.
const std::vector<CommandEntry>& allCommands();

/// The whole program: parses, runs, prints, gives the exit code.
int runCommandLine(int argc, const char* const* argv);

}  // namespace lamina
