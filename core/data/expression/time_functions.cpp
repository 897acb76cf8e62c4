#include <chrono>
#include <cmath>

#include "core/data/expression/functions.h"
#include "core/data/time_text.h"

namespace lamina {
namespace {

using TimeSlices = std::span<const ValueSlice>;
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

constexpr std::int64_t dayLength = 86'400'000;
/// The years 1 to 9999: beyond them a date is a mistake, and arithmetic stays within int64.
constexpr std::int64_t earliestTime = -62'135'596'800'000, latestTime = 253'402'300'799'999;

std::chrono::sys_days dayOf(std::int64_t milliseconds) { return std::chrono::floor<std::chrono::days>(TimePoint(std::chrono::milliseconds(milliseconds))); }
std::chrono::year_month_day dateOf(std::int64_t milliseconds) { return std::chrono::year_month_day(dayOf(milliseconds)); }
std::int64_t withinDay(std::int64_t milliseconds) { return milliseconds - dayOf(milliseconds).time_since_epoch().count() * dayLength; }

/// A number told by a point in time, as a kernel.
template <auto Function>
void ofTime(TimeSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int64_t time = arguments[0].time(row);
        if (time >= earliestTime && time <= latestTime) result.numbers[row] = static_cast<double>(Function(time));
    }
}

void daysBetween(TimeSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int64_t from = arguments[0].time(row), to = arguments[1].time(row);
        if (from != missingTime && to != missingTime) result.numbers[row] = (static_cast<double>(to) - static_cast<double>(from)) / dayLength;
    }
}

void daysLater(TimeSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int64_t time = arguments[0].time(row);
        const double later = static_cast<double>(time) + std::round(arguments[1].number(row) * static_cast<double>(dayLength));
        if (time != missingTime && later >= static_cast<double>(earliestTime) && later <= static_cast<double>(latestTime))
            result.times[row] = static_cast<std::int64_t>(later);
    }
}

void readTimes(TimeSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row)
        if (const auto text = arguments[0].text(row); text.data()) result.times[row] = parseTime(text).value_or(missingTime);
}

void madeDates(TimeSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) {
        const double y = arguments[0].number(row), m = arguments[1].number(row), d = arguments[2].number(row);
        if (!(y >= 1 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= 31)) continue;
        const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(y)), std::chrono::month(static_cast<unsigned>(m)),
                                               std::chrono::day(static_cast<unsigned>(d))};
        if (date.ok()) result.times[row] = std::chrono::sys_days(date).time_since_epoch().count() * dayLength;
    }
}

constexpr FunctionDefinition timeFunctionTable[] = {
    {"date", "date('2024-01-31')", "A text as a point in time: 2024-01-31, 2024-01-31 12:30:05, 31 Jan 2024; missing where it cannot be read.", "t", ExpressionType::Time, readTimes},
    {"makeDate", "makeDate(year, month, day)", "The day of these three numbers; missing where there is no such day.", "nnn", ExpressionType::Time, madeDates},
    {"days", "days(from, to)", "How many days lie between two points in time, with a fraction.", "dd", ExpressionType::Number, daysBetween},
    {"addDays", "addDays(time, days)", "The point in time so many days later.", "dn", ExpressionType::Time, daysLater},
    {"year", "year(time)", "The year.", "d", ExpressionType::Number, ofTime<[](std::int64_t t) { return static_cast<int>(dateOf(t).year()); }>},
    {"month", "month(time)", "The month, 1 to 12.", "d", ExpressionType::Number, ofTime<[](std::int64_t t) { return static_cast<unsigned>(dateOf(t).month()); }>},
    {"day", "day(time)", "The day of the month, 1 to 31.", "d", ExpressionType::Number, ofTime<[](std::int64_t t) { return static_cast<unsigned>(dateOf(t).day()); }>},
    {"weekday", "weekday(time)", "The day of the week: 1 is Monday, 7 is Sunday.", "d", ExpressionType::Number,
     ofTime<[](std::int64_t t) { return std::chrono::weekday(dayOf(t)).iso_encoding(); }>},
    {"hour", "hour(time)", "The hour, 0 to 23.", "d", ExpressionType::Number, ofTime<[](std::int64_t t) { return withinDay(t) / 3'600'000; }>},
    {"minute", "minute(time)", "The minute, 0 to 59.", "d", ExpressionType::Number, ofTime<[](std::int64_t t) { return withinDay(t) / 60'000 % 60; }>},
    {"second", "second(time)", "The second, 0 to 59.", "d", ExpressionType::Number, ofTime<[](std::int64_t t) { return withinDay(t) / 1000 % 60; }>},
};

}  // namespace

std::span<const FunctionDefinition> timeFunctions() { return timeFunctionTable; }

}  // namespace lamina
