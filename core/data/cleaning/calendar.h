// Days, months and years of points in time (milliseconds UTC, proleptic Gregorian calendar).
#pragma once

#include <cstdint>

namespace lamina {

inline constexpr std::int64_t calendarDayMilliseconds = 86'400'000;

/// The largest and smallest time that calendar functions take: the years -32767 … 32767.
inline constexpr std::int64_t calendarMost = 971'890'963'199'999, calendarLeast = -1'096'225'401'600'000;

struct CalendarDay {
    std::int64_t year = 0;
    int month = 1, day = 1;   ///< from 1
    int dayOfYear = 1;        ///< from 1
    int weekday = 1;          ///< 1: Monday … 7: Sunday (ISO 8601)
    int week = 1;             ///< of ISO 8601; days at the turn of the year may belong to a week of the other one
    std::int64_t within = 0;  ///< milliseconds since midnight
};
CalendarDay calendarDay(std::int64_t milliseconds);
int daysInMonth(std::int64_t year, int month);
/// So many months later; the last day of the month where the day does not exist there.
std::int64_t monthsLater(std::int64_t milliseconds, std::int64_t months);

}  // namespace lamina
