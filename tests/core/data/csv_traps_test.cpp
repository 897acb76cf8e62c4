// Files as people have them: what each holds is found without being told, or it is refused with the reason.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "core/data/importers/csv.h"
#include "core/data/table.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

CsvTable readTrap(std::string_view text, const CsvSettings& settings = {}) {
    auto table = parseCsvText(text, settings, 2);
    EXPECT_TRUE(table.ok()) << (table ? "" : table.error().debugText());
    return table ? std::move(*table) : CsvTable{};
}

/// One letter per column: n number, i integer, b boolean, c category, t text, T time.
std::string kindLetters(const CsvTable& table) {
    std::string letters;
    for (const auto& column : table.columns) letters += "nibctxT"[static_cast<int>(column.kind())];
    return letters;
}

/// The codes of the issues without "csv.".
std::string issueWords(const std::vector<Issue>& issues) {
    std::string words;
    for (const auto& issue : issues) words += (words.empty() ? "" : " ") + issue.what.code.substr(4);
    return words;
}

std::string trapCell(const CsvTable& table, std::int64_t row, std::size_t column) {
    const auto& data = table.columns.at(column);
    return displayText(data.view(), data.info({}, {}), row);
}

// Blanks, titles, footers, headers

TEST(CsvTraps, RunsOfBlanksDelimit) {
    const auto t = readTrap("  0.006  18.0  1  a\n 0.02    0.0   2 \tb\n12.5\t 7.5 3  'c\n 1 2 3 \"x y\"\n");
    EXPECT_EQ(t.detected["delimiter"], "blanks");
    EXPECT_EQ(t.columns.size(), 4u);
    EXPECT_EQ(trapCell(t, 3, 3), "x y");
    CsvSettings asked;
    asked.delimiter = "blanks";
    asked.header = "no";
    const auto told = readTrap("  0.006  18.0  1  a\n\n 0.02    0.0   2 \tb  \r\n12.5\t 7.5 3  \"c  d\"\n", asked);
    EXPECT_EQ(kindLetters(told), "nnit");
    EXPECT_EQ(told.rows, 3);
    EXPECT_EQ(trapCell(told, 2, 3), "c  d");
    EXPECT_EQ(trapCell(told, 1, 3), "b");
    EXPECT_EQ(readTrap("name\nAnn Lee\nBob Ray\nCid Poe\n").columns.size(), 1u);
    EXPECT_EQ(readTrap("Ann Lee\nBob Ray\nCid Poe\n").columns.size(), 1u);
}

TEST(CsvTraps, TitleLinesAreLeftOut) {
    const auto t = readTrap("Sales by month\n\nSource: own\nmonth,units,price\n1,5,2.5\n2,7,3.5\n3,9,1.5\n");
    EXPECT_EQ(t.names, (std::vector<std::string>{"month", "units", "price"}));
    EXPECT_EQ(t.rows, 3);
    EXPECT_EQ(issueWords(t.issues), "title_lines");
    EXPECT_EQ(t.issues[0].what.argument("row"), "3");
    EXPECT_EQ(t.detected["skip_rows"], 3);
}

TEST(CsvTraps, WhatDevicesAndSpreadsheetsWriteAboveATableIsLeftOut) {
    std::string rows;
    for (int i = 0; i < 30; ++i) rows += std::to_string(i % 7) + "," + std::to_string(i * 1.5) + (i % 2 ? ",red\n" : ",blue\n");
    const auto repeated = [](const std::string& line, int times) {
        std::string text;
        for (int i = 0; i < times; ++i) text += line;
        return text;
    };
    const std::string table = "place,size,colour\n" + rows;
    struct Written {
        std::string above;
        std::int64_t lines;
    };
    for (const auto& [above, lines] : std::vector<Written>{{"Measured in May, by Anna\n", 1},
                                                           {repeated("Setting,value\n", 12), 12},
                                                           {repeated("Setting,value\n", 120), 120},
                                                           {"Device: X1, serial 77, made in 2020, by hand\nOperator, Anna\n", 2},
                                                           {repeated("A remark, and a second one\n", 3) + "\n\n", 3},
                                                           {"Sales of 2024,,\n,,\n", 2}}) {
        SCOPED_TRACE(above.substr(0, 40));
        const auto t = readTrap(above + table);
        EXPECT_EQ(t.names, (std::vector<std::string>{"place", "size", "colour"}));
        EXPECT_EQ(t.rows, 30);
        EXPECT_EQ(kindLetters(t), "inc");
        ASSERT_EQ(issueWords(t.issues), "title_lines");
        EXPECT_EQ(t.detected["skip_rows"], lines);
    }
    // Rows that lack a field are no notes, nor is the only row of words a header of what stands below.
    EXPECT_EQ(parseCsvText("a,b,c\n1,2\n1,2,3\n4,5,6\n7,8,9\n").error().code, "csv.ragged_row");
    EXPECT_EQ(readTrap("x,y\nr1,1,2\nr2,3,4\nr3,5,6\n").names.size(), 3u);
    EXPECT_EQ(readTrap("ann,bob,cid\nann,x,y\nu,v,w\nr,s,t\n").rows, 4);
}

