// Points in time as text, without time zones and without the locale: proleptic Gregorian calendar, UTC.
#pragma once

#include <cstdint>
#include <string>

namespace lamina {

/// "2024-03-01" at midnight, else "2024-03-01 12:30:00", with ".250" where there are milliseconds. `milliseconds` since 1970-01-01 00:00.
std::string timeText(std::int64_t milliseconds);

}  // namespace lamina
