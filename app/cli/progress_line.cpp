#include "app/cli/progress_line.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "app/cli/display_width.h"

namespace lamina {
namespace {

constexpr double terminalInterval = 0.1, logInterval = 10, quietStart = 2;

std::size_t terminalColumns(std::FILE* stream) {
    winsize size{};
    return ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string format(const char* pattern, double number) {
    char line[64];
    std::snprintf(line, sizeof line, pattern, number);
    return line;
}

std::string amount(double number, const std::string& unit) {
    return unit == "bytes" ? readableBytes(static_cast<std::uint64_t>(std::max(0.0, number))) : shortNumber(number);
}

}  // namespace

std::string shortNumber(double number) {
    static constexpr const char* units[] = {"", " k", " M", " G"};
    std::size_t unit = 0;
    while (std::abs(number) >= 9999.5 && unit < 3) {
        number /= 1000;
        ++unit;
    }
    return format(number == std::floor(number) || std::abs(number) >= 100 ? "%.0f" : "%.1f", number) + units[unit];
}

std::string shortDuration(double seconds, Language language) {
    const auto whole = static_cast<long long>(std::llround(std::max(0.0, seconds)));
    auto say = [&](const char* id, long long a, long long b) { return text(id, language, {{"a", std::to_string(a)}, {"b", std::to_string(b)}}); };
    if (whole < 60) return say("cli.duration.seconds", whole, 0);
    if (whole < 3600) return say("cli.duration.minutes", whole / 60, whole % 60);
    return say("cli.duration.hours", whole / 3600, whole % 3600 / 60);
}

ProgressLine::ProgressLine(Language language, std::FILE* stream) : m_language(language), m_stream(stream), m_terminal(isatty(fileno(stream)) == 1) {}

void ProgressLine::show(const Progress& progress) {
    const std::lock_guard lock(m_mutex);
    if (progress.stage != m_stage) {
        m_stage = progress.stage;
        m_stageTime = Stopwatch();
    }
    write(describe(progress), false);
}

void ProgressLine::show(const std::string& line, bool important) {
    const std::lock_guard lock(m_mutex);
    write(line, important);
}

void ProgressLine::finish() {
    const std::lock_guard lock(m_mutex);
    if (m_terminal && m_wrote) std::fprintf(m_stream, "\r\033[K%s\n", clipToWidth(m_lastLine, terminalColumns(m_stream) - 1).c_str());
    else if (m_wrote && !m_lastLine.empty()) std::fprintf(m_stream, "%s\n", m_lastLine.c_str());
    std::fflush(m_stream);
    m_wrote = false;
    m_stage.clear();
    m_stageTime = Stopwatch();
    m_lastLine.clear();
}

std::string ProgressLine::describe(const Progress& progress) const {
    std::string line = textOr("cli.stage." + progress.stage, m_language, progress.stage);
    const double seconds = m_stageTime.seconds(), done = static_cast<double>(progress.done), total = static_cast<double>(progress.total);
    if (total > 0) line += "  " + format("%3.0f %%", 100 * std::min(1.0, done / total));
    if (done > 0 && seconds > 0.5) {
        const std::string unit = progress.unit == "bytes" ? "" : " " + textOr("cli.unit." + progress.unit, m_language, progress.unit);
        line += "  " + amount(done / seconds, progress.unit) + unit + "/s";
        if (total > done) line += "  " + text("cli.time_left", m_language, {{"time", shortDuration((total - done) * seconds / done, m_language)}});
    }
    return line;
}

bool ProgressLine::due() const {
    if (m_terminal) return !m_wrote || m_sinceWrite.seconds() >= terminalInterval;
    // A log need not know of what is over at once.
    return m_stageTime.seconds() >= quietStart && m_sinceWrite.seconds() >= logInterval;
}

void ProgressLine::write(const std::string& line, bool important) {
    m_lastLine = printable(line);
    if (!important && !due()) return;
    if (m_terminal) {
        std::fprintf(m_stream, "\r\033[K%s", clipToWidth(m_lastLine, terminalColumns(m_stream) - 1).c_str());
    } else {
        std::fprintf(m_stream, "%s\n", m_lastLine.c_str());
        m_lastLine.clear();
    }
    std::fflush(m_stream);
    m_sinceWrite = Stopwatch();
    m_wrote = true;
}

}  // namespace lamina