TEST(CsvTraps, SumsAndEmptyRowsBelowATableAreLeftOutUnlessAskedFor) {
    const std::string text = "place,size,colour\n1,2,red\n2,3,blue\n,,\nTotal:,5,\n\nSource: somebody\n,,\n";
    const auto t = readTrap(text);
    EXPECT_EQ(t.rows, 2);
    EXPECT_EQ(kindLetters(t), "iit");
    ASSERT_EQ(issueWords(t.issues), "footer_lines");
    CsvSettings all;
    all.totals = true;
    all.ragged = "pad";
    EXPECT_EQ(readTrap(text, all).rows, 6);
    EXPECT_EQ(readTrap("region,year,n\na,1,2\nb,1,2\ntotal,1,4\ntotal,2,4\n").rows, 4) << "rows of totals are data where there are several";
    EXPECT_EQ(readTrap("word,kind,sort\na,x,u\nsum,y,v\n").rows, 2) << "a word alone says nothing";
}

TEST(CsvTraps, FooterLinesAreLeftOut) {
    const auto t = readTrap("a,b,c\n1,2,3\n4,5,6\n\nSource: somebody\n\"Made by \"\"hand\"\"\"");
    EXPECT_EQ(t.rows, 2);
    EXPECT_EQ(kindLetters(t), "iii");
    ASSERT_EQ(issueWords(t.issues), "footer_lines");
    EXPECT_EQ(t.issues[0].count, 2);
    // The end of a quoted text is no footer.
    EXPECT_EQ(readTrap("a,b,c\n1,2,\"x\ny\"\n3,4,\"x\nlast\"\n").rows, 2);
    EXPECT_EQ(parseCsvText("a,b,c\n1,2,3\n4\n5,6,7\n").error().code, "csv.ragged_row");
    CsvSettings pad;
    pad.ragged = "pad";
    EXPECT_EQ(readTrap("a,b,c\n1,2,3\nend\n", pad).rows, 2);
}

TEST(CsvTraps, ANameThatTheHeaderLacksIsAdded) {
    const auto numbered = readTrap("x,y\nr1,1,2\nr2,3,4\nr3,5,6\n");
    EXPECT_EQ(numbered.names, (std::vector<std::string>{"column_1", "x", "y"}));
    EXPECT_EQ(kindLetters(numbered), "tii");
    const auto trailing = readTrap("x,y\n1,2,\n3,4,\n");
    EXPECT_EQ(trailing.names, (std::vector<std::string>{"x", "y", "column_3"}));
    EXPECT_EQ(issueWords(trailing.issues), "name_added");
}

TEST(CsvTraps, NulBytesAreRefusedWithTheirPlace) {
    const auto table = parseCsvText(std::string_view("a,b\n1,2\n3,\0\n", 11));
    EXPECT_EQ(table.error().code, "csv.nul_bytes");
    EXPECT_EQ(table.error().argument("row"), "3");
    std::string late = "a,b\n";
    while (late.size() < 6u << 20) late += "1234567,7654321\n";
    late += std::string_view("1,\0\n", 4);
    TemporaryFolder folder;
    std::ofstream(folder.path() / "t.csv", std::ios::binary) << late;
    EXPECT_EQ(parseCsv(folder.path() / "t.csv", {}, 2).error().code, "csv.nul_bytes");
}

// Quotes

