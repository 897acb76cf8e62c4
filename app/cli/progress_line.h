// The line that says how far a job is: rewritten in place on a terminal, a line now and then elsewhere (log files, CI).
#pragma once

#include <cstdio>
#include <mutex>
#include <string>

#include "app/messages/messages.h"
#include "core/base/cancel.h"
#include "core/base/clock.h"

namespace lamina {

/// Any thread may show; one line at a time.
class ProgressLine {
public:
    ProgressLine(Language language, std::FILE* stream);
    ~ProgressLine() { finish(); }

    /// Stage, percent, rate and time left.
    void show(const Progress& progress);
    /// A line made by the caller; `important`: also written where there is no terminal, whatever the time.
    void show(const std::string& line, bool important = false);
    /// Leaves the last line standing and goes to the next.
    void finish();

private:
    std::string describe(const Progress& progress) const;
    bool due() const;
    void write(const std::string& line, bool important);

    Language m_language;
    std::FILE* m_stream;
    bool m_terminal;
    std::mutex m_mutex;
    std::string m_stage, m_lastLine;
    Stopwatch m_stageTime, m_sinceWrite;
    bool m_wrote = false;
};

/// "1.2 M", "340", "0.5": with three digits at most.
std::string shortNumber(double number);
/// "45 s", "3 min 20 s", "2 h 5 min".
std::string shortDuration(double seconds, Language language);

}  // namespace lamina
