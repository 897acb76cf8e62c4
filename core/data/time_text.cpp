#include "core/data/time_text.h"

#include <chrono>
#include <cstdio>

namespace lamina {

std::string timeText(std::int64_t milliseconds) {
    using namespace std::chrono;
    const sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(milliseconds)};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    char text[64];
    int length = std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    const std::int64_t within = (time - day).count();
    if (within == 0) return std::string(text, static_cast<std::size_t>(length));
    const std::int64_t seconds = within / 1000;
    length += std::snprintf(text + length, sizeof text - static_cast<std::size_t>(length), " %02d:%02d:%02d", static_cast<int>(seconds / 3600),
                            static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    if (within % 1000 != 0) length += std::snprintf(text + length, sizeof text - static_cast<std::size_t>(length), ".%03d", static_cast<int>(within % 1000));
    return std::string(text, static_cast<std::size_t>(length));
}

}  // namespace lamina