TEST(CsvTraps, QuotationsInMessagesAreNotQuotedFields) {
    std::string text = "ham\t\"Happy day\" I know\nspam\tplain\nham\t\"never closed\nspam\tnext\nham\tends\" here\nham\t\"whole line\"\n";
    const auto t = readTrap(text);
    EXPECT_EQ(t.rows, 6);
    EXPECT_EQ(t.detected["quote"], "none");
    EXPECT_EQ(trapCell(t, 0, 1), "\"Happy day\" I know");
    EXPECT_EQ(trapCell(t, 5, 1), "\"whole line\"");
    EXPECT_EQ(readTrap("a,b\n\"x, y\",1\n\"say \"\"hi\"\"\",2\n\"odd\" end,3\n").detected["quote"], "\"");
    EXPECT_EQ(readTrap("id\ttext\n1\t\"two\nlines\"\n2\t\"a\nb\nc\"\n").rows, 2);
}

TEST(CsvTraps, AQuoteThatIsNeverClosedFarBehindIsALetter) {
    TemporaryFolder folder;
    std::string text = "n\ttext\n";
    for (int i = 0; i < 200000; ++i) text += std::to_string(i) + "\tword\n";
    text += "7\t\"never closed\n8\tend\n";
    std::ofstream(folder.path() / "t.tsv", std::ios::binary) << text;
    const auto table = parseCsv(folder.path() / "t.tsv", {}, 2);
    ASSERT_TRUE(table.ok()) << table.error().debugText();
    EXPECT_EQ(table->rows, 200002);
    EXPECT_EQ(issueWords(table->issues), "quotes_are_letters");
}

TEST(CsvTraps, TextBehindAClosingQuoteIsTold) {
    const auto t = readTrap("a,b\n\"x, y\",1\n\"p, q\",2\n\"odd\" end,3\n");
    ASSERT_EQ(issueWords(t.issues), "odd_quotes");
    EXPECT_EQ(t.issues[0].what.argument("row"), "4");
    EXPECT_EQ(trapCell(t, 2, 0), "odd end");
}

// Numbers

TEST(CsvTraps, MarksBetweenThousandsAreRead) {
    const auto t = readTrap("n,x,swiss,no\n\"1,234   \",\"3,995.383\",1'234'567,\"1,23\"\n 12,599.994,\"89\",\"4,567\"\n\"-12,345,678\",?,12,8\n");
    EXPECT_EQ(kindLetters(t), "init");
    EXPECT_EQ(t.columns[0].view().integers[2], -12345678);
    EXPECT_EQ(t.columns[1].view().numbers[0], 3995.383);
    EXPECT_EQ(t.columns[2].view().integers[0], 1234567);
    EXPECT_EQ(issueWords(t.issues), "groups_read groups_read groups_read");
    EXPECT_EQ(kindLetters(readTrap("a,b\n\"1,234\",1\n\"1,2345\",2\n")), "ti");
    EXPECT_EQ(kindLetters(readTrap("a,b\n\"0,234\",1\n\"1,234\",2\n")), "ti");
}

TEST(CsvTraps, OneUnitForAllValuesMakesNumbers) {
    const auto t = readTrap("share,price,way,mixed,part\n45%,$1200.50,12 km,5 kg,5%\n3.5 %,-$5,3km,5 lb,7\n0%,$0,1 km,1 kg,9%\n");
    EXPECT_EQ(kindLetters(t), "nnitt");
    EXPECT_EQ(t.columns[0].view().numbers[0], 45.0);
    EXPECT_EQ(t.columns[1].view().numbers[1], -5.0);
    ASSERT_EQ(issueWords(t.issues), "unit_read unit_read unit_read");
    EXPECT_EQ(t.issues[2].what.argument("unit"), "km");
    CsvSettings asked;
    asked.types = "price=number,mixed=number";
    const auto told = readTrap("price,mixed\n\"$1,200.50\",5 kg\n$3,6 lb\n4,7\n", asked);
    EXPECT_EQ(told.columns[0].view().numbers[0], 1200.5);
    EXPECT_EQ(told.columns[0].view().numbers[2], 4.0);
    EXPECT_EQ(told.columns[1].missing(), 1) << "one of two units";
    EXPECT_EQ(issueWords(told.issues), "values_became_missing");
    EXPECT_EQ(told.issues[0].what.argument("item"), "1");
}

