#include "app/cli/command.h"

#include <CLI/CLI.hpp>

#include "app/cli/display_width.h"
#include "app/cli/interrupt.h"

namespace lamina {
namespace {

/// The words that CLI11 itself puts into help texts.
void translateLabels(CLI::App& app, Language language) {
    for (const char* label : {"Usage", "Positionals", "OPTIONS", "SUBCOMMAND", "SUBCOMMANDS", "Subcommands", "REQUIRED", "TEXT", "INT", "UINT", "FLOAT"})
        app.get_formatter()->label(label, textOr(std::string("cli.label.") + label, language, label));
}

/// CLI11's help with columns that are right for Chinese too, and nothing of it in English alone.
class HelpFormatter : public CLI::Formatter {
public:
    /// " NUMBER (needed)". What CLI11 adds to the type, names of checks, is left out.
    std::string make_option_opts(const CLI::Option* option) const override {
        if (option->get_type_size() == 0) return {};
        const std::string type = option->get_type_name();
        std::string words = " " + get_label(type.substr(0, type.find(':')));
        if (option->get_expected_max() == CLI::detail::expected_max_vector_size) words += " ...";
        if (option->get_required()) words += " " + get_label("REQUIRED");
        return words;
    }
    std::string make_option(const CLI::Option* option, bool positional) const override {
        return row(make_option_name(option, positional) + make_option_opts(option), make_option_desc(option));
    }
    std::string make_subcommand(const CLI::App* sub) const override { return row(sub->get_display_name(true), sub->get_description()); }

private:
    std::string row(const std::string& name, const std::string& description) const {
        const std::size_t width = displayWidth(name) + 2;
        const std::string space = width < get_column_width() ? std::string(get_column_width() - width, ' ') : "\n" + std::string(get_column_width(), ' ');
        return "  " + name + space + description + "\n";
    }
};

struct CommandLine {
    CLI::App app;
    ConsoleOptions options;
    std::vector<std::unique_ptr<Command>> commands;
    Command* chosen = nullptr;
};

void declareShared(CommandLine& program, CLI::App& sub, const Command& command) {
    auto help = [&](const char* id) { return text(id, program.options.language); };
    sub.set_help_flag("-h,--help", help("cli.option.help"));
    sub.add_flag("--json", program.options.json, help("cli.option.json"));
    sub.add_flag("--quiet", program.options.quiet, help("cli.option.quiet"));
    if (command.doesCommit()) sub.add_flag("--ack", program.options.ack, help("cli.option.ack"));
}

void declareAll(CommandLine& program) {
    const Language language = program.options.language;
    program.app.name("lamina");
    program.app.formatter(std::make_shared<HelpFormatter>());
    program.app.description(text("cli.description", language));
    const std::string optionsHead = text("cli.label.Options", language), commandsHead = text("cli.label.Subcommands", language);
    program.app.option_defaults()->group(optionsHead);  // before the first option
    program.app.set_help_flag("-h,--help", text("cli.option.help", language));
    program.app.set_version_flag("--version", "lamina " LAMINA_VERSION, text("cli.option.version", language));
    program.app.require_subcommand(1);
    program.app.get_formatter()->column_width(30);
    translateLabels(program.app, language);
    for (const CommandEntry& entry : allCommands()) {
        CLI::App* sub = program.app.add_subcommand(entry.name, text("cli." + std::string(entry.name) + ".help", language));
        sub->group(commandsHead);
        sub->option_defaults()->group(optionsHead);
        auto command = std::make_unique<Command>(*sub, entry.name, language);
        entry.declare(*command);
        declareShared(program, *sub, *command);
        sub->callback([&program, chosen = command.get()] { program.chosen = chosen; });
        program.commands.push_back(std::move(command));
    }
}

/// The parser gives up before it has seen every flag, so --json is looked for in the words themselves.
bool wantsJson(int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i)
        if (std::string_view(argv[i]) == "--json") return true;
    return false;
}

int runChosen(const CommandLine& program) {
    const CancelToken cancel;
    cancelOnInterrupt(cancel);
    Console console(program.options, cancel);
    try {
        auto result = program.chosen->run(console);
        if (result) {
            console.finish(*result);
            return static_cast<int>(console.exitCode());
        }
        console.finish(result.error());
        return static_cast<int>(exitCodeFor(result.error().code));
    } catch (const std::exception& exception) {
        console.finish(fail("program.unexpected", {{"reason", exception.what()}}));
        return static_cast<int>(ExitCode::Failed);
    }
}

}  // namespace

std::string Command::help(const std::string& name) const {
    const std::string own = "cli." + m_name + "." + name;
    return text(hasText(own) ? own : "cli.option." + name, m_language);
}

int runCommandLine(int argc, const char* const* argv) {
    CommandLine program;
    program.options.language = languageFromEnvironment();
    declareAll(program);
    try {
        program.app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return program.app.exit(error);  // help and version
        program.options.json = wantsJson(argc, argv);
        Console console(program.options, {});
        console.finish(fail("cli.usage", {{"reason", error.what()}}));
        return static_cast<int>(ExitCode::Usage);
    }
    return runChosen(program);
}

}  // namespace lamina
