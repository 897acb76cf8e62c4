#include "core/data/cleaning/calendar.h"

#include <algorithm>

namespace lamina {
namespace {

bool isLeapYear(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int64_t floorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

/// Days since 1970-01-01, counted in eras of 400 years that begin in March.
std::int64_t daysOfDate(std::int64_t year, int month, int day) {
    year -= month <= 2;
    const std::int64_t era = floorDivide(year, 400), yearOfEra = year - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

int weeksInYear(std::int64_t year) {
    const auto weekdayOfNewYearsEve = [](std::int64_t y) { return (y + floorDivide(y, 4) - floorDivide(y, 100) + floorDivide(y, 400)) % 7; };
    return weekdayOfNewYearsEve(year) == 4 || weekdayOfNewYearsEve(year - 1) == 3 ? 53 : 52;
}

}  // namespace

CalendarDay calendarDay(std::int64_t milliseconds) {
    CalendarDay date;
    const std::int64_t days = floorDivide(milliseconds, calendarDayMilliseconds), sinceMarch = days + 719468, era = floorDivide(sinceMarch, 146097);
    date.within = milliseconds - days * calendarDayMilliseconds;
    const auto dayOfEra = static_cast<std::uint32_t>(sinceMarch - era * 146097);
    const std::uint32_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::uint32_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::uint32_t shifted = (5 * dayOfYear + 2) / 153;
    date.day = static_cast<int>(dayOfYear - (153 * shifted + 2) / 5 + 1);
    date.month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    date.year = yearOfEra + era * 400 + (date.month <= 2);
    const bool leap = yearOfEra % 4 == 0 && (yearOfEra % 100 != 0 || yearOfEra == 0);
    date.dayOfYear = static_cast<int>(dayOfYear >= 306 ? dayOfYear - 305 : dayOfYear + 60 + leap);
    // An era is a whole number of weeks.
    date.weekday = static_cast<int>((dayOfEra + 2) % 7 + 1);
    date.week = (date.dayOfYear - date.weekday + 10) / 7;
    if (date.week == 0) date.week = weeksInYear(date.year - 1);
    else if (date.week == 53 && weeksInYear(date.year) == 52) date.week = 1;
    return date;
}

int daysInMonth(std::int64_t year, int month) {
    if (month == 2) return isLeapYear(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::int64_t monthsLater(std::int64_t milliseconds, std::int64_t months) {
    const CalendarDay date = calendarDay(milliseconds);
    const std::int64_t all = date.year * 12 + (date.month - 1) + months;
    const std::int64_t year = floorDivide(all, 12);
    const int month = static_cast<int>(all - year * 12) + 1;
    return daysOfDate(year, month, std::min(date.day, daysInMonth(year, month))) * calendarDayMilliseconds + date.within;
}

}  // namespace lamina