TEST(CsvTraps, GermanPricesWithTheirUnitAreNumbers) {
    const auto t = readTrap("nr;tag;preis;rabatt\n1;19.02.2024;3,12 €;48%\n2;16.11.2024;9,79 €;6%\n3;01.01.2024;1.209,50 €;0%\n\nQuelle: Kasse");
    EXPECT_EQ(t.detected["delimiter"], ";");
    EXPECT_EQ(t.detected["decimal"], ",");
    EXPECT_EQ(kindLetters(t), "iTni");
    EXPECT_EQ(t.columns[2].view().numbers[2], 1209.5);
    EXPECT_EQ(issueWords(t.issues), "footer_lines unit_read unit_read");
    const auto western = readTrap("nr;preis\n1;3,12 \x80\n2;9,79 \x80\n");
    EXPECT_EQ(western.detected["encoding"], "windows1252");
    EXPECT_EQ(kindLetters(western), "in");
}

// Dates

TEST(CsvTraps, DatesBecomeTime) {
    const auto t = readTrap("iso,day,stamp,month,text\n2024-03-01,31.12.2023,2024-03-01T12:30:00+02:00,1949-01,2024-03-01\n2024-02-29,1.2.2024,2024-03-01 00:00:00.5,1949-12,soon\n,,,,\n");
    EXPECT_EQ(kindLetters(t), "TTTTt");
    EXPECT_EQ(trapCell(t, 1, 0), "2024-02-29");
    EXPECT_EQ(trapCell(t, 0, 1), "2023-12-31");
    EXPECT_EQ(trapCell(t, 0, 2), "2024-03-01 10:30:00");
    EXPECT_EQ(trapCell(t, 1, 2), "2024-03-01 00:00:00.500");
    EXPECT_EQ(t.columns[0].missing(), 1);
    EXPECT_TRUE(t.issues.empty());
}

TEST(CsvTraps, TheOrderOfDatesComesFromTheWholeColumnOrIsAsked) {
    EXPECT_EQ(trapCell(readTrap("d,n\n03/04/2024,1\n23/04/2024,2\n"), 0, 0), "2024-04-03");
    EXPECT_EQ(trapCell(readTrap("d,n\n03/04/2024,1\n04/23/2024,2\n"), 0, 0), "2024-03-04");
    const auto doubt = readTrap("d,n\n03/04/2024,1\n05/06/2024,2\n");
    EXPECT_EQ(kindLetters(doubt), "ti");
    EXPECT_EQ(issueWords(doubt.issues), "dates_in_doubt");
    const auto both = readTrap("d,n\n13/04/2024,1\n05/16/2024,2\n");
    EXPECT_EQ(kindLetters(both), "ti");
    EXPECT_EQ(issueWords(both.issues), "dates_contradict");
    CsvSettings american;
    american.dates = "month-first";
    EXPECT_EQ(trapCell(readTrap("d,n\n03/04/2024,1\n05/06/2024,2\n", american), 1, 0), "2024-05-06");
    EXPECT_EQ(kindLetters(readTrap("d,n\n03/04/2024,1\n25/06/2024,2\n", american)), "ti");
}

TEST(CsvTraps, ADateAtTheEndOfALongFileTellsTheOrderOfAll) {
    std::string text = "d,e\n";
    for (int i = 0; i < 150000; ++i) text += "03/04/2024,05/06/2024\n";
    const auto open = readTrap(text);
    EXPECT_EQ(kindLetters(open), "cc");
    EXPECT_EQ(issueWords(open.issues), "dates_in_doubt dates_in_doubt");
    const auto told = readTrap(text + "04/23/2024,23/04/2024\n");
    EXPECT_EQ(kindLetters(told), "TT");
    EXPECT_EQ(trapCell(told, 0, 0), "2024-03-04");
    EXPECT_EQ(trapCell(told, 0, 1), "2024-06-05");
}

