#include "core/data/importers/csv.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <random>

#include "core/base/uuid.h"
#include "core/data/importers/csv_scan.h"
#include "core/data/table.h"
#include "core/data/type_detection.h"
#include "tests/support/fault_files.h"

namespace lamina {
namespace {

CsvTable read(std::string_view text, const CsvSettings& settings = {}, int threads = 1) {
    auto table = parseCsvText(text, settings, threads);
    EXPECT_TRUE(table.ok()) << (table ? "" : table.error().debugText());
    return table ? std::move(*table) : CsvTable{};
}

Error refuse(std::string_view text, const CsvSettings& settings = {}) {
    auto table = parseCsvText(text, settings);
    EXPECT_FALSE(table.ok());
    return table ? Error{} : table.takeError();
}

ColumnKind kindOf(const CsvTable& table, std::size_t column) { return table.columns.at(column).kind(); }

std::string cell(const CsvTable& table, std::int64_t row, std::size_t column) {
    const auto& data = table.columns.at(column);
    return displayText(data.view(), data.info({}, {}), row);
}

class CsvFiles : public ::testing::Test {
protected:
    CsvFiles() : folder(std::filesystem::temp_directory_path() / ("lamina-csv-" + newUuid())) { std::filesystem::create_directories(folder); }
    ~CsvFiles() override { std::filesystem::remove_all(folder); }
    Path write(const std::string& text) {
        const Path path = folder / "table.csv";
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    std::size_t filesIn(const Path& place) const {
        std::error_code error;
        std::size_t count = 0;
        for (auto at = std::filesystem::directory_iterator(place, error); !error && at != std::filesystem::directory_iterator(); ++at) ++count;
        return count;
    }
    Path folder;
};

TEST(Csv, KindsComeFromTheWholeColumn) {
    const auto t = read("i,n,b,c,t\n1,1.5,true,red,first\n2,2,false,red,second\n-3,1e3,TRUE,blue,third\n4,-.5,False,blue,fourth\n");
    EXPECT_EQ(t.rows, 4);
    EXPECT_EQ(kindOf(t, 0), ColumnKind::Integer);
    EXPECT_EQ(kindOf(t, 1), ColumnKind::Number);
    EXPECT_EQ(kindOf(t, 2), ColumnKind::Boolean);
    EXPECT_EQ(kindOf(t, 3), ColumnKind::Category);
    EXPECT_EQ(kindOf(t, 4), ColumnKind::Text);
    EXPECT_EQ(t.columns[3].dictionary(), (std::vector<std::string>{"red", "blue"}));
    EXPECT_EQ(t.columns[0].view().integers[2], -3);
    EXPECT_EQ(t.columns[1].view().numbers[2], 1000.0);
}

TEST(Csv, LeadingZerosAndLongIntegersStayText) {
    const auto t = read("zip,id,fine\n01234,1234567890123456,123456789012345\n99999,1234567890123457,0\n");
    EXPECT_EQ(kindOf(t, 0), ColumnKind::Text);
    EXPECT_EQ(kindOf(t, 1), ColumnKind::Text);
    EXPECT_EQ(kindOf(t, 2), ColumnKind::Integer);
    EXPECT_EQ(cell(t, 0, 0), "01234");
}

TEST(Csv, ALateValueWidensTheColumnWhateverTheThreads) {
    std::string text = "a,b,c\n";
    for (int i = 0; i < 400000; ++i) text += std::to_string(i % 997) + "," + std::to_string(i) + ",w" + std::to_string(i % 50) + "\n";
    text += "1.25,word,w1\n";
    const auto one = read(text, {}, 1), four = read(text, {}, 4);
    EXPECT_EQ(kindOf(one, 0), ColumnKind::Number);
    EXPECT_EQ(kindOf(one, 1), ColumnKind::Text);
    EXPECT_EQ(kindOf(one, 2), ColumnKind::Category);
    EXPECT_EQ(cell(one, 400000, 0), "1.25");
    EXPECT_EQ(cell(one, 123456, 1), "123456");
    for (std::size_t c = 0; c < 3; ++c) {
        const auto a = one.columns[c].view(), b = four.columns[c].view();
        EXPECT_EQ(a.kind, b.kind);
        EXPECT_TRUE(std::equal(a.numbers.begin(), a.numbers.end(), b.numbers.begin(), b.numbers.end()));
        EXPECT_TRUE(std::equal(a.codes.begin(), a.codes.end(), b.codes.begin(), b.codes.end()));
        EXPECT_EQ(a.textBytes, b.textBytes);
        EXPECT_EQ(one.columns[c].dictionary(), four.columns[c].dictionary());
    }
}

TEST(Csv, MissingWordsAreMissingInEveryKind) {
    const auto t = read("i,n,t\n1,1.5,x\n,NA,N/A\n3,nan,None\n?,null,y\n");
    EXPECT_EQ(kindOf(t, 0), ColumnKind::Integer);
    EXPECT_EQ(kindOf(t, 1), ColumnKind::Number);
    EXPECT_EQ(t.columns[0].missing(), 2);
    EXPECT_EQ(t.columns[1].missing(), 3);
    EXPECT_EQ(t.columns[2].missing(), 2);
    EXPECT_TRUE(t.columns[0].view().isMissing(1));
    EXPECT_FALSE(t.columns[0].view().isMissing(2));
    EXPECT_TRUE(std::isnan(t.columns[1].view().numbers[1]));
}

TEST(Csv, AColumnWithoutAnyValueIsANumberColumn) {
    const auto t = read("a,b\n1,\n2,\n");
    EXPECT_EQ(kindOf(t, 1), ColumnKind::Number);
    EXPECT_EQ(t.columns[1].missing(), 2);
}

TEST(Csv, QuotedFieldsHoldDelimitersLineEndsAndQuotes) {
    const auto t = read("a,b\n\"x,y\",\"line one\nline two\"\n\"say \"\"hi\"\"\",\"\"\nplain, \"blank before\"\n");
    EXPECT_EQ(t.rows, 3);
    EXPECT_EQ(cell(t, 0, 0), "x,y");
    EXPECT_EQ(cell(t, 0, 1), "line one\nline two");
    EXPECT_EQ(cell(t, 1, 0), "say \"hi\"");
    EXPECT_TRUE(t.columns[1].view().isMissing(1));
    EXPECT_EQ(cell(t, 2, 1), "blank before");
}

TEST(Csv, AQuoteInsideAnUnquotedFieldIsText) {
    CsvSettings quoted;
    quoted.quote = "\"";
    const auto t = read("size,name\n5\" wide,\"a\"b\n6,c\n", quoted);
    EXPECT_EQ(cell(t, 0, 0), "5\" wide");
    EXPECT_EQ(cell(t, 0, 1), "ab");
}

TEST(Csv, EveryLineEndGivesTheSameTable) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        for (const bool last : {true, false}) {
            const auto t = read("a,b" + end + "1,x" + end + end + "2,\"y\"" + (last ? end : ""));
            ASSERT_EQ(t.rows, 2) << (end == "\r");
            EXPECT_EQ(kindOf(t, 0), ColumnKind::Integer);
            EXPECT_EQ(cell(t, 1, 1), "y");
        }
    }
}

TEST(Csv, DelimitersAreFound) {
    EXPECT_EQ(read("a;b\n1,5;2\n2,5;3\n").detected["delimiter"], ";");
    EXPECT_EQ(read("a\tb\nx, y\t2\nz\t3\n").detected["delimiter"], "tab");
    EXPECT_EQ(read("a|b\n1|2\n").detected["delimiter"], "|");
    EXPECT_EQ(read("a,b\n1,2\n").detected["delimiter"], ",");
    EXPECT_EQ(read("value\n1\n2\n").columns.size(), 1u);
}

TEST(Csv, DecimalCommasAreReadAsNumbers) {
    const auto t = read("price;n;city\n1,5;1;Bonn, west\n-0,25;2;Ulm\n1.234,5;3;Bonn\n12.345.678;4;Ulm\n1e3;5;Ulm\n");
    EXPECT_EQ(t.detected["decimal"], ",");
    ASSERT_EQ(kindOf(t, 0), ColumnKind::Number);
    const auto numbers = t.columns[0].view().numbers;
    EXPECT_EQ(std::vector<double>(numbers.begin(), numbers.end()), (std::vector<double>{1.5, -0.25, 1234.5, 12345678, 1000}));
    EXPECT_EQ(kindOf(t, 1), ColumnKind::Integer);
    EXPECT_EQ(cell(t, 0, 2), "Bonn, west");
    EXPECT_EQ(t.detected["header"], "yes");
}

TEST(Csv, DecimalCommasAreNotTakenForTheDelimiter) {
    for (const char* header : {"height;width;soil\n", ""}) {
        const auto t = read(std::string(header) + "0,24;5,272;sand\n2,92;4,237;clay\n4,1;3,1;clay\n");
        EXPECT_EQ(t.detected["delimiter"], ";") << header;
        EXPECT_EQ(t.columns.size(), 3u) << header;
        EXPECT_EQ(kindOf(t, 1), ColumnKind::Number) << header;
    }
    EXPECT_EQ(read("a,b\nx;y,u;v\nx;z,u;w\n").detected["delimiter"], ",");
    EXPECT_EQ(read("a,b,c\n1,2,x;y\n3,4,u;v\n").detected["delimiter"], ",");
}

TEST(Csv, WhatMayBeAThousandOrADateIsNoDecimalComma) {
    EXPECT_EQ(read("a\tb\n3,995\t1\n12,001\t2\n").detected["decimal"], ".");
    EXPECT_EQ(read("a;b\n3.5;x, y\n4.5;z\n").detected["decimal"], ".");
    EXPECT_EQ(read("a,b\n\"1,5\",2\n\"2,5\",3\n").detected["decimal"], ".");
    CsvSettings asked;
    asked.decimal = ",";
    EXPECT_EQ(kindOf(read("a\tb\n3,995\t1\n12,001\t2\n", asked), 0), ColumnKind::Number);
    asked.decimal = ".";
    EXPECT_NE(kindOf(read("a;b\n1,5;2\n2,5;3\n", asked), 0), ColumnKind::Number);
}

TEST(Csv, ADecimalCommaThatCannotBeReadMakesTheColumnText) {
    const auto t = read("a;day\n1,5;1.2.2020\n2,5;3.4.2020\n1,2,3;5.6.2021\n");
    EXPECT_EQ(t.detected["decimal"], ",");
    EXPECT_EQ(cell(t, 2, 0), "1,2,3");
    EXPECT_EQ(cell(t, 1, 1), "2020-04-03");
}

TEST(Csv, TheByteOrderMarkIsNotPartOfTheFirstName) { EXPECT_EQ(read("\xEF\xBB\xBFyear;n\n1;2\n").names[0], "year"); }

TEST(Csv, HeadersAreTold) {
    EXPECT_EQ(read("x,y\n1,2\n3,4\n").detected["header"], "yes");
    const auto bare = read("1,2\n3,4\n");
    EXPECT_EQ(bare.rows, 2);
    EXPECT_EQ(bare.names, (std::vector<std::string>{"column_1", "column_2"}));
    EXPECT_EQ(read("name,colour\nann,red\nbob,red\n").detected["header"], "yes");
    EXPECT_EQ(read("ann,red\nbob,red\ncid,blue\nann,red\n").rows, 4);
    CsvSettings forced;
    forced.header = "yes";
    EXPECT_EQ(read("1,2\n3,4\n", forced).names[0], "1");
}

TEST(Csv, AFileWithoutHeaderSaysSo) {
    const auto bare = read("5.1,3.5,a\n4.9,3.0,b\n4.7,3.2,a\n4.6,3.1,b\n");
    ASSERT_EQ(bare.issues.size(), 1u);
    EXPECT_EQ(bare.issues[0].what.code, "csv.no_header");
    EXPECT_EQ(bare.issues[0].severity, Severity::Note);
    EXPECT_EQ(bare.issues[0].what.argument("last"), "column_3");
    CsvSettings said;
    said.header = "no";
    EXPECT_TRUE(read("1,2\n3,4\n", said).issues.empty());
    EXPECT_TRUE(read("a,b\n1,2\n3,4\n").issues.empty());
}

TEST(Csv, ALineOfCountsIsNotAHeader) {
    for (const std::string first : {"4,2,yes,no", "4,2,yes", "4,2", "4,3,yes"}) {
        const auto t = read(first + "\n5.1,3.5,0\n4.9,3.0,1\n4.7,3.2,0\n4.6,3.1,1\n");
        EXPECT_EQ(t.rows, 4) << first;
        EXPECT_EQ(t.names, (std::vector<std::string>{"column_1", "column_2", "column_3"})) << first;
        ASSERT_EQ(t.issues.size(), 2u) << first;
        EXPECT_EQ(t.issues[0].what.code, "csv.count_line") << first;
        EXPECT_EQ(t.detected["skip_rows"], 1) << first;
    }
    CsvSettings said;
    said.header = "yes";
    EXPECT_EQ(read("4,2,yes\n5.1,3.5,0\n4.9,3.0,1\n", said).names[2], "yes");
}

TEST(Csv, ARowOfDataIsNotTakenForCounts) {
    EXPECT_EQ(read("5,2,x\n7,3,y\n8,1,x\n9,2,y\n").rows, 4);
    EXPECT_EQ(read("9,1\n7,3\n8,1\n9,2\n").rows, 4);
    EXPECT_EQ(read("year,2,left\n2001,3,1\n2002,1,2\n2003,5,2\n").names[0], "year");
}

TEST(Csv, CommentLinesAreLeftOut) {
    const auto t = read("# made by \"hand\n# second\na,b\n1,2\n# inside \"\n3,4\n");
    EXPECT_EQ(t.names[0], "a");
    EXPECT_EQ(t.rows, 2);
    EXPECT_EQ(read("#id,n\n1,2\n").names[0], "#id");
}

TEST(Csv, BlanksAroundUnquotedValuesAreDropped) {
    const auto t = read("a, b\n 1 , x\n2,y \n");
    EXPECT_EQ(t.names[1], "b");
    EXPECT_EQ(kindOf(t, 0), ColumnKind::Integer);
    EXPECT_EQ(cell(t, 0, 1), "x");
    CsvSettings keep;
    keep.trim = false;
    EXPECT_EQ(cell(read("a,b\n1, x\n2,y\n", keep), 0, 1), " x");
}

TEST(Csv, RaggedRowsNameRowAndCounts) {
    const auto error = refuse("a,b\n1,\"x\ny\"\n2\n");
    EXPECT_EQ(error.code, "csv.ragged_row");
    EXPECT_EQ(error.argument("row"), "4");
    EXPECT_EQ(error.argument("found"), "1");
    EXPECT_EQ(error.argument("expected"), "2");
}

TEST(Csv, RaggedRowsArePaddedOrSkippedAndCounted) {
    CsvSettings settings;
    settings.ragged = "pad";
    const auto padded = read("a,b\n1,2\n3\n4,5,6\n", settings);
    EXPECT_EQ(padded.rows, 3);
    EXPECT_EQ(padded.columns[1].missing(), 1);
    ASSERT_EQ(padded.issues.size(), 1u);
    EXPECT_EQ(padded.issues[0].count, 2);
    EXPECT_EQ(padded.issues[0].what.argument("row"), "3");
    settings.ragged = "skip";
    EXPECT_EQ(read("a,b\n1,2\n3\n4,5,6\n", settings).rows, 1);
}

TEST(Csv, TextThatIsNotUtf8IsRefusedWithItsPlaceWhereUtf8WasAskedFor) {
    CsvSettings utf8;
    utf8.encoding = "utf8";
    const auto error = refuse("a,b\n1,x\n2,caf\xE9\n", utf8);
    EXPECT_EQ(error.code, "csv.not_utf8");
    EXPECT_EQ(error.argument("row"), "3");
    EXPECT_EQ(error.argument("column"), "2");
    EXPECT_EQ(error.argument("byte"), "0xE9");
    CsvSettings latin;
    latin.encoding = "latin1";
    EXPECT_EQ(cell(read("a,b\n1,x\n2,caf\xE9\n", latin), 1, 1), "café");
    EXPECT_EQ(refuse("caf\xE9,b\n1,2\n", utf8).code, "csv.not_utf8");
}

TEST(Csv, WhatCannotBeATableIsRefused) {
    EXPECT_EQ(refuse("").code, "csv.empty");
    EXPECT_EQ(refuse("\n\n \n").code, "csv.empty");
    EXPECT_EQ(refuse("\xEF\xBB\xBF").code, "csv.empty");
    EXPECT_EQ(refuse("a,b\n").code, "csv.no_rows");
    const auto open = refuse("a,b\n1,2\n3,\"never\nclosed\n");
    EXPECT_EQ(open.code, "csv.unterminated_quote");
    EXPECT_EQ(open.argument("row"), "3");
    std::string wide = "c0";
    for (int i = 1; i <= 4096; ++i) wide += ",c" + std::to_string(i);
    EXPECT_EQ(refuse(wide + "\n").code, "csv.too_many_columns");
    EXPECT_EQ(parseCsv("/nowhere/at/all.csv").error().code, "file.not_found");
}

TEST(Csv, KindsCanBeAskedFor) {
    CsvSettings settings;
    settings.types = "zip=integer,n=number,flag=boolean,id=text,w=category";
    const auto t = read("zip,n,flag,id,w\n007,1,yes,5,a\n8,oops,0,6,b\n", settings);
    EXPECT_EQ(t.columns[0].view().integers[0], 7);
    EXPECT_EQ(t.columns[1].missing(), 1);
    EXPECT_EQ(t.columns[2].view().booleans[0], 1);
    EXPECT_EQ(cell(t, 0, 3), "5");
    EXPECT_EQ(kindOf(t, 4), ColumnKind::Category);
    ASSERT_EQ(t.issues.size(), 1u);
    EXPECT_EQ(t.issues[0].what.argument("row"), "3");
    settings.types = "nope=text";
    EXPECT_EQ(refuse("a\n1\n", settings).code, "csv.no_such_column");
    settings.types = "a=colour";
    EXPECT_EQ(refuse("a\n1\n", settings).code, "csv.unknown_kind");
}

TEST_F(CsvFiles, ImportWritesColumnsThatReadBack) {
    const auto path = write("n,c,t\n1.5,red,one\n,blue,\"two\n2\"\n2.5,red,\n3.5,blue,four\n");
    const auto imported = importWith(csv_importer(), path, {}, folder / "columns");
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_EQ(filesIn(folder / "columns"), 3u);
    const auto table = Table::open(imported->columns);
    ASSERT_TRUE(table.ok()) << table.error().debugText();
    EXPECT_EQ(table->head(2), (std::vector<std::vector<std::string>>{{"1.5", "red", "one"}, {"", "blue", "two\n2"}}));
    EXPECT_EQ(table->info(1).dictionary.size(), 2u);
    EXPECT_TRUE(table->view(2).isMissing(2));
    EXPECT_EQ(table->find("nope").error().code, "table.no_such_column");
    for (const auto& column : imported->columns) EXPECT_TRUE(verifyColumnFile(column.path).ok());
}

TEST_F(CsvFiles, AFailedOrCancelledImportLeavesNothing) {
    const auto path = write("a,b\n1,x\n2\n");
    const auto failed = importWith(csv_importer(), path, {}, folder / "columns");
    EXPECT_EQ(failed.error().code, "csv.ragged_row");
    EXPECT_EQ(failed.error().argument("file"), path.string());
    EXPECT_EQ(filesIn(folder / "columns"), 0u);
    ImportJob job;
    job.cancel.cancel();
    EXPECT_EQ(importWith(csv_importer(), write("a,b\n1,x\n"), {}, folder / "columns", job).error().code, "job.cancelled");
    EXPECT_EQ(filesIn(folder / "columns"), 0u);
}

TEST_F(CsvFiles, ADiskThatFailsAtAnyCallLeavesNothing) {
    const auto path = write("n,c,t\n1.5,red,one\n,blue,\"two\n2\"\n2.5,red,\n3.5,blue,four\n");
    ImportJob job;
    job.threads = 1;
    int calls = 0;
    {
        FaultFiles counting;
        const auto guard = replaceFiles(counting);
        ASSERT_TRUE(importWith(csv_importer(), path, {}, folder / "counted", job).ok());
        calls = static_cast<int>(counting.calls().size());
    }
    ASSERT_GT(calls, 10);
    for (int nth = 1; nth <= calls; ++nth) {
        FaultFiles faults;
        const auto guard = replaceFiles(faults);
        faults.failCall(nth);
        const auto imported = importWith(csv_importer(), path, {}, folder / "columns", job);
        EXPECT_FALSE(imported.ok()) << "call " << nth;
        EXPECT_EQ(filesIn(folder / "columns"), 0u) << "call " << nth << " left something behind";
    }
}

TEST_F(CsvFiles, AFileThatIsCutShortWhileItIsReadIsAnError) {
    std::string text = "a,b\n";
    while (text.size() < 3u << 20) text += "1234567,some words\n";
    const auto path = write(text);
    ImportJob job;
    job.threads = 1;
    job.progress = [&](const Progress&) { std::filesystem::resize_file(path, 100); };
    const auto imported = importWith(csv_importer(), path, {}, folder / "columns", job);
    ASSERT_FALSE(imported.ok());
    EXPECT_EQ(imported.error().code, "file.changed_while_reading");
    EXPECT_EQ(imported.error().argument("file"), path.string());
    EXPECT_EQ(filesIn(folder / "columns"), 0u);
}

TEST_F(CsvFiles, AFileThatIsWrittenToWhileItIsReadIsAnError) {
    const auto path = write("a,b\n1,2\n3,4\n");
    ImportJob job;
    job.threads = 1;  // the thread that reports is then the one that reads
    job.progress = [&](const Progress&) { std::ofstream(path, std::ios::app) << "5,6\n"; };
    EXPECT_EQ(importWith(csv_importer(), path, {}, folder / "columns", job).error().code, "file.changed_while_reading");
    EXPECT_EQ(filesIn(folder / "columns"), 0u);
}

TEST_F(CsvFiles, AHeaderLongerThanTheFirstPieceIsRead) {
    std::string text = "a," + std::string(5u << 20, 'x') + "\n";
    for (int i = 0; i < 100; ++i) text += "1,2\n";
    const auto table = parseCsv(write(text), {}, 2);
    ASSERT_TRUE(table.ok()) << table.error().debugText();
    EXPECT_EQ(table->rows, 100);
    EXPECT_EQ(table->names[1].size(), 5u << 20);
}

TEST_F(CsvFiles, FilesAndTextsGiveTheSameTable) {
    std::string text = "n,t\n";
    for (int i = 0; i < 60000; ++i) text += std::to_string(i) + ".5,\"word, \"\"" + std::to_string(i % 7) + "\"\"\nline" + std::string(i % 500 == 0 ? 10000 : 0, 'z') + "\"\n";
    const auto path = write(text);
    const auto fromText = parseCsvText(text, {}, 1), fromFile = parseCsv(path, {}, 3);
    ASSERT_TRUE(fromText.ok() && fromFile.ok());
    EXPECT_EQ(fromFile->rows, 60000);
    EXPECT_EQ(fromFile->columns[1].dictionary(), fromText->columns[1].dictionary());
    const auto a = fromText->columns[0].view().numbers, b = fromFile->columns[0].view().numbers;
    EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end()));
}

