#include "core/data/time_text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace lamina {
namespace {

constexpr std::int64_t millisecondsPerDay = 86'400'000;
constexpr std::array monthWords{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};
constexpr std::array weekdayWords{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

bool isTimeDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }
char lowerLetter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool isLetter(char c) { return lowerLetter(c) >= 'a' && lowerLetter(c) <= 'z'; }

bool isDate(int year, int month, int day) {
    using namespace std::chrono;
    return year_month_day{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day))}.ok() && year > 0 && month > 0 && day > 0;
}

/// Days from 1970-01-01 to a date that exists (Hinnant's formula; a year begins in March, so that the leap day comes last).
std::int64_t daysOf(int year, int month, int day) {
    const int y = year - (month <= 2);
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yearOfEra = y - era * 400, dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return std::int64_t{era} * 146097 + (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear) - 719468;
}

int fullYear(int twoDigits) { return twoDigits < 69 ? 2000 + twoDigits : 1900 + twoDigits; }

/// Eats a text from the left.
class TimeScanner {
public:
    explicit TimeScanner(std::string_view text) : m_rest(text) {}

    bool atEnd() const { return m_rest.empty(); }
    char next() const { return m_rest.empty() ? '\0' : m_rest[0]; }
    char behind(std::size_t n) const { return n < m_rest.size() ? m_rest[n] : '\0'; }
    std::string_view rest() const { return m_rest; }
    void drop(std::size_t n) { m_rest.remove_prefix(n); }
    bool take(char c) { return next() == c && !atEnd() ? (drop(1), true) : false; }
    bool take(std::string_view text) { return m_rest.starts_with(text) ? (drop(text.size()), true) : false; }
    bool blanks() {
        const std::size_t before = m_rest.size();
        while (next() == ' ') drop(1);
        return m_rest.size() != before;
    }
    /// Up to `most` digits; how many there were.
    int number(int& value, int most) {
        int digits = 0;
        value = 0;
        for (; digits < most && isTimeDigit(next()); drop(1), ++digits) value = value * 10 + (next() - '0');
        return digits;
    }
    /// The fraction of a second, in milliseconds; the digits that do not count are eaten too.
    int fraction() {
        int value = 0, unit = 100;
        for (; isTimeDigit(next()); drop(1), unit /= 10) value += (next() - '0') * unit;
        return value;
    }
    /// The index of the word that stands here, in full or as its first three letters; -1: none.
    template <std::size_t N> int word(const std::array<const char*, N>& words) {
        std::size_t length = 0;
        while (isLetter(behind(length))) ++length;
        for (std::size_t i = 0; i < N && length >= 3; ++i) {
            const std::string_view full = words[i];
            const bool shortened = length == 3 || (full == "september" && length == 4);
            if (length != full.size() && !shortened) continue;
            if (!std::equal(m_rest.begin(), m_rest.begin() + static_cast<std::ptrdiff_t>(length), full.begin(), [](char a, char b) { return lowerLetter(a) == b; })) continue;
            drop(length);
            return static_cast<int>(i);
        }
        return -1;
    }

private:
    std::string_view m_rest;
};

/// A date while it is read. `either`: the two numbers may be day and month or month and day.
struct DateParts {
    int year = 0, month = 0, day = 1;
    bool either = false;
};

/// What stands behind the year: -03-01, /3/1, -03, -Mar-01, 年3月1日
bool readAfterYear(TimeScanner& at, DateParts& date) {
    if (at.take("年")) {
        if (at.number(date.month, 2) == 0 || !at.take("月")) return false;
        return at.number(date.day, 2) == 0 ? (date.day = 1, at.atEnd()) : (at.take("日") || at.take("号"));
    }
    const char mark = at.next();
    if (mark != '-' && mark != '/' && mark != '.') return false;
    at.drop(1);
    if (const int month = at.word(monthWords); month >= 0) {
        date.month = month + 1;
        return at.take(mark) && at.number(date.day, 2) > 0;
    }
    const int digits = at.number(date.month, 2);
    if (mark == '-' && digits == 2 && at.atEnd()) return true;
    return digits > 0 && at.take(mark) && at.number(date.day, 2) > 0;
}