TEST(CsvTraps, ADateThatDoesNotFitAnAskedKindIsCounted) {
    CsvSettings asked;
    asked.types = "d=time";
    const auto t = readTrap("d,n\n2024-03-01,1\nsoon,2\n2024-02-30,3\n", asked);
    EXPECT_EQ(kindLetters(t), "Ti");
    EXPECT_EQ(t.columns[0].missing(), 2);
    ASSERT_EQ(issueWords(t.issues), "values_became_missing");
    EXPECT_EQ(t.issues[0].count, 2);
    EXPECT_EQ(t.issues[0].what.argument("row"), "3");
    EXPECT_EQ(t.issues[0].what.argument("item"), "1");
}

TEST(CsvTraps, AKindCanBeAskedForAColumnWithACommaInItsName) {
    CsvSettings asked;
    asked.types = "a,b=text,c=number";
    EXPECT_EQ(kindLetters(readTrap("\"a,b\",c\n1,2\n3,4\n", asked)), "tn");
}

TEST(CsvTraps, YearsAndRunningNumbersCanBeNames) {
    std::string years = "country,2019,2020,2021\n", frame = ",0,1\n", plain = "1,2,3\n", rows;
    for (int i = 0; i < 20; ++i) {
        const std::string n = std::to_string(i);
        years += "land " + n + "," + std::to_string(i * 7 % 11) + "," + (i % 5 ? std::to_string(i * 3 % 13) + ".5" : "") + "," + n + "\n";
        frame += n + "," + std::to_string(i * 7 % 11) + "," + std::to_string(i * 5 % 7) + "\n";
        plain += std::to_string(i + 2) + "," + std::to_string(i + 3) + "," + std::to_string(i + 4) + "\n";
        rows += "a," + std::to_string(1990 + i) + "," + std::to_string(1991 + i) + "\n";
    }
    EXPECT_EQ(readTrap(years).names, (std::vector<std::string>{"country", "2019", "2020", "2021"}));
    EXPECT_EQ(readTrap(frame).names[2], "1");
    EXPECT_EQ(readTrap(plain).names[0], "column_1") << "rows that all count on";
    EXPECT_EQ(readTrap(rows).names[0], "column_1");
}

TEST(CsvTraps, ALineForExcelNamesTheDelimiter) {
    const auto t = readTrap("sep=|\r\nname|n\r\nAnn, Bob; Carl|1\r\nDora|2\r\n");
    EXPECT_EQ(t.names, (std::vector<std::string>{"name", "n"}));
    EXPECT_EQ(t.detected["delimiter"], "|");
    EXPECT_EQ(trapCell(t, 0, 0), "Ann, Bob; Carl");
    EXPECT_EQ(trapCell(t, 1, 1), "2");
}

// Encodings

std::string utf16Of(std::u16string_view text, bool bigEndian, bool mark) {
    std::string bytes;
    const auto add = [&](char16_t unit) {
        const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
        bytes += bigEndian ? high : low;
        bytes += bigEndian ? low : high;
    };
    if (mark) add(0xFEFF);
    for (const char16_t unit : text) add(unit);
    return bytes;
}

TEST(CsvTraps, EncodingsAreFound) {
    const std::u16string wide = u"name,city,n\nJosé,北京,1\nAnn,東京,2\nBob,Zürich,3\n";
    for (const bool big : {false, true}) {
        for (const bool mark : {true, false}) {
            const auto t = readTrap(utf16Of(wide, big, mark));
            EXPECT_EQ(t.detected["encoding"], big ? "utf16be" : "utf16le");
            EXPECT_EQ(t.names, (std::vector<std::string>{"name", "city", "n"}));
            EXPECT_EQ(trapCell(t, 0, 1), "北京");
        }
    }
    // "姓名,城市\n王芳,北京\n李娜,上海\n"
    const auto chinese = readTrap("\xD0\xD5\xC3\xFB,\xB3\xC7\xCA\xD0\n\xCD\xF5\xB7\xBC,\xB1\xB1\xBE\xA9\n\xC0\xEE\xC4\xC8,\xC9\xCF\xBA\xA3\n");
    EXPECT_EQ(chinese.detected["encoding"], "gb18030");
    EXPECT_EQ(chinese.names[0], "姓名");
    EXPECT_EQ(trapCell(chinese, 0, 1), "北京");
    // "城市\n北京市海淀区\n" …: two neighbours' bytes may look like a letter of UTF-8, however often that comes up.
    std::string manyLines = "\xB3\xC7\xCA\xD0,n\n";
    for (int i = 0; i < 40; ++i) manyLines += "\xB1\xB1\xBE\xA9\xCA\xD0\xBA\xA3\xB5\xED\xC7\xF8," + std::to_string(i) + "\n";
    const auto many = readTrap(manyLines);
    EXPECT_EQ(many.detected["encoding"], "gb18030");
    EXPECT_EQ(trapCell(many, 39, 0), "北京市海淀区");
    const auto western = readTrap("name,n\nJos\xE9 \x80 5,1\nM\xFCller\x92s,2\n");
    EXPECT_EQ(western.detected["encoding"], "windows1252");
    EXPECT_EQ(trapCell(western, 0, 0), "José € 5");
    EXPECT_EQ(trapCell(western, 1, 0), "Müller’s");
    // "город,n\nМосква,1\nКазань,2\n"
    const auto cyrillic = readTrap("\xE3\xEE\xF0\xEE\xE4,n\n\xCC\xEE\xF1\xEA\xE2\xE0,1\n\xCA\xE0\xE7\xE0\xED\xFC,2\n");
    EXPECT_EQ(cyrillic.detected["encoding"], "windows1251");
    EXPECT_EQ(trapCell(cyrillic, 0, 0), "Москва");
}