TEST_F(CsvFiles, EqualColumnsShareAFileAndAFailedImportKeepsIt) {
    const auto first = importWith(csv_importer(), write("a,b\n1,1\n2,2\n"), {}, folder / "columns");
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(first->columns[0].hash, first->columns[1].hash);
    EXPECT_EQ(filesIn(folder / "columns"), 1u);
    EXPECT_FALSE(importWith(csv_importer(), write("a,b\n1,1\n2\n"), {}, folder / "columns").ok());
    EXPECT_EQ(filesIn(folder / "columns"), 1u);
}

TEST_F(CsvFiles, MoreColumnsThanOpenFilesAreAllowed) {
    std::string header = "c0", row = "0";
    for (int i = 1; i < 600; ++i) {
        header += ",c" + std::to_string(i);
        row += ",t" + std::to_string(i);
    }
    const auto imported = importWith(csv_importer(), write(header + "\n" + row + "\n"), {}, folder / "columns");
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_EQ(imported->columns.size(), 600u);
}

TEST_F(CsvFiles, PreviewShowsTheFirstRowsAndWhatWasFound) {
    const auto preview = previewWith(csv_importer(), write("a;b\n1;x\n2;y\n3;z\n"), {}, 2);
    ASSERT_TRUE(preview.ok());
    EXPECT_EQ(preview->detected["delimiter"], ";");
    EXPECT_EQ(preview->rows, (std::vector<std::vector<std::string>>{{"1", "x"}, {"2", "y"}}));
}

