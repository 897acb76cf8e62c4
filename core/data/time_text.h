// Points in time as text, without the locale: proleptic Gregorian calendar, UTC. What a text says is read from its form alone; where day and
// month could stand either way (03/04/2024), that is told and the caller decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lamina {

/// "2024-03-01" at midnight, else "2024-03-01 12:30:00", with ".250" where there are milliseconds. `milliseconds` since 1970-01-01 00:00.
std::string timeText(std::int64_t milliseconds);

/// Which of two numbers before the year is the day.
enum class DateOrder : std::uint8_t { Unknown, DayFirst, MonthFirst };
/// "day-first", "month-first", else Unknown
DateOrder dateOrderFromName(std::string_view name);

/// A text read as a point in time. Any bytes may be given.
struct TimeReading {
    bool dayFirst = false;    ///< it is one where the day stands first …
    bool monthFirst = false;  ///< … and where the month does; both for all forms that leave no doubt
    std::int64_t asDayFirst = 0, asMonthFirst = 0;  ///< milliseconds UTC; where both are possible and equal there is no doubt

    bool isTime() const { return dayFirst || monthFirst; }
    /// Nothing where it is no time in this order; Unknown: nothing where the order matters.
    std::optional<std::int64_t> in(DateOrder order) const;
};

/// Reads the whole of `text` (blanks around it are dropped). Forms, each with or without a time of day behind it:
///   2024-03-01, 2024/3/1, 2024.03.01, 20240301T…, 2024-03 (a month), 2024年3月1日
///   01.03.2024 (day first), 1/3/2024, 01-03-2024, 1/3/24 (either; 69 … 99 are 1969 … 1999)
///   1 Mar 2024, 01-Mar-2024, 01-MAR-24, Mar 1, 2024, March 2024, Fri, 01 Mar 2024, Fri Mar  1 12:30:00 2024
/// Time of day: 12:30, 12:30:15, 12:30:15.250 (digits behind the milliseconds are dropped), 1:05 PM; T or a blank before it;
/// Z, UTC, GMT, +02:00, +0200, +02 behind it: the result is UTC. Without a zone it counts as UTC.
TimeReading readTime(std::string_view text);
/// readTime() in this order.
std::optional<std::int64_t> parseTime(std::string_view text, DateOrder order = DateOrder::Unknown);
/// By a format as strptime has it: %Y %y %m %d %H %I %M %S %f (fraction of a second) %p %b %B %a %A %j (day of the year) %z %s (seconds since 1970) %%;
/// a blank stands for any number of blanks. Numbers may lack leading zeros, but where the next number follows at once.
std::optional<std::int64_t> parseTimeAs(std::string_view text, std::string_view format);
/// Does the format name only what parseTimeAs() knows, and a year (or %s)?
bool isTimeFormat(std::string_view format);

}  // namespace lamina
