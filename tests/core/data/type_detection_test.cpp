#include "core/data/type_detection.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <random>

#include "core/data/utf8.h"

namespace lamina {
namespace {

void expectAsStrtod(const std::string& text) {
    const auto number = readAnyNumber(text);
    ASSERT_NE(number.is, TextValue) << text;
    const double expected = std::strtod(text.c_str(), nullptr);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(number.value), std::bit_cast<std::uint64_t>(expected)) << text;
}

TEST(ReadNumber, EqualsStrtodBitForBit) {
    std::mt19937_64 random(7);
    char text[64];
    for (int i = 0; i < 200000; ++i) {
        const double value = std::bit_cast<double>(random());
        if (!std::isfinite(value)) continue;
        std::snprintf(text, sizeof text, "%.*g", static_cast<int>(1 + random() % 20), value);
        expectAsStrtod(text);
        std::snprintf(text, sizeof text, "%.*f", static_cast<int>(random() % 18), static_cast<double>(static_cast<std::int64_t>(random())) * 1e-14);
        expectAsStrtod(text);
    }
}

TEST(ReadNumber, EqualsStrtodAtTheEdges) {
    for (const char* text : {"0.0", "-0.0", "9007199254740993.0", "9007199254740992.5", "1e22", "1e23", "1e-22", "1e-23", "1e308", "1e309", "-1e999", "4.9e-324",
                             "2e-324", "2.2250738585072011e-308", "0.1e-400", "123456789012345678901234567890.5", "0.000000000000000000000000000000000001234567890123456789",
                             "1.", ".5", "+.5e1", "1E+5", "5e-1", "inf", "-Infinity", "1e-99999999999", "00012.50"})
        expectAsStrtod(text);
}

TEST(ReadNumber, RefusesWhatIsNotANumberAsAWhole) {
    for (const char* text : {"", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1 2", "0x10", "1_000", "1,5", "--1", "nan", "in", "1f", "+-1"})
        EXPECT_EQ(readNumber(text).is, TextValue) << text;
}

TEST(ReadNumber, KeepsCodesAsText) {
    EXPECT_EQ(readNumber("007").is, TextValue);
    EXPECT_EQ(readNumber("-01").is, TextValue);
    EXPECT_EQ(readNumber("1234567890123456").is, TextValue);
    EXPECT_EQ(readNumber("123456789012345").integer, 123456789012345);
    EXPECT_EQ(readNumber("0").is, IntegerValue);
    EXPECT_EQ(readNumber("0.5").is, NumberValue);
    EXPECT_EQ(readAnyNumber("9223372036854775807").is, NumberValue);
    EXPECT_EQ(readAnyNumber("9007199254740993").integer, 9007199254740993);
}

TEST(KindFor, IsTheLeastKindThatHoldsAllClasses) {
    EXPECT_EQ(kindFor(NoValue), ColumnKind::Number);
    EXPECT_EQ(kindFor(IntegerValue), ColumnKind::Integer);
    EXPECT_EQ(kindFor(IntegerValue | NumberValue), ColumnKind::Number);
    EXPECT_EQ(kindFor(BooleanValue), ColumnKind::Boolean);
    EXPECT_EQ(kindFor(BooleanValue | IntegerValue), ColumnKind::Text);
    EXPECT_EQ(kindFor(TextValue | NumberValue), ColumnKind::Text);
}

struct TimeCase {
    const char* text;
    std::int64_t milliseconds;
};

TEST(Time, TextsAreReadAsTheirPointInTime) {
    // From Python's datetime.
    const TimeCase cases[] = {
        {"2024-03-01", 1709251200000},
        {"1970-01-01", 0},
        {"0001-01-01", -62135596800000},
        {"1600-02-29", -11670998400000},
        {"2000-02-29", 951782400000},
        {"9999-12-31", 253402214400000},
        {"1969-12-31 23:59:59.5", -500},
        {"2024/3/1", 1709251200000},
        {"2024.03.01", 1709251200000},
        {"20240301T123015Z", 1709296215000},
        {"2024-03", 1709251200000},
        {"2024年3月1日", 1709251200000},
        {"2024年12月", 1733011200000},
        {"2024-03-01T12:30:15.250+02:00", 1709289015250},
        {"2024-03-01 00:15 -0530", 1709271900000},
        {"2024-03-01 12:30:15.123456", 1709296215123},
        {"2024-12-31T23:30:00-01", 1735691400000},
        {"01.03.2024", 1709251200000},
        {"31.12.2023 08:05", 1704009900000},
        {"1 Mar 2024", 1709251200000},
        {"01-Mar-2024", 1709251200000},
        {"01-MAR-24", 1709251200000},
        {"3-sep-99", 936316800000},
        {"Mar 1, 2024", 1709251200000},
        {"March 2024", 1709251200000},
        {"Sept 5, 2023", 1693872000000},
        {"Fri, 01 Mar 2024 12:30:00 GMT", 1709296200000},
        {"Sat Feb 15 11:18:19 2014", 1392463099000},
        {"2024-03-01 1:05 PM", 1709298300000},
        {"2024-03-01 12:00 am", 1709251200000},
        {"2011-Jan-05", 1294185600000},
        {"5/5/2024", 1714867200000},
        {"  2024-03-01 ", 1709251200000},
    };
    for (const auto& one : cases) EXPECT_EQ(parseTime(one.text), one.milliseconds) << one.text;
}

TEST(Time, WhatIsNoTimeStaysText) {
    for (const char* text : {"", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-03-01x", "2024-03-01 25:00", "2024-03-01 12:60", "40-49", "2015-16", "10-12", "12:30", "555-1234", "10.0.0.1",
                             "1.2.3", "2024", "20240301", "May", "Mars 2024", "Mon", "Monday", "maybe 2024", "0803-001", "2024-03-01T", "2024-03-01 12:30 EST", "2024-03-01 13:00 PM", "1/2/3", "99999999999999", "2024-3-", "-5-5-2024"})
        EXPECT_FALSE(readTime(text).isTime()) << text;
}

TEST(Time, DayAndMonthInDoubtAreTold) {
    const auto doubt = readTime("03/04/2024");
    EXPECT_TRUE(doubt.dayFirst && doubt.monthFirst);
    EXPECT_EQ(doubt.in(DateOrder::Unknown), std::nullopt);
    EXPECT_EQ(timeText(*doubt.in(DateOrder::DayFirst)), "2024-04-03");
    EXPECT_EQ(timeText(*doubt.in(DateOrder::MonthFirst)), "2024-03-04");
    EXPECT_EQ(parseTime("23/04/2024", DateOrder::MonthFirst), std::nullopt);
    EXPECT_EQ(parseTime("8/14/97", DateOrder::DayFirst), std::nullopt);
    EXPECT_EQ(timeText(*parseTime("8/14/97 23:59:59", DateOrder::MonthFirst)), "1997-08-14 23:59:59");
    EXPECT_EQ(timeText(*parseTime("02-01-2020", DateOrder::DayFirst)), "2020-01-02");
}

TEST(Time, EveryDayOfManyYearsIsReadBack) {
    constexpr std::int64_t day = 86'400'000;
    for (std::int64_t days = -200000; days < 200000; days += 37) EXPECT_EQ(parseTime(timeText(days * day)), days * day);
    for (const std::int64_t at : {1709296215250ll, -1ll, -86400001ll, 253402300799999ll}) EXPECT_EQ(parseTime(timeText(at)), at);
}

TEST(Time, FormatsSayWhatStandsWhere) {
    const auto shown = [](std::string_view text, std::string_view format) {
        const auto at = parseTimeAs(text, format);
        return at ? timeText(*at) : std::string("no");
    };
    EXPECT_EQ(shown("01.03.24 07:05", "%d.%m.%y %H:%M"), "2024-03-01 07:05:00");
    EXPECT_EQ(shown("20240301123015", "%Y%m%d%H%M%S"), "2024-03-01 12:30:15");
    EXPECT_EQ(shown("2024030112301", "%Y%m%d%H%M%S"), "2024-03-01 12:30:01");
    EXPECT_EQ(shown("202431", "%Y%m%d"), "no") << "3 or 31?";
    EXPECT_EQ(shown("Mar 5 2024 3:07 pm", "%b %d %Y %I:%M %p"), "2024-03-05 15:07:00");
    EXPECT_EQ(shown("2024-060", "%Y-%j"), "2024-02-29");
    EXPECT_EQ(shown("2023-366", "%Y-%j"), "no");
    EXPECT_EQ(shown("1709296215.5", "%s"), "2024-03-01 12:30:15.500");
    EXPECT_EQ(shown("2024-03-01 12:30:15.25 +0200", "%Y-%m-%d %H:%M:%S.%f %z"), "2024-03-01 10:30:15.250");
    EXPECT_EQ(shown("30.02.2024", "%d.%m.%Y"), "no");
    EXPECT_EQ(shown("1.3.2024 x", "%d.%m.%Y"), "no");
    EXPECT_TRUE(isTimeFormat("%d.%m.%y"));
    EXPECT_FALSE(isTimeFormat("%d.%m"));
    EXPECT_FALSE(isTimeFormat("%Y %Q"));
    EXPECT_FALSE(isTimeFormat("%Y %"));
}

TEST(DecoratedNumbers, GroupsAndUnitsAreRead) {
    std::string buffer;
    const auto value = [&](std::string_view text, bool comma = false) { return readDecoratedNumber(text, comma, buffer).value; };
    EXPECT_EQ(value("1,234"), 1234);
    EXPECT_EQ(value("-12,345,678.25"), -12345678.25);
    EXPECT_EQ(value("1.234.567,5", true), 1234567.5);
    EXPECT_EQ(value("1\xC2\xA0" "234"), 1234);
    EXPECT_EQ(value("1'234"), 1234);
    EXPECT_EQ(value("-$1,200.50"), -1200.5);
    EXPECT_EQ(value("12 km"), 12);
    EXPECT_EQ(numberUnit(readDecoratedNumber("4.5 \xC2\xB5m", false, buffer).unit), "\xC2\xB5m");
    for (const char* text : {"1,23", "1,2345", "12,34,567", "0,234", "1,234,56", ",123", "1,234'567", "--$5", "-$-5", "$", "km", "5 parsecs", "1st", "A1", "%", ""})
        EXPECT_EQ(readDecoratedNumber(text, false, buffer).is, TextValue) << text;
}

TEST(WordIndex, NumbersWordsInTheOrderTheyCome) {
    WordIndex words;
    for (int i = 0; i < 5000; ++i) EXPECT_EQ(words.add("word " + std::to_string(i)), i);
    for (int i = 4999; i >= 0; --i) EXPECT_EQ(words.add("word " + std::to_string(i)), i);
    words.clear();
    EXPECT_EQ(words.add("word 17"), 0);
}

TEST(Utf8, AcceptsExactlyTheValidSequences) {
    EXPECT_EQ(invalidUtf8At("plain ascii and é ü 数据 😀"), std::string_view::npos);
    for (const char* bad : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE2\x82", "\xF0\x9F\x98", "\xFF"})
        EXPECT_EQ(invalidUtf8At(std::string("12345678ab") + bad), 10u) << bad;
}

}  // namespace
}  // namespace lamina