TEST_F(CsvFiles, RemarksNameTheFile) {
    const auto path = write("1,2\n3,4\n");
    const auto preview = previewWith(csv_importer(), path, {}, 2);
    const auto imported = importWith(csv_importer(), path, {}, folder / "columns");
    ASSERT_TRUE(preview.ok() && imported.ok());
    EXPECT_EQ(preview->issues.at(0).what.argument("file"), path.string());
    EXPECT_EQ(imported->issues.at(0).what.argument("file"), path.string());
}

TEST_F(CsvFiles, TheImporterIsFoundByNameAndContent) {
    const auto found = importerFor(write("a,b\n1,2\n"));
    ASSERT_TRUE(found.ok());
    EXPECT_EQ((*found)->id, "csv");
    EXPECT_EQ(importerFor(folder / "absent.csv").error().code, "file.not_found");
}

// What is done many bytes at a time

/// The same dialect, but every quote is followed one by one: a comment letter that never comes forbids to count them.
CsvDialect followed(CsvDialect dialect) {
    dialect.comment = '\x01';
    return dialect;
}

std::string textOfLetters(std::string_view letters, std::size_t length, std::mt19937& random) {
    std::string text;
    while (text.size() < length) text += letters[random() % letters.size()];
    return text;
}

TEST(Csv, CountedQuotesCutWhereFollowedOnesDo) {
    std::mt19937 random(7);
    // Few quotes: most texts are odd. Whole cells: most are not.
    const std::vector<std::string> cells{"a", "", "12.5", "\"b\"", "\"\"", "\"c,d\"", "\"say \"\"hi\"\"\"", "\"two\nlines\"", " e ", "f\"g", "\"\"\"\"", "a long cell without anything in it"};
    for (int round = 0; round < 4000; ++round) {
        std::string text = round % 4 == 3 ? "\"a \"\"doubled\"\" quote" + std::string(static_cast<std::size_t>(round / 4 % 130), '-') + "\"," : "";
        if (round % 2 == 0) text += textOfLetters("a,\"\n\r b\"", random() % 300, random);
        else
            for (int i = 0; i < 40; ++i) text += cells[random() % (round % 4 == 1 ? cells.size() : 8)] + (i % 3 < 2 ? "," : round % 8 < 4 ? "\n" : "\r\n");
        CsvDialect dialect;
        dialect.lineEnd = round % 16 == 6 ? '\r' : '\n';
        dialect.trim = round % 5 != 0;
        CsvBlockFields counted, slow;
        csvCutFields(text, dialect, 3, CsvRagged::Skip, counted);
        csvCutFields(text, followed(dialect), 3, CsvRagged::Skip, slow);
        ASSERT_EQ(counted.rows, slow.rows) << text;
        ASSERT_EQ(counted.ragged, slow.ragged) << text;
        ASSERT_EQ(counted.oddQuotes, slow.oddQuotes) << text;
        for (std::size_t i = 0; i < slow.rows * 3; ++i) {
            ASSERT_EQ(counted.fields[i].in(text), slow.fields[i].in(text)) << text;
            ASSERT_EQ(counted.fields[i].raw, slow.fields[i].raw) << text;
        }
        const std::size_t target = 1 + random() % (text.size() + 1);
        const CsvCut cut = csvCut(text, 0, target, dialect), slowCut = csvCut(text, 0, target, followed(dialect));
        ASSERT_EQ(cut.end, slowCut.end) << text << '|' << target;
        ASSERT_EQ(cut.openQuote, slowCut.openQuote) << text;
    }
}

