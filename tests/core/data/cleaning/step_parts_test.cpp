// Parts that steps are made of.
#include <gtest/gtest.h>

#include <cmath>

#include "core/data/cleaning/calendar.h"
#include "core/data/cleaning/measured_text.h"
#include "core/data/cleaning/pattern.h"
#include "core/data/time_text.h"

namespace lamina {
namespace {

TEST(Calendar, GoesRoundAndKnowsItsWeeks) {
    for (std::int64_t day = -800'000; day <= 800'000; day += 37) {
        const CalendarDay date = calendarDay(day * calendarDayMilliseconds + 5);
        EXPECT_EQ(date.within, 5);
        EXPECT_EQ(monthsLater(day * calendarDayMilliseconds, 0), day * calendarDayMilliseconds);
        EXPECT_TRUE(date.week >= 1 && date.week <= 53 && date.weekday >= 1 && date.weekday <= 7 && date.dayOfYear <= 366);
    }
    EXPECT_EQ(timeText(monthsLater(*parseTime("2024-01-31"), 13)), "2025-02-28");
    EXPECT_EQ(calendarDay(*parseTime("2016-01-03")).week, 53);
}

TEST(Patterns, SearchesThatTakeTooLongAreGivenUp) {
    const auto pattern = Pattern::compile("(x+x+)+[yz]");
    ASSERT_TRUE(pattern.ok());
    PatternSearch search(*pattern);
    EXPECT_EQ(search.find(std::string(5000, 'x')), PatternSearch::Outcome::GivenUp);
    EXPECT_EQ(search.find("xxy"), PatternSearch::Outcome::Found);
}

TEST(Patterns, AnyBytesMayBeSearched) {
    const auto pattern = Pattern::compile("b.");
    PatternSearch search(*pattern);
    EXPECT_EQ(search.find("\xff\xfe\x62\xc3\xa9\x80"), PatternSearch::Outcome::Found);
    EXPECT_EQ(search.group(0).end, 5u);
    EXPECT_EQ(search.find("\xff\xc3"), PatternSearch::Outcome::None);
}

TEST(WrittenNumbers, HostileTextsAreNoNumbers) {
    for (const char* text : {"", " ", "-", "€", "()", "((1))", "1 2 3 4 5 kg", "12 kg 13 cm", "\xff 1", "1\xff", "e5", ".", ",", "--", "1e999",
                             "999999999999999999999999999999999999999999999999999999999999999999999"})
        for (const auto& number : readWritten(text)) EXPECT_FALSE(writtenValue(number.digits, '.').has_value()) << text;
    EXPECT_EQ(decimalHint("1,234"), DecimalHint::Either);
    EXPECT_EQ(decimalHint("0,234"), DecimalHint::Comma);
    EXPECT_EQ(decimalHint("1.234.567"), DecimalHint::Comma);
    EXPECT_EQ(decimalHint("12345.678"), DecimalHint::Point);
}

}  // namespace
}  // namespace lamina