/// A year behind a month's name. Two digits only where nothing else could be meant (01-MAR-24).
bool readYear(TimeScanner& at, DateParts& date, bool twoDigits) {
    const int digits = at.number(date.year, 4);
    if (digits == 2 && twoDigits) date.year = fullYear(date.year);
    return digits == 4 || (digits == 2 && twoDigits);
}

/// What stands behind a first number of one or two digits, which is `first`.
bool readAfterNumber(TimeScanner& at, int first, DateParts& date) {
    const char mark = at.next();
    if (mark == ' ' || ((mark == '-' || mark == '/' || mark == '.') && isLetter(at.behind(1)))) {
        at.drop(1);
        const int month = at.word(monthWords);
        if (month < 0) return false;
        date.month = month + 1;
        date.day = first;
        if (mark != ' ') return at.take(mark) && readYear(at, date, true);
        at.take('.');
        at.take(',');
        return at.blanks() && readYear(at, date, false);
    }
    if (mark != '/' && mark != '-' && mark != '.') return false;
    at.drop(1);
    int second = 0;
    if (at.number(second, 2) == 0 || !at.take(mark)) return false;
    if (!readYear(at, date, mark == '/')) return false;
    date.day = first;
    date.month = second;
    // Whoever writes points puts the day first.
    date.either = mark != '.';
    return true;
}

/// Hours, minutes … and the zone, in milliseconds to add to midnight UTC.
bool readZone(TimeScanner& at, std::int64_t& milliseconds) {
    at.blanks();
    if (at.atEnd() || at.take('Z') || at.take('z') || at.take("UTC") || at.take("GMT")) return true;
    const bool west = at.next() == '-';
    if (!west && at.next() != '+') return false;
    at.drop(1);
    int hours = 0, minutes = 0;
    if (at.number(hours, 2) != 2) return false;
    const bool colon = at.take(':');
    const int digits = at.number(minutes, 2);
    if ((digits != 2 && (digits != 0 || colon)) || hours > 15 || minutes > 59) return false;
    const std::int64_t offset = (hours * 60 + minutes) * 60'000;
    milliseconds += west ? offset : -offset;
    return true;
}

bool readHalfOfDay(TimeScanner& at, int& hour) {
    TimeScanner ahead = at;
    ahead.blanks();
    const char half = lowerLetter(ahead.next());
    if ((half != 'a' && half != 'p') || lowerLetter(ahead.behind(1)) != 'm' || isLetter(ahead.behind(2))) return true;
    if (hour < 1 || hour > 12) return false;
    hour = hour % 12 + (half == 'p' ? 12 : 0);
    ahead.drop(2);
    at = ahead;
    return true;
}

/// "12:30", "12:30:15.25 PM"
bool readClock(TimeScanner& at, std::int64_t& milliseconds) {
    int hour = 0, minute = 0, second = 0, fraction = 0;
    if (at.number(hour, 2) == 0) return false;
    const bool colons = at.take(':');
    if (at.number(minute, 2) != 2) return false;
    if ((colons ? at.take(':') : isTimeDigit(at.next())) && at.number(second, 2) != 2) return false;
    if ((at.next() == '.' || at.next() == ',') && isTimeDigit(at.behind(1))) {
        at.drop(1);
        fraction = at.fraction();
    }
    if (!readHalfOfDay(at, hour) || hour > 23 || minute > 59 || second > 59) return false;
    milliseconds += ((hour * 60 + minute) * 60 + second) * std::int64_t{1000} + fraction;
    return true;
}

