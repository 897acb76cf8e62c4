// What a command talks through: people read lines and tables on stdout and progress on stderr, machines one JSON object on stdout.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "app/cli/exit_code.h"
#include "app/cli/progress_line.h"
#include "app/cli/terminal_table.h"
#include "app/messages/messages.h"
#include "core/base/cancel.h"

namespace lamina {

struct ConsoleOptions {
    Language language = Language::English;
    bool json = false;   ///< nothing for people on stdout; one object at the end
    bool ack = false;    ///< "ACK <id>" after every durable commit
    bool quiet = false;  ///< no progress
};

class Console {
public:
    Console(ConsoleOptions options, CancelToken cancel);

    Language language() const { return m_options.language; }
    const CancelToken& cancel() const { return m_cancel; }
    std::string text(std::string_view id, const TextArguments& arguments = {}) const { return lamina::text(id, m_options.language, arguments); }

    /// A line for people: the text of `id`.
    void say(std::string_view id, const TextArguments& arguments = {});
    /// A line for people as it is.
    void line(const std::string& text);
    void table(const TerminalTable& table);
    /// A remark on stderr, for people and machines alike.
    void warn(const Issue& issue);
    /// Says that this edit is on the disk.
    void acknowledge(const std::string& editId);

    /// For jobs: shows how far they are. Any thread.
    ProgressFunction progress();
    ProgressLine& progressLine() { return m_progress; }
    bool showsProgress() const { return !m_options.quiet; }

    /// The exit code of a command that gives a result although not all is well.
    void setExitCode(ExitCode code) { m_exitCode = code; }
    ExitCode exitCode() const { return m_exitCode; }

    /// Ends the output: the object for machines, or the error in the form asked for.
    void finish(const nlohmann::json& result);
    void finish(const Error& error);

private:
    ConsoleOptions m_options;
    CancelToken m_cancel;
    ProgressLine m_progress;
    ExitCode m_exitCode = ExitCode::Ok;
};

/// {"error": {"code", "message", "arguments"}}
nlohmann::json errorToJson(const Error& error, Language language);

}  // namespace lamina
