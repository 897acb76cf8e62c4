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
