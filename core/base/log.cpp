#include "core/base/log.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/base/clock.h"

namespace lamina {

void log(LogLevel level, std::string_view area, std::string_view text) {
    static const LogLevel lowest = [] {
        const char* wanted = std::getenv("LAMINA_LOG");
        const std::string_view word = wanted ? wanted : "warning";
        return word == "debug" ? LogLevel::Debug : word == "info" ? LogLevel::Info : LogLevel::Warning;
    }();
    if (level < lowest) return;
    const std::string line = isoTime(clock().wallMilliseconds()) + " " + std::string(area) + ": " + std::string(text) + "\n";
    std::fputs(line.c_str(), stderr);
}

}  // namespace lamina
