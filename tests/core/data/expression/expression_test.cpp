#include "core/data/expression/expression.h"

#include <gtest/gtest.h>

#include <cmath>

#include "app/messages/messages.h"
#include "core/base/clock.h"

namespace lamina {
namespace {

constexpr std::int64_t dayMs = 86'400'000;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Six rows; the last of each column is missing.
Table people() {
    ColumnData age(ColumnKind::Number), count(ColumnKind::Integer), smoker(ColumnKind::Boolean), city(ColumnKind::Category), note(ColumnKind::Text),
        born(ColumnKind::Time);
    for (const double value : {10.0, 20.0, 30.0, 40.0, 50.0, none}) age.addNumber(value);
    for (const int value : {1, 2, 3, 4, 5}) count.addInteger(value);
    for (const bool value : {true, false, true, false, true}) smoker.addBoolean(value);
    city.setDictionary({"Paris", "Lyon", "Nice"});
    for (const int code : {0, 1, 2, 0, 1, -1}) city.addCode(code);
    for (const char* text : {"Ärger", "", "b c", "42", " x "}) note.addText(text);
    for (const int day : {0, 1, 31, 59, 365}) born.addInteger(day * dayMs + 3'600'000);
    for (auto* column : {&count, &smoker, &note, &born}) column->addMissing();
    return *Table::of({TableColumn::inMemory(std::move(age), "1", "age"), TableColumn::inMemory(std::move(count), "2", "how many"),
                       TableColumn::inMemory(std::move(smoker), "3", "smoker"), TableColumn::inMemory(std::move(city), "4", "city"),
                       TableColumn::inMemory(std::move(note), "5", "note"), TableColumn::inMemory(std::move(born), "6", "born")});
}

/// The cells of the result, "|" between them; or the error.
std::string cells(const std::string& text, const Table& table = people()) {
    const auto expression = Expression::parse(text);
    if (!expression) return expression.error().debugText();
    const auto column = evaluateColumn(*expression, table, "made");
    if (!column) return column.error().debugText();
    std::string all;
    for (std::int64_t row = 0; row < column->view.rows; ++row)
        all += (row ? "|" : "") + (column->view.isMissing(row) ? std::string("-") : displayText(column->view, column->info, row));
    return all;
}

/// Of an expression without names.
std::string plain(const std::string& text) {
    const auto expression = Expression::parse(text);
    if (!expression) return expression.error().code;
    const auto value = expression->evaluate();
    if (!value) return value.error().code;
    if (const auto* number = std::get_if<double>(&*value)) return std::to_string(*number);
    if (const auto* words = std::get_if<std::string>(&*value)) return *words;
    if (const auto* boolean = std::get_if<bool>(&*value)) return *boolean ? "true" : "false";
    if (const auto* time = std::get_if<ExpressionTime>(&*value)) return "time " + std::to_string(time->milliseconds);
    return "missing";
}

double number(const std::string& text) {
    const std::string value = plain(text);
    char* end = nullptr;
    const double read = std::strtod(value.c_str(), &end);
    EXPECT_TRUE(!value.empty() && *end == 0) << text << " gives " << value;
    return read;
}

TEST(Expression, ArithmeticHasTheUsualPrecedence) {
    EXPECT_EQ(number("1 + 2 * 3"), 7);
    EXPECT_EQ(number("(1 + 2) * 3"), 9);
    EXPECT_EQ(number("2 ^ 3 ^ 2"), 512);
    EXPECT_EQ(number("-2 ^ 2"), -4);
    EXPECT_EQ(number("2 ^ -1"), 0.5);
    EXPECT_EQ(number("10 - 4 - 3"), 3);
    EXPECT_EQ(number("--3 + +4"), 7);
    EXPECT_EQ(number("7 % 3 + -7 % 3 + 7 % -3"), 1 + 2 - 2);
    EXPECT_EQ(number("1.5e2 / .5"), 300);
    EXPECT_EQ(number("（1 ＋ 2）× 3"), 9);
}

TEST(Expression, WhatIsNotFiniteIsMissing) {
    for (const char* text : {"1 / 0", "sqrt(-1)", "log(0)", "10 ^ 400", "0 / 0", "5 % 0", "exp(1000)", "missing + 1", "-missing"}) EXPECT_EQ(plain(text), "missing") << text;
}

TEST(Expression, LogicHasThreeValues) {
    EXPECT_EQ(plain("true and missing"), "missing");
    EXPECT_EQ(plain("false and missing"), "false");
    EXPECT_EQ(plain("missing or true"), "true");
    EXPECT_EQ(plain("missing or false"), "missing");
    EXPECT_EQ(plain("not missing"), "missing");
    EXPECT_EQ(plain("not true or true"), "true");
    EXPECT_EQ(plain("true or false and false"), "true");
    EXPECT_EQ(plain("missing is missing and 1 is not missing"), "true");
}

TEST(Expression, ComparesWithinAType) {
    EXPECT_EQ(plain("1 <= 1 and 2 <> 1 and 1 == 1 and 'a' < 'b' and true != false"), "true");
    EXPECT_EQ(plain("3 between 1 and 3"), "true");
    EXPECT_EQ(plain("3 not between 4 and 5"), "true");
    EXPECT_EQ(plain("'b' in ('a', 'b')"), "true");
    EXPECT_EQ(plain("'b' not in ('a')"), "true");
    EXPECT_EQ(plain("2 in (1, missing + 1)"), "missing") << "perhaps it is";
    EXPECT_EQ(plain("date('2024-02-01') > date('2024-01-31')"), "true");
    EXPECT_EQ(plain("1 = 'a'"), "expression.types_differ");
    EXPECT_EQ(plain("true < false"), "expression.operand_type");
    EXPECT_EQ(plain("1 = missing"), "expression.compare_missing");
}

TEST(Expression, TextsAreCharactersNotBytes) {
    EXPECT_EQ(number("length('Ärger')"), 5);
    EXPECT_EQ(plain("upper('ärger')"), "ÄRGER");
    EXPECT_EQ(plain("lower('ABC')"), "abc");
    EXPECT_EQ(plain("substring('Ärger', 2, 3)"), "rge");
    EXPECT_EQ(plain("substring('价格表', 2)"), "格表");
    EXPECT_EQ(plain("substring('abc', 9)"), "");
    EXPECT_EQ(plain("trim('\t a b ') + '!'"), "a b!");
    EXPECT_EQ(plain("trim('\xc2\xa0x')"), "x");
    EXPECT_EQ(plain("replace('a-b-c', '-', '')"), "abc");
    EXPECT_EQ(plain("replace('abc', '', 'x')"), "abc");
    EXPECT_EQ(plain("concat('a', \"b\", 'it''s')"), "abit's");
    EXPECT_EQ(plain("contains('abc', 'bc') and startsWith('abc', 'ab') and endsWith('abc', 'bc')"), "true");
    EXPECT_EQ(plain("matches('A-12', '^[A-Z]-[0-9]+$')"), "true");
    EXPECT_EQ(plain("extract('order 77 of', '([0-9]+)')"), "77");
    EXPECT_EQ(plain("extract('none', '[0-9]+')"), "missing");
    EXPECT_EQ(plain("'a' + missing"), "missing");
    EXPECT_EQ(plain("“引号” + '’s'"), "引号’s");
}

TEST(Expression, NumbersAreRoundedAsOnPaper) {
    EXPECT_EQ(number("round(2.5)"), 3);
    EXPECT_EQ(number("round(-2.5)"), -3);
    EXPECT_EQ(number("round(3.14159, 2)"), 3.14);
    EXPECT_EQ(number("round(1234, -2)"), 1200);
    EXPECT_EQ(number("floor(-1.5) + ceil(1.2) + abs(-1) + sign(-9)"), -2 + 2 + 1 - 1);
    EXPECT_EQ(number("min(3, 1, 2) + max(3, 1, 2)"), 4);
    EXPECT_EQ(plain("max(1, missing)"), "missing");
    EXPECT_NEAR(number("sin(1) ^ 2 + cos(1) ^ 2 + tanh(0) + log10(1000) + log2(8) + atan2(0, 1)"), 7, 1e-6);
}

TEST(Expression, TimesHaveParts) {
    EXPECT_EQ(number("year(date('2024-02-29')) * 10000 + month(date('2024-02-29')) * 100 + day(date('2024-02-29'))"), 20240229);
    EXPECT_EQ(number("weekday(date('2024-03-04'))"), 1) << "a Monday";
    EXPECT_EQ(number("hour(date('2024-03-04 13:45:10')) * 10000 + minute(date('2024-03-04 13:45:10')) * 100 + second(date('2024-03-04 13:45:10'))"), 134510);
    EXPECT_EQ(number("days(date('2024-02-28'), date('2024-03-01'))"), 2);
    EXPECT_EQ(plain("addDays(date('1970-01-01'), 1.5)"), "time " + std::to_string(dayMs * 3 / 2));
    EXPECT_EQ(plain("makeDate(2023, 2, 29)"), "missing");
    EXPECT_EQ(plain("makeDate(1970, 1, 2)"), "time " + std::to_string(dayMs));
    EXPECT_EQ(plain("date('soon')"), "missing");
    EXPECT_EQ(number("hour(date('1969-12-31 23:00'))"), 23) << "before 1970";
}

TEST(Expression, ValuesAreConvertedByNameOnly) {
    EXPECT_EQ(number("number(' 12.5 ') + number(true)"), 13.5);
    EXPECT_EQ(plain("number('12 kg')"), "missing");
    EXPECT_EQ(plain("text(0.1) + text(true) + text(date('2024-01-31'))"), "0.1true2024-01-31");
    EXPECT_EQ(plain("1 + '1'"), "expression.types_differ");
    EXPECT_EQ(number("coalesce(missing, number('x'), 3)"), 3);
    EXPECT_EQ(plain("if(1 > 2, 'a', 'b')"), "b");
    EXPECT_EQ(plain("if(missing, 1, 2)"), "missing");
    EXPECT_EQ(plain("if(true, 1, 'b')"), "expression.argument_type");
}

TEST(Expression, WorksOnTheColumnsOfATable) {
    EXPECT_EQ(cells("age * 2 + [how many]"), "21|42|63|84|105|-");
    EXPECT_EQ(cells("`how many` > 2"), "false|false|true|true|true|-");
    EXPECT_EQ(cells("city = 'Paris' or age > 45"), "true|false|false|true|true|-");
    EXPECT_EQ(cells("smoker and age < 25"), "true|false|false|false|false|-");
    EXPECT_EQ(cells("upper(city) + '!'"), "PARIS!|LYON!|NICE!|PARIS!|LYON!|-");
    EXPECT_EQ(cells("note is missing"), "false|false|false|false|false|true");
    EXPECT_EQ(cells("length(note)"), "5|0|3|2|3|-");
    EXPECT_EQ(cells("number(note)"), "-|-|-|42|-|-");
    EXPECT_EQ(cells("month(born) + hour(born)"), "2|2|3|4|2|-");
    EXPECT_EQ(cells("addDays(born, 1)"), "1970-01-02 01:00:00|1970-01-03 01:00:00|1970-02-02 01:00:00|1970-03-02 01:00:00|1971-01-02 01:00:00|-");
    EXPECT_EQ(cells("coalesce(city, 'unknown')"), "Paris|Lyon|Nice|Paris|Lyon|unknown");
    EXPECT_EQ(cells("if(age >= 30, 'old', 'young')"), "young|young|old|old|old|-");
    EXPECT_EQ(cells("7"), "7|7|7|7|7|7");
    EXPECT_EQ(cells("missing"), "-|-|-|-|-|-");
}

TEST(Expression, AMaskTellsTrueFalseAndMissing) {
    const auto mask = evaluateMask(*Expression::parse("age > 25"), people());
    ASSERT_TRUE(mask.ok());
    EXPECT_EQ(*mask, (std::vector<std::uint8_t>{0, 0, 1, 1, 1, missingMask}));
    EXPECT_EQ(evaluateMask(*Expression::parse("age + 1"), people()).error().code, "expression.not_a_condition");
}

TEST(Expression, PlainValuesNeedNoTable) {
    const auto units = Expression::parse("units * 2");
    const auto value = units->evaluate({{"units", 64.0}});
    ASSERT_TRUE(value.ok());
    EXPECT_EQ(std::get<double>(*value), 128);
    EXPECT_EQ(units->names(), std::vector<std::string>{"units"});
    EXPECT_EQ(units->evaluate({{"unit", 1.0}}).error().argument("suggestion"), "unit");
    EXPECT_EQ(std::get<bool>(*Expression::parse("when and name = 'a'")->evaluate({{"when", true}, {"name", std::string("a")}})), true);
    EXPECT_EQ(*Expression::parse("a + 1")->evaluate({{"a", ExpressionValue()}}), ExpressionValue());
}

struct Mistake {
    const char* text;
    const char* code;
    int position;
};
class Mistakes : public testing::TestWithParam<Mistake> {};
TEST_P(Mistakes, NameTheirPlaceInBothLanguages) {
    const auto [text, code, position] = GetParam();
    const auto expression = Expression::parse(text);
    const auto type = expression ? expression->check(people()) : Result<ExpressionType>(expression.error());
    ASSERT_FALSE(type.ok()) << text;
    EXPECT_EQ(type.error().code, code) << text;
    if (position) {
        EXPECT_EQ(type.error().argument("position"), std::to_string(position)) << text;
    }
    for (const Language language : {Language::English, Language::Chinese}) {
        const std::string said = message(type.error(), language);
        EXPECT_EQ(said.find('{'), std::string::npos) << said;
        EXPECT_EQ(said.find("expression."), std::string::npos) << said;
    }
}
INSTANTIATE_TEST_SUITE_P(Expression, Mistakes,
                         testing::Values(Mistake{"", "expression.empty", 0}, Mistake{"  ", "expression.empty", 0}, Mistake{"age >", "expression.ended", 6},
                                         Mistake{"age > > 3", "expression.unexpected", 7}, Mistake{"(age", "expression.ended", 5},
                                         Mistake{"age 3", "expression.unexpected", 5}, Mistake{"'abc", "expression.unclosed", 1},
                                         Mistake{"1 + [how many", "expression.unclosed", 5}, Mistake{"ÄÖ ; 3", "expression.unknown_sign", 4},
                                         Mistake{"age > 1 && smoker", "expression.use_word", 9}, Mistake{"!smoker", "expression.use_word", 1},
                                         Mistake{"3rd + 1", "expression.bad_number", 1}, Mistake{"1e999", "expression.bad_number", 1},
                                         Mistake{"1 < age < 3", "expression.chained", 9}, Mistake{"sqr(age)", "expression.unknown_function", 1},
                                         Mistake{"frobnicate(age)", "expression.no_such_function", 1}, Mistake{"Age > 3", "expression.unknown_name", 1},
                                         Mistake{"city = Marseille", "expression.no_such_name", 8}, Mistake{"abs()", "expression.argument_count", 1},
                                         Mistake{"abs(1, 2)", "expression.argument_count", 1}, Mistake{"1 + abs(city)", "expression.argument_type", 9},
                                         Mistake{"city * 2", "expression.operand_type", 6}, Mistake{"age and smoker", "expression.operand_type", 5},
                                         Mistake{"born > '2024-01-01'", "expression.time_and_text", 6}, Mistake{"age = missing", "expression.compare_missing", 5},
                                         Mistake{"matches(city, '(')", "expression.bad_pattern", 15},
                                         Mistake{"matches(city, city)", "expression.pattern_not_written", 15},
                                         Mistake{"age is 3", "expression.unexpected", 8}, Mistake{"age between 1 or 2", "expression.unexpected", 15},
                                         Mistake{"age in 3", "expression.unexpected", 8}, Mistake{"max(1 2)", "expression.unexpected", 7},
                                         Mistake{"\xff", "expression.not_utf8", 0}));

TEST(Expression, HostileTextIsRefusedNotFollowed) {
    EXPECT_EQ(Expression::parse(std::string(20'000, '1')).error().code, "expression.too_long");
    for (const std::string part : {"(", "-", "not ", "abs(", "2^"}) {
        std::string deep;
        while (deep.size() < 9'000) deep += part;
        EXPECT_EQ(Expression::parse(deep + "1").error().code, "expression.too_complex") << part;
    }
    std::string wide = "1";
    while (wide.size() < 9'900) wide += "+1";
    EXPECT_EQ(Expression::parse(wide).error().code, "expression.too_complex");
    std::string growing = "'aaaaaaaaaa'";
    for (int i = 0; i < 12; ++i) growing = "replace(" + growing + ", 'a', 'aaaaaaaaaaaaaaaaaaaa')";
    EXPECT_EQ(plain(growing), "missing");
    EXPECT_EQ(plain("matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a|aa)+$')").empty(), false) << "ends in time";
}

TEST(Expression, TensorsAndPicturesAreNoValues) {
    ColumnData picture(ColumnKind::Image);
    picture.addText("x");
    const Table table = *Table::of({TableColumn::inMemory(std::move(picture), "1", "photo")});
    EXPECT_EQ(Expression::parse("photo = 'x'")->check(table).error().code, "expression.column_kind");
}

TEST(Expression, NamesAreWrittenSoThatTheyAreReadBack) {
    for (const std::string name : {"age", "how many", "petal.length", "in", "And", "a]b", "价格", "价（元）", "1st", "", "x-y", "length"}) {
        const auto expression = Expression::parse(expressionName(name));
        ASSERT_TRUE(expression.ok()) << name;
        EXPECT_EQ(expression->names(), std::vector<std::string>{name});
    }
    EXPECT_EQ(expressionName("petal.length"), "petal.length");
}

TEST(Expression, EveryFunctionIsDescribedInBothLanguages) {
    ASSERT_GT(expressionFunctions().size(), 40u);
    for (const auto& function : expressionFunctions()) {
        EXPECT_TRUE(function.usage.starts_with(function.name + "(")) << function.name;
        EXPECT_EQ(text(function.helpId, Language::English), function.help);
        EXPECT_NE(text(function.helpId, Language::Chinese), function.help);
    }
}

Table manyRows(std::int64_t rows) {
    ColumnData x(ColumnKind::Number), y(ColumnKind::Number), word(ColumnKind::Category);
    word.setDictionary({"red", "green", "blue"});
    for (std::int64_t row = 0; row < rows; ++row) {
        x.addNumber(row % 7 == 0 ? none : static_cast<double>(row % 1000) / 10);
        y.addNumber(static_cast<double>((row * 37) % 1001));
        word.addCode(static_cast<int>(row % 3));
    }
    return *Table::of({TableColumn::inMemory(std::move(x), "1", "x"), TableColumn::inMemory(std::move(y), "2", "y"),
                       TableColumn::inMemory(std::move(word), "3", "word")});
}

TEST(Expression, TheNumberOfThreadsChangesNothing) {
    const Table table = manyRows(50'003);
    for (const char* text : {"x * 2 + sqrt(y)", "if(x > 50, upper(word), 'no')", "x > y", "addDays(date('2024-01-01'), x)"}) {
        const auto one = evaluateColumn(*Expression::parse(text), table, "r", {1, {}});
        const auto four = evaluateColumn(*Expression::parse(text), table, "r", {4, {}});
        ASSERT_TRUE(one.ok() && four.ok());
        EXPECT_EQ(one->info.missing, four->info.missing);
        for (std::int64_t row = 0; row < table.rows(); ++row)
            ASSERT_EQ(displayText(one->view, one->info, row), displayText(four->view, four->info, row)) << text << " row " << row;
    }
}

TEST(Expression, CanBeCancelled) {
    ExpressionRun run;
    run.cancel.cancel();
    EXPECT_EQ(evaluateColumn(*Expression::parse("x + 1"), manyRows(10'000), "r", run).error().code, "job.cancelled");
}

}  // namespace
}  // namespace lamina