/// What may stand behind a date.
bool readRestOfTime(TimeScanner& at, std::int64_t& milliseconds) {
    if (at.atEnd()) return true;
    at.take(',');
    const bool blank = at.blanks();
    if (!(at.take('T') || at.take('t') || blank)) return false;
    return readClock(at, milliseconds) && readZone(at, milliseconds) && at.atEnd();
}

/// "Mar 1, 2024", "March 2024", "Mar  1 12:30:00 2024": behind the month's name.
bool readAfterMonth(TimeScanner& at, DateParts& date, std::int64_t& clock) {
    const bool point = at.take('.');
    if (!at.blanks() && (point || !at.take('-'))) return false;
    int number = 0;
    const int digits = at.number(number, 4);
    if (digits == 4) return date.year = number, true;
    if (digits == 0 || digits > 2) return false;
    date.day = number;
    const bool comma = at.take(',');
    if (!at.blanks()) return false;
    if (!comma && at.behind(2) == ':' && !(readClock(at, clock) && at.blanks())) return false;
    return readYear(at, date, false);
}

TimeReading timeOf(const DateParts& date, std::int64_t clock) {
    TimeReading reading;
    reading.dayFirst = isDate(date.year, date.month, date.day);
    if (reading.dayFirst) reading.asDayFirst = daysOf(date.year, date.month, date.day) * millisecondsPerDay + clock;
    reading.monthFirst = date.either ? isDate(date.year, date.day, date.month) : reading.dayFirst;
    if (reading.monthFirst) reading.asMonthFirst = date.either ? daysOf(date.year, date.day, date.month) * millisecondsPerDay + clock : reading.asDayFirst;
    return reading;
}

}  // namespace

DateOrder dateOrderFromName(std::string_view name) {
    return name == "day-first" ? DateOrder::DayFirst : name == "month-first" ? DateOrder::MonthFirst : DateOrder::Unknown;
}

std::optional<std::int64_t> TimeReading::in(DateOrder order) const {
    if (order == DateOrder::DayFirst) return dayFirst ? std::optional(asDayFirst) : std::nullopt;
    if (order == DateOrder::MonthFirst) return monthFirst ? std::optional(asMonthFirst) : std::nullopt;
    return dayFirst && monthFirst && asDayFirst == asMonthFirst ? std::optional(asDayFirst) : std::nullopt;
}

TimeReading readTime(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    if (text.size() < 6 || text.size() > 48) return {};
    TimeScanner at(text);
    DateParts date;
    std::int64_t clock = 0;
    if (isLetter(at.next())) {
        if (at.word(weekdayWords) >= 0) {
            at.take(',');
            if (!at.blanks()) return {};
        }
        if (const int month = at.word(monthWords); month >= 0) {
            date.month = month + 1;
            if (!readAfterMonth(at, date, clock) || !readRestOfTime(at, clock)) return {};
            return timeOf(date, clock);
        }
    }
    int first = 0;
    const int digits = at.number(first, 8);
    if (digits == 4) {
        date.year = first;
        if (!readAfterYear(at, date)) return {};
    } else if (digits == 8 && at.next() == 'T') {
        date = {first / 10000, first / 100 % 100, first % 100, false};
    } else if (digits < 1 || digits > 2 || !readAfterNumber(at, first, date)) {
        return {};
    }
    if (!readRestOfTime(at, clock)) return {};
    return timeOf(date, clock);
}

std::optional<std::int64_t> parseTime(std::string_view text, DateOrder order) { return readTime(text).in(order); }

