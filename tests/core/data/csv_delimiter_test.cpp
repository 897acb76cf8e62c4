// Delimiters of every kind: found in the rows, or told as any text of one to eight bytes.
#include "core/data/importers/csv_delimiter.h"

#include <gtest/gtest.h>

#include "core/data/importers/csv.h"
#include "core/data/table.h"

namespace lamina {
namespace {

using Cells = std::vector<std::vector<std::string>>;

Result<CsvTable> readWith(std::string_view text, const std::string& delimiter, const std::string& quote = "auto", int threads = 1) {
    CsvSettings settings;
    settings.delimiter = delimiter;
    settings.quote = quote;
    return parseCsvText(text, settings, threads);
}

Cells cellsOf(const CsvTable& table) {
    Cells cells;
    for (std::int64_t row = 0; row < table.rows; ++row) {
        cells.emplace_back();
        for (const auto& column : table.columns) cells.back().push_back(displayText(column.view(), column.info({}, {}), row));
    }
    return cells;
}

std::string foundIn(std::string_view text) {
    const auto table = readWith(text, "auto");
    EXPECT_TRUE(table.ok()) << (table ? "" : table.error().debugText());
    return table ? table->detected["delimiter"].get<std::string>() : std::string();
}

std::string codeWith(std::string_view text, const std::string& delimiter, const std::string& quote = "auto") {
    const auto table = readWith(text, delimiter, quote);
    return table ? std::string() : table.error().code;
}

TEST(CsvDelimiter, DoubledColonsAndBarsAreFound) {
    EXPECT_EQ(foundIn("1::1193::5::978300760\n1::661::3::978302109\n2::914::3::978301968\n"), "::");
    EXPECT_EQ(foundIn("1::Toy Story (1995)::Animation|Children's|Comedy\n2::Jumanji (1995)::Adventure\n3::American President, The (1995)::Comedy|Drama\n"), "::");
    EXPECT_EQ(foundIn("a||b||c\n1||2||3\n4||||6\n"), "||");
    EXPECT_EQ(foundIn("a||b\nx||2\ny||3\n"), "||");
    EXPECT_EQ(foundIn("a|b|c\n1||3\n4|5|6\n"), "|") << "an empty field is not a doubled bar";
}

TEST(CsvDelimiter, ControlCharactersAreFound) {
    EXPECT_EQ(foundIn("1\x01" "ann, lee\x01" "3.5\n2\x01" "bob\x01" "4.5\n3\x01" "cid, ray\x01" "5\n"), "\\x01");
    EXPECT_EQ(foundIn("a\x1F" "b\n1\x1F" "2,5\n3\x1F" "4,5\n"), "\\x1F");
    EXPECT_EQ(foundIn("a\x1E" "b\n1\x1E" "2\n3\x1E" "4\n"), "\\x1E");
    EXPECT_EQ(foundIn("a,b\n1,x\x01y\n2,z\n3,w\n"), ",") << "one such character in a text delimits nothing";
}

TEST(CsvDelimiter, ColonsInTimesNamesAndAddressesDelimitNothing) {
    EXPECT_EQ(foundIn("time,value\n12:30,1\n12:31,2\n12:32,3\n"), ",");
    EXPECT_EQ(readWith("time\n12:30:01\n12:31:02\n12:32:03\n", "auto")->columns.size(), 1u);
    EXPECT_EQ(readWith("name\nstd::vector\nstd::map\nstd::set\n", "auto")->columns.size(), 1u);
    EXPECT_EQ(readWith("name\nboost::asio::ip\nboost::asio::ssl\nboost::beast::http\n", "auto")->columns.size(), 1u);
    EXPECT_EQ(readWith("address\nfe80::1\nfe80::2\nfe80::3\n", "auto")->columns.size(), 1u);
    EXPECT_EQ(foundIn("name,calls\nstd::vector::push_back,5\nstd::vector::pop_back,7\nstd::map::find,9\n"), ",");
}

TEST(CsvDelimiter, AnyTextCanBeToldAndIsFoundFromLeftToRight) {
    for (const char* delimiter : {"::", "||", "#", "&", "x", ", ", " | ", "<sep>", "；", "\\x01", "\\001", "\\t", "~~~~~~~~", "\\\\", "%7"}) {
        CsvDialect dialect;
        ASSERT_TRUE(csvSetDelimiterAsTold(dialect, delimiter)) << delimiter;
        const std::string d(dialect.delimiterBytes());
        const auto table = readWith("a" + d + "b" + d + "c\n1" + d + "23" + d + "é\n4" + d + d + "-6.25\n", delimiter);
        ASSERT_TRUE(table.ok()) << delimiter << " " << table.error().debugText();
        EXPECT_EQ(table->names, (std::vector<std::string>{"a", "b", "c"})) << delimiter;
        EXPECT_EQ(cellsOf(*table), (Cells{{"1", "23", "é"}, {"4", "", "-6.25"}})) << delimiter;
        CsvDialect again;
        ASSERT_TRUE(csvSetDelimiterAsTold(again, table->detected["delimiter"].get<std::string>())) << delimiter;
        EXPECT_EQ(again.delimiterBytes(), dialect.delimiterBytes()) << "what was found can be told";
    }
    EXPECT_EQ(cellsOf(*readWith("a::b\n1:::2\n", "::")), (Cells{{"1", ":2"}}));
    EXPECT_EQ(cellsOf(*readWith("1254\n3547\n", "5")), (Cells{{"12", "4"}, {"3", "47"}})) << "digits behind a field are not read with it";
}

TEST(CsvDelimiter, QuotesEncloseDelimitersOfSeveralBytes) {
    const auto table = readWith("id::text\r\n1::\"a::b\"\r\n2::\"say \"\"hi\"\"\"\r\n3::\"two\r\nlines::\"\r\n4::  plain \r\n", "::");
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(cellsOf(*table), (Cells{{"1", "a::b"}, {"2", "say \"hi\""}, {"3", "two\r\nlines::"}, {"4", "plain"}}));
    EXPECT_EQ(cellsOf(*readWith("a, b\n1, \"x, y\"\n", ", ")), (Cells{{"1", "x, y"}}));
}

TEST(CsvDelimiter, ManyBlocksGiveTheSameOnEveryNumberOfThreads) {
    std::string text = "id::name::value\n";
    for (int i = 0; i < 60000; ++i) {
        const std::string id = std::to_string(i);
        text += id + "::" + (i % 7 == 0 ? "a:::\"b" + id : i % 5 == 0 ? "\"line\n::" + id + "\"" : "n" + id) + "::" + std::to_string(i % 100) + ".5\n";
    }
    CsvSettings settings;
    settings.delimiter = "::";
    settings.ragged = "skip";
    const auto one = parseCsvText(text, settings, 1), three = parseCsvText(text, settings, 3);
    ASSERT_TRUE(one.ok() && three.ok());
    EXPECT_EQ(one->rows, three->rows);
    EXPECT_EQ(one->rows, 60000 - 8572) << "rows with a third delimiter are left out";
    EXPECT_EQ(cellsOf(*one), cellsOf(*three));
    EXPECT_EQ(cellsOf(*one)[4], (std::vector<std::string>{"5", "line\n::5", "5.5"}));
}

TEST(CsvDelimiter, ErrorsNameTheRowAndTheColumn) {
    const auto ragged = readWith("a::b\n1::2\n\"x\ny\"::2\n3::4::5\n", "::");
    ASSERT_FALSE(ragged.ok());
    EXPECT_EQ(ragged.error().code, "csv.ragged_row");
    EXPECT_EQ(ragged.error().argument("row"), "5");
    const auto open = readWith("a::b\n1::2\n3::\"4\n5::6\n", "::", "\"");
    ASSERT_FALSE(open.ok());
    EXPECT_EQ(open.error().code, "csv.unterminated_quote");
    EXPECT_EQ(open.error().argument("row"), "3");
    CsvSettings settings;
    settings.delimiter = "::";
    settings.encoding = "utf8";
    const auto bad = parseCsvText("a::b\n1::2\n3::x\xFFy\n", settings);
    ASSERT_FALSE(bad.ok());
    EXPECT_EQ(bad.error().argument("row"), "3");
    EXPECT_EQ(bad.error().argument("column"), "2");
}

TEST(CsvDelimiter, WhatCannotDelimitIsRefused) {
    for (const char* delimiter : {"", "\n", "a\rb", "123456789", "\\x00", "\\x0A"}) EXPECT_EQ(codeWith("a,b\n1,2\n", delimiter), "csv.bad_delimiter") << delimiter;
    EXPECT_EQ(codeWith("a,b\n1,2\n", "\",\"", "\""), "csv.delimiter_holds_quote");
    EXPECT_EQ(cellsOf(*readWith("a\",\"b\n1\",\"2\n", "\",\"")), (Cells{{"1", "2"}})) << "then there are no quotes";
}

TEST(CsvDelimiter, ALetterOfOneByteIsFoundInTheBytesOfItsEncoding) {
    CsvSettings settings;
    settings.delimiter = "§";
    settings.encoding = "windows1252";
    const auto table = parseCsvText("a\xA7" "b\xE9\n1\xA7" "2\n", settings);
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(table->names, (std::vector<std::string>{"a", "bé"}));
    EXPECT_EQ(cellsOf(*table), (Cells{{"1", "2"}}));
}

}  // namespace
}  // namespace lamina
