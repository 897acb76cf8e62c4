// Tables as files for other programs.
#include "app/jobs/table_export.h"

#include <gtest/gtest.h>

#include "tests/app/jobs/clean_jobs_project.h"

namespace lamina {
namespace {

Table smallTable() {
    ColumnData text(ColumnKind::Text), number(ColumnKind::Number), time(ColumnKind::Time), flag(ColumnKind::Boolean);
    for (const char* word : {"=1+1", "-5", "@home", "two\nlines \"quoted\""}) text.addText(word);
    text.addMissing();
    for (const double x : {1.5, -2.0, std::nan(""), 4e300, 5.0}) number.addNumber(x);
    for (const std::int64_t ms : {0LL, 1709294400000LL, 1709294445250LL, -1LL}) time.addInteger(ms);
    time.addMissing();
    for (const bool b : {true, false, true, true, false}) flag.addBoolean(b);
    std::vector<TableColumn> columns;
    columns.push_back(TableColumn::inMemory(std::move(text), "a", "=text"));
    columns.push_back(TableColumn::inMemory(std::move(number), "b", "number"));
    columns.push_back(TableColumn::inMemory(std::move(time), "c", "time"));
    columns.push_back(TableColumn::inMemory(std::move(flag), "d", "flag"));
    return *Table::of(std::move(columns));
}

TEST(TableExports, CsvMarksWhatASpreadsheetWouldRun) {
    const TemporaryFolder folder;
    CleanTable clean;
    clean.table = smallTable();
    clean.removedBy = std::make_shared<std::vector<std::uint16_t>>(std::vector<std::uint16_t>{0, 0, 0, 1, 0});
    const auto outcome = must(exportTable(clean, {folder / "t.csv", {}, false, true, false, {}, {}}));
    EXPECT_EQ(outcome.rows, 4);
    EXPECT_EQ(outcome.issues.at(0).count, 3);
    EXPECT_EQ(*readTextFile(folder / "t.csv"), "\xEF\xBB\xBF'=text,number,time,flag\n'=1+1,1.5,1970-01-01,true\n-5,-2,2024-03-01 12:00:00,false\n"
                                               "'@home,,2024-03-01 12:00:45.250,true\n,5,,false\n");
    EXPECT_EQ(exportTable(clean, {folder / "t.csv", {}, false, false, false, {}, {}}).error().code, "jobs.file_exists");
    must(exportTable(clean, {folder / "t.csv", {}, true, false, true, {}, {}}));
    EXPECT_EQ(readTextFile(folder / "t.csv")->substr(0, 24), "=text,number,time,flag\n=");
    EXPECT_EQ(exportTable(clean, {folder / "t.doc", {}, false, false, false, {}, {}}).error().code, "export.unknown_format");
    EXPECT_EQ(folder.names(), std::vector<std::string>{"t.csv"});
}

TEST(TableExports, JsonLinesAndArraysReadBackAsTheyWere) {
    const TemporaryFolder folder;
    CleanTable clean;
    clean.table = smallTable();
    must(exportTable(clean, {folder / "t.jsonl", {}, false, false, false, {}, {}}));
    std::ifstream lines(folder / "t.jsonl");
    std::string line;
    std::vector<nlohmann::json> rows;
    while (std::getline(lines, line)) rows.push_back(nlohmann::json::parse(line));
    ASSERT_EQ(rows.size(), 5u);
    EXPECT_EQ(rows[3], (nlohmann::json{{"=text", "two\nlines \"quoted\""}, {"number", 4e300}, {"time", "1969-12-31 23:59:59.999"}, {"flag", true}}));
    EXPECT_EQ(rows[4]["=text"], nullptr);
    must(exportTable(clean, {folder / "t.npz", {}, false, false, false, {}, {}}));
    const auto bytes = *readTextFile(folder / "t.npz");
    EXPECT_EQ(bytes.substr(0, 2), "PK");
    for (const char* name : {"=text.npy", "number.npy", "time.npy", "flag.npy"}) EXPECT_NE(bytes.find(name), std::string::npos);
}

TEST(TableExports, SheetsThatWouldBeCutAreRefusedWithTheReason) {
    const TemporaryFolder folder;
    CleanTable clean;
    clean.table = smallTable();
    must(exportTable(clean, {folder / "t.xlsx", {}, false, false, false, {}, {}}));
    EXPECT_EQ(readTextFile(folder / "t.xlsx")->substr(0, 2), "PK");
    ColumnData many(ColumnKind::Boolean);
    for (int i = 0; i < 1048576; ++i) many.addBoolean(true);
    std::vector<TableColumn> columns;
    columns.push_back(TableColumn::inMemory(std::move(many), "a", "a"));
    clean.table = *Table::of(columns);
    EXPECT_EQ(exportTable(clean, {folder / "u.xlsx", {}, false, false, false, {}, {}}).error().code, "export.too_many_rows");
    ColumnData wide(ColumnKind::Text);
    wide.addText(std::string(40000, 'x'));
    clean.table = *Table::of({TableColumn::inMemory(std::move(wide), "a", "a")});
    EXPECT_EQ(exportTable(clean, {folder / "u.xlsx", {}, false, false, false, {}, {}}).error().code, "export.text_too_long");
    EXPECT_EQ(folder.names(), std::vector<std::string>{"t.xlsx"});
}

}  // namespace
}  // namespace lamina