/// Numbers of all lengths and forms; `wanted`: what they are to be.
std::vector<std::string> writtenNumbers(std::size_t count, bool integers) {
    std::mt19937 random(11);
    std::vector<std::string> texts{"0", "-0", "5", "-7", "999999999999999", "-999999999999999"};
    if (!integers) texts.insert(texts.end(), {".5", "5.", "-.25", "0.1", "00.5", "9007199254740993.5", "1e5", "-2.5E-3", "+4.5", "inf", "0.30000000000000004", "123456789012.3456"});
    while (texts.size() < count) {
        std::string text = random() % 2 ? "-" : "";
        text += textOfLetters("0123456789", 1 + random() % 15, random);
        if (!integers && random() % 4) text += "." + textOfLetters("0123456789", random() % 12, random);
        if (!integers && random() % 16 == 0) text += "e" + std::to_string(static_cast<int>(random() % 60) - 30);
        texts.push_back(text);
    }
    std::erase_if(texts, [&](const std::string& text) {
        const auto is = readNumber(text).is;
        return is == TextValue || (integers && is != IntegerValue);
    });
    return texts;
}

TEST(Csv, NumbersOfEveryLengthAreReadToTheLastBit) {
    const auto numbers = writtenNumbers(3000, false), integers = writtenNumbers(3000, true);
    std::string text = "number,integer\n";
    const std::size_t rows = std::min(numbers.size(), integers.size());
    ASSERT_GT(rows, 1000u);
    for (std::size_t i = 0; i < rows; ++i) text += numbers[i] + ',' + (i % 9 == 4 ? "" : i % 9 == 5 ? '"' + integers[i] + '"' : integers[i]) + '\n';
    const auto t = read(text, {}, 2);
    ASSERT_EQ(kindOf(t, 0), ColumnKind::Number);
    ASSERT_EQ(kindOf(t, 1), ColumnKind::Integer);
    for (std::size_t i = 0; i < rows; ++i) {
        ASSERT_EQ(std::bit_cast<std::uint64_t>(t.columns[0].view().numbers[i]), std::bit_cast<std::uint64_t>(std::strtod(numbers[i].c_str(), nullptr))) << numbers[i];
        ASSERT_EQ(t.columns[1].view().isMissing(static_cast<std::int64_t>(i)), i % 9 == 4);
        ASSERT_EQ(t.columns[1].view().integers[i], i % 9 == 4 ? 0 : std::stoll(integers[i])) << integers[i];
    }
}

TEST(Csv, WordsForMissingValuesMayBeNumbers) {
    CsvSettings settings;
    settings.missing = "-999,NA";
    const auto t = read("a,b\n-999,1.5\n7,-999\n-8,NA\n9,2.5\n", settings);
    EXPECT_EQ(t.columns.at(0).missing(), 1);
    EXPECT_EQ(t.columns.at(1).missing(), 2);
    EXPECT_EQ(cell(t, 2, 0), "-8");
}

}  // namespace
}  // namespace lamina