TEST(CsvTraps, BytesThatBelongToNoLetterAreRefused) {
    CsvSettings settings;
    settings.encoding = "gb18030";
    EXPECT_EQ(parseCsvText("a,b\n1,\xFF\xFF\n", settings).error().code, "csv.wrong_encoding");
    settings.encoding = "utf16le";
    EXPECT_EQ(parseCsvText("a,b\n1,2\nx", settings).error().code, "csv.wrong_encoding");
}

TEST(CsvTraps, LongFilesOfAnyEncodingReadAsTheirText) {
    TemporaryFolder folder;
    std::u16string wide = u"n,city\n";
    for (int i = 0; i < 300000; ++i) wide += u"12345,北京 Zürich\n";
    const Path path = folder.path() / "wide.csv";
    std::ofstream(path, std::ios::binary) << utf16Of(wide, false, true);
    const auto table = parseCsv(path, {}, 2);
    ASSERT_TRUE(table.ok()) << table.error().debugText();
    EXPECT_EQ(table->rows, 300000);
    EXPECT_EQ(kindLetters(*table), "ic");
    EXPECT_EQ(table->columns[1].dictionary(), std::vector<std::string>{"北京 Zürich"});
    const auto preview = previewWith(csv_importer(), path, {}, 3);
    ASSERT_TRUE(preview.ok()) << preview.error().debugText();
    EXPECT_EQ(preview->rows.size(), 3u);
    EXPECT_EQ(preview->detected["encoding"], "utf16le");
}

TEST(CsvTraps, AByteFarBehindThatIsNotUtf8ChangesTheEncodingOfAll) {
    TemporaryFolder folder;
    std::string text = "n,city\n";
    for (int i = 0; i < 500000; ++i) text += "12345,Zurich\n";
    const Path path = folder.path() / "late.csv";
    std::ofstream(path, std::ios::binary) << text << "1,Z\xFCrich\n";
    const auto table = parseCsv(path, {}, 2);
    ASSERT_TRUE(table.ok()) << table.error().debugText();
    EXPECT_EQ(table->detected["encoding"], "windows1252");
    EXPECT_EQ(table->columns[1].dictionary().back(), "Zürich");
    // A file that is UTF-8 elsewhere is damaged, not Western.
    std::ofstream(path, std::ios::binary) << "n,town\n1,Zürich\n" << text.substr(7) << "1,Z\xFCrich\n";
    EXPECT_EQ(parseCsv(path, {}, 2).error().code, "csv.not_utf8");
}

// Hints

TEST(CsvTraps, ColumnsThatOnlyNumberTheRowsAreTold) {
    TemporaryFolder folder;
    std::string text = "PassengerId,,n,paid\n";
    for (int i = 1; i <= 20; ++i) text += std::to_string(i) + "," + std::to_string(i * 3 % 20) + "," + std::to_string(i) + "," + std::to_string(i) + "\n";
    std::ofstream(folder.path() / "t.csv") << text;
    const auto imported = importWith(csv_importer(), folder.path() / "t.csv", {}, folder.path() / "columns");
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_EQ(issueWords(imported->issues), "identifier");
    EXPECT_EQ(imported->columns[0].info.role, "ignore");
    EXPECT_EQ(imported->columns[2].info.role, "");
}

