// The contract of a subcommand: one file app/cli/<name>.cpp with `void <name>_command(Command& command)`, one line in commands.cmake.
// The function declares the arguments and sets `run`; the help texts are "cli.<name>.help" and "cli.<name>.<option>", or
// "cli.option.<option>" where several commands share an option.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/console.h"

// CLI11 is a header alone and costs seconds in every file that reads it: command.cpp and command_option.cpp do.
namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace lamina {

/// What more is known of an option: which values it takes. What does not fit is a usage error before the command runs.
class CommandOption {
public:
    explicit CommandOption(CLI::Option* option) : m_option(option) {}
    CommandOption& between(int minimum, int maximum);  ///< both allowed
    CommandOption& notNegative();
    CommandOption& positive();
    CommandOption& oneOf(const std::vector<std::string>& words);
    CommandOption& optional();          ///< of a word without dashes: it may be left out
    CommandOption& words(int count);    ///< so many follow it: "--rename RUN NAME"
    CommandOption& oneWordEach();       ///< of a list: "--delete A --delete B", not "--delete A B"

private:
    CLI::Option* m_option;
};

class Command {
public:
    Command(CLI::App& app, std::string name, Language language) : m_app(app), m_name(std::move(name)), m_language(language) {}

    /// Does the work; gives what --json prints. People's lines go through the console meanwhile.
    std::function<Result<nlohmann::json>(Console&)> run;

    /// A word without dashes that must be given.
    template <class T> CommandOption argument(const std::string& name, T& target);
    /// "--name value"; the target's value stays where it is not given. The types that there are stand at the end of command_option.cpp.
    template <class T> CommandOption option(const std::string& name, T& target);
    void flag(const std::string& name, bool& target);
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