namespace {

/// What a format has named so far.
struct FormattedTime {
    DateParts date{1970, 1, 1, false};
    int dayOfYear = 0, hour = 0, minute = 0, second = 0, fraction = 0;
    int half = -1;  ///< 0: AM, 1: PM
    std::int64_t zone = 0;
    std::optional<std::int64_t> epoch;
};

bool isNumberField(char c) { return std::string_view("YymdHIMSjfs").find(c) != std::string_view::npos; }

bool readEpoch(TimeScanner& at, FormattedTime& time) {
    const bool negative = at.take('-');
    std::int64_t seconds = 0;
    int digits = 0;
    for (; digits < 12 && isTimeDigit(at.next()); at.drop(1), ++digits) seconds = seconds * 10 + (at.next() - '0');
    time.epoch = (negative ? -seconds : seconds) * 1000;
    if (at.next() == '.') {
        at.drop(1);
        *time.epoch += at.fraction();
    }
    return digits > 0;
}

/// One field of a format. `exact`: a number that the next one follows at once has all its digits.
bool readField(TimeScanner& at, char field, bool exact, FormattedTime& time) {
    const auto number = [&](int& value, int digits) {
        const int found = at.number(value, digits);
        return exact ? found == digits : found > 0;
    };
    switch (field) {
        case 'Y': return at.number(time.date.year, 4) == 4;
        case 'y': return number(time.date.year, 2) && (time.date.year = fullYear(time.date.year), true);
        case 'm': return number(time.date.month, 2);
        case 'd': return number(time.date.day, 2);
        case 'H':
        case 'I': return number(time.hour, 2);
        case 'M': return number(time.minute, 2);
        case 'S': return number(time.second, 2);
        case 'j': return number(time.dayOfYear, 3) && time.dayOfYear > 0;
        case 'f': return isTimeDigit(at.next()) && (time.fraction = at.fraction(), true);
        case 's': return readEpoch(at, time);
        case 'b':
        case 'B': return (time.date.month = at.word(monthWords) + 1) > 0;
        case 'a':
        case 'A': return at.word(weekdayWords) >= 0;
        case 'z': return readZone(at, time.zone);
        case 'p': {
            const char half = lowerLetter(at.next());
            if ((half != 'a' && half != 'p') || lowerLetter(at.behind(1)) != 'm') return false;
            time.half = half == 'p';
            at.drop(2);
            return true;
        }
        default: return at.take(field);
    }
}

std::optional<std::int64_t> pointOf(FormattedTime time) {
    if (time.epoch) return time.epoch;
    if (time.half >= 0) {
        if (time.hour < 1 || time.hour > 12) return std::nullopt;
        time.hour = time.hour % 12 + 12 * time.half;
    }
    if (time.hour > 23 || time.minute > 59 || time.second > 59 || !isDate(time.date.year, time.date.month, time.date.day)) return std::nullopt;
    std::int64_t days = daysOf(time.date.year, time.date.month, time.date.day);
    if (time.dayOfYear > 0) {
        days = daysOf(time.date.year, 1, 1) + time.dayOfYear - 1;
        if (days >= daysOf(time.date.year + 1, 1, 1)) return std::nullopt;
    }
    return days * millisecondsPerDay + ((time.hour * 60 + time.minute) * 60 + time.second) * std::int64_t{1000} + time.fraction + time.zone;
}

}  // namespace

std::optional<std::int64_t> parseTimeAs(std::string_view text, std::string_view format) {
    TimeScanner at(text);
    FormattedTime time;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] == ' ') {
            at.blanks();
        } else if (format[i] != '%' || i + 1 == format.size()) {
            if (!at.take(format[i])) return std::nullopt;
        } else {
            const bool exact = i + 3 < format.size() && format[i + 2] == '%' && isNumberField(format[i + 3]);
            if (!readField(at, format[++i], exact, time)) return std::nullopt;
        }
    }
    at.blanks();
    return at.atEnd() ? pointOf(time) : std::nullopt;
}

bool isTimeFormat(std::string_view format) {
    bool year = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') continue;
        if (++i == format.size() || std::string_view("YymdHIMSfpbBaAjzs%").find(format[i]) == std::string_view::npos) return false;
        year = year || format[i] == 'Y' || format[i] == 'y' || format[i] == 's';
    }
    return year;
}

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