TEST(CsvTraps, ColumnsThatNamePicturesAreTold) {
    TemporaryFolder folder;
    std::string text = "file,label\n";
    for (int i = 0; i < 4; ++i) text += "pictures/p" + std::to_string(i) + ".PNG,a\n";
    std::filesystem::create_directories(folder.path() / "pictures");
    std::ofstream(folder.path() / "pictures/p2.PNG") << "x";
    std::ofstream(folder.path() / "t.csv") << text;
    const auto imported = importWith(csv_importer(), folder.path() / "t.csv", {}, folder.path() / "columns");
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_EQ(issueWords(imported->issues), "image_paths");
}

TEST(CsvTraps, AFewWordsAmongNumbersAreTold) {
    TemporaryFolder folder;
    std::string text = "many,few,words\n";
    for (int i = 0; i < 3000; ++i) text += (i == 2500 ? "n.a." : std::to_string(i * 0.37)) + "," + (i == 7 ? "-" : std::to_string(i % 30)) + ",w" + std::to_string(i % 9) + "\n";
    std::ofstream(folder.path() / "t.csv") << text;
    const auto imported = importWith(csv_importer(), folder.path() / "t.csv", {}, folder.path() / "columns");
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    ASSERT_EQ(issueWords(imported->issues), "words_among_numbers words_among_numbers");
    EXPECT_EQ(imported->issues[0].what.argument("words"), "n.a.");
    EXPECT_EQ(imported->issues[1].what.argument("words"), "-");
}

// Real files that may lie beside the project; their tests are skipped where they do not.

struct RealFile {
    const char *name, *kinds, *issues;
    friend void PrintTo(const RealFile& file, std::ostream* out) { *out << file.name; }
};

/// csv_pandas_counts.txt: rows, columns, cells without a value and a sum over all numbers, as pandas finds them when it is told all about the file.
struct PandasCounts {
    std::int64_t rows = 0, columns = 0, missing = 0;
    double sum = 0;
};

const std::map<std::string, PandasCounts>& pandasCounts() {
    static const auto counts = [] {
        std::map<std::string, PandasCounts> all;
        std::ifstream file(Path(LAMINA_SOURCE_DIR) / "tests/core/data/csv_pandas_counts.txt");
        std::string name;
        for (PandasCounts one; file >> name >> one.rows >> one.columns >> one.missing >> one.sum;) all[name] = one;
        return all;
    }();
    return counts;
}

class RealCsv : public ::testing::TestWithParam<RealFile> {};

TEST_P(RealCsv, IsReadWithoutBeingToldAnything) {
    const RealFile& expected = GetParam();
    const Path path = Path(LAMINA_SOURCE_DIR).parent_path() / "shared/data" / expected.name;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
    const auto table = parseCsv(path, {}, 2);
    ASSERT_TRUE(table.ok()) << table.error().debugText();
    EXPECT_EQ(kindLetters(*table), expected.kinds);
    EXPECT_EQ(issueWords(table->issues), expected.issues);
    const auto counted = pandasCounts().find(expected.name);
    if (counted == pandasCounts().end()) return;
    const PandasCounts& pandas = counted->second;
    EXPECT_EQ(table->rows, pandas.rows);
    EXPECT_EQ(table->columns.size(), static_cast<std::size_t>(pandas.columns));
    std::int64_t missing = 0;
    double sum = 0;
    for (const auto& column : table->columns) {
        missing += column.missing();
        if (column.kind() != ColumnKind::Number && column.kind() != ColumnKind::Integer) continue;
        for (std::int64_t row = 0; row < table->rows; ++row)
            if (!column.view().isMissing(row)) sum += column.view().number(row);
    }
    EXPECT_EQ(missing, pandas.missing);
    EXPECT_NEAR(sum, pandas.sum, 1e-9 * std::abs(pandas.sum));
}

