#include "app/cli/console.h"

#include "app/cli/display_width.h"

namespace lamina {
namespace {

void print(std::FILE* stream, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stream);
    std::fflush(stream);
}

std::string oneLine(const nlohmann::json& json) {
    // File names need not be UTF-8; a JSON document must be.
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

Console::Console(ConsoleOptions options, CancelToken cancel)
    : m_options(options), m_cancel(std::move(cancel)), m_progress(options.language, stderr) {}

void Console::say(std::string_view id, const TextArguments& arguments) { line(text(id, arguments)); }

void Console::line(const std::string& text) {
    if (m_options.json) return;
    m_progress.finish();
    print(stdout, text + "\n");
}

void Console::table(const TerminalTable& table) {
    if (m_options.json) return;
    m_progress.finish();
    print(stdout, table.str());
}

void Console::warn(const Issue& issue) {
    m_progress.finish();
    const char* kind = issue.severity == Severity::Note ? "cli.note" : "cli.warning";
    print(stderr, text(kind, {{"text", printable(message(issue.what, m_options.language))}}) + "\n");
}

void Console::acknowledge(const std::string& editId) {
    if (!m_options.ack) return;
    m_progress.finish();
    print(stdout, "ACK " + editId + "\n");
}

ProgressFunction Console::progress() {
    if (m_options.quiet) return [](const Progress&) {};
    return [this](const Progress& progress) { m_progress.show(progress); };
}

void Console::finish(const nlohmann::json& result) {
    m_progress.finish();
    if (m_options.json) print(stdout, oneLine(result));
}

void Console::finish(const Error& error) {
    m_progress.finish();
    if (m_options.json) print(stdout, oneLine(errorToJson(error, m_options.language)));
    else print(stderr, text("cli.error", {{"text", printable(message(error, m_options.language))}}) + "\n");
}

nlohmann::json errorToJson(const Error& error, Language language) {
    nlohmann::json arguments = nlohmann::json::object();
    for (const auto& [name, value] : error.arguments) arguments[name] = value;
    return {{"error", {{"code", error.code}, {"message", message(error, language)}, {"arguments", arguments}}}};
}

}  // namespace lamina