INSTANTIATE_TEST_SUITE_P(Files, RealCsv, ::testing::ValuesIn(std::initializer_list<RealFile>{
        {"adult/adult-test.csv", "iciciccccciiicc", "no_header"},
        {"adult/adult-train.csv", "iciciccccciiicc", "no_header"},
        {"tabular-clean/abalone.csv", "cnnnnnnni", "no_header"},
        {"tabular-clean/banknote_authentication.csv", "nnnni", "no_header"},
        {"tabular-clean/breast_cancer.csv", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnni", "count_line no_header"},
        {"tabular-clean/california_housing.csv", "nnnnnnnnnc", ""},
        {"tabular-clean/diamonds.csv", "ncccnninnn", ""},
        {"tabular-clean/german.csv", "cicciccicciciccicicci", "no_header"},
        {"tabular-clean/iris.csv", "nnnni", "count_line no_header"},
        {"tabular-clean/optdigits-test.csv", "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii", "no_header"},
        {"tabular-clean/optdigits-train.csv", "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii", "no_header"},
        {"tabular-clean/pima-indians-diabetes.csv", "iiiiinnii", "no_header"},
        {"tabular-clean/sonar.csv", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnc", "no_header"},
        {"tabular-clean/wheat-seeds.csv", "nnnnnnni", "no_header"},
        {"tabular-clean/wine_data.csv", "nnnninnnnnnnii", "count_line no_header"},
        {"tabular-clean/winequality-white.csv", "nnnnnnnnnnni", "no_header"},
        {"tabular-dirty/airports.csv", "tttccnn", ""},
        {"tabular-dirty/birdstrikes.csv", "cccTcccccciiii", ""},
        {"tabular-dirty/boston_whitespace.data", "nnninnnninnnnn", "no_header"},
        {"tabular-dirty/breast-cancer-wisconsin.data", "iiiiiiiiiii", "no_header"},
        {"tabular-dirty/breast_cancer_single_quoted.csv", "cccccicccc", "no_header"},
        {"tabular-dirty/exercise_cr_only.csv", "iiiii", ""},
        {"tabular-dirty/gapminder-unclean.csv", "ccininc", ""},
        {"tabular-dirty/gdp_per_capita.csv", "tccccni", "footer_lines groups_read encoding_found"},
        {"tabular-dirty/laucnty16_thousands.csv", "tcctiiiin", "groups_read groups_read groups_read"},
        {"tabular-dirty/mpg.csv", "ninninict", ""},
        {"tabular-dirty/mpg_raw.csv", "niniiniit", ""},
        {"tabular-dirty/oecd_bli_2015.csv", "ccccccccccicnnncc", ""},
        {"tabular-dirty/penguins.csv", "ccnniici", ""},
        {"tabular-dirty/penguins_raw.csv", "cicccctcTnniicnnc", ""},
        {"tabular-dirty/planets_comment_header.csv", "icinnni", ""},
        {"tabular-dirty/seaice_bom_crlf.csv", "tinnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", ""},
        {"tabular-dirty/state_pop_semicolon_bom.csv", "icciiiiiiiiiiiiiiiiiiiiniiiiici", ""},
        {"tabular-dirty/telco_churn.csv", "tcicciccccccccccccnnc", ""},
        {"tabular-dirty/titanic_raw_crlf.csv", "iitcniitntc", ""},
        {"tabular-dirty/titanic_train.csv", "iiitcniitntc", ""},
        {"tabular-dirty/volcano_db.csv", "ttccnniccc", "encoding_found"},
        {"text/sms_spam.tsv", "ct", "quotes_are_letters no_header"},
        {"text/wikipedia-detox-250-line-data.tsv", "it", ""},
        {"text/wikipedia-detox-250-line-test.tsv", "it", ""},
        {"timeseries/airline-passengers.csv", "Ti", ""},
        {"timeseries/co2-concentration.csv", "Tnn", ""},
        {"timeseries/daily-min-temperatures.csv", "Tn", ""},
        {"timeseries/monthly-shampoo-sales.csv", "tn", ""},
        {"timeseries/monthly-sunspots.csv", "Tn", ""},
        {"timeseries/monthly_champagne_sales.csv", "Ti", ""},
        {"timeseries/seattle-weather.csv", "Tnnnnc", ""},
        {"timeseries/sp500-2000.csv", "Tnnnnni", ""},
        {"timeseries/stocks.csv", "cTn", ""}
    }));

}  // namespace
}  // namespace lamina
