// Every importer of files: what it reads from good ones (numbers of pandas and NumPy in files/expected.json), what it says of the bad cells in them,
// and what it refuses. Hostile files are refused quickly, without the memory that they claim.
#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "core/data/importers/archive_file.h"
#include "core/data/importers/importer.h"
#include "core/data/table.h"
#include "tests/support/fault_files.h"
#include "tests/support/import_test.h"

namespace lamina {
namespace {

const Path madeFiles = Path(LAMINA_SOURCE_DIR) / "tests/core/data/importers/files";

nlohmann::json expectedOf(const std::string& name) { return nlohmann::json::parse(std::ifstream(madeFiles / "expected.json"))[name]; }

using Cells = std::vector<std::vector<std::string>>;
using Members = std::vector<std::pair<std::string, std::string>>;

class FileImport : public ImportTest {
protected:
    /// A zip of these members; `password`: encrypted. A name that ends with "@" is a link to /etc/passwd.
    Path zip(const std::string& name, const Members& members, const char* format = "zip", bool password = false) {
        const Path path = m_source / name;
        archive* out = archive_write_new();
        archive_write_set_format_by_name(out, format);
        if (std::string_view(format) == "ustar") archive_write_add_filter_gzip(out);
        if (password) {
            archive_write_set_options(out, "zip:encryption=traditional");
            archive_write_set_passphrase(out, "secret");
        }
        archive_write_open_filename(out, path.c_str());
        for (const auto& [member, bytes] : members) {
            archive_entry* entry = archive_entry_new();
            const bool link = member.ends_with('@');
            archive_entry_set_pathname(entry, link ? member.substr(0, member.size() - 1).c_str() : member.c_str());
            archive_entry_set_filetype(entry, link ? AE_IFLNK : AE_IFREG);
            if (link) archive_entry_set_symlink(entry, "/etc/passwd");
            archive_entry_set_perm(entry, 0644);
            archive_entry_set_size(entry, link ? 0 : static_cast<la_int64_t>(bytes.size()));
            archive_write_header(out, entry);
            if (!link) archive_write_data(out, bytes.data(), bytes.size());
            archive_entry_free(entry);
        }
        archive_write_close(out);
        archive_write_free(out);
        return path;
    }
    Path database(const std::string& name, const std::string& sql) {
        const Path path = m_source / name;
        sqlite3* made = nullptr;
        sqlite3_open(path.c_str(), &made);
        char* error = nullptr;
        EXPECT_EQ(sqlite3_exec(made, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << (error ? error : "");
        sqlite3_free(error);
        sqlite3_close(made);
        return path;
    }
};

// JSON

TEST_F(FileImport, JsonObjectsBecomeRowsAndNestedObjectsColumns) {
    const Table table = read(put("a.json", R"([{"id": 1, "who": {"name": "Ann", "at": {"city": "Rome"}}, "tags": ["x", {"k": 1.5}], "on": true},
        {"id": 2, "who": {"name": "B\u00f6b"}, "on": null, "score": 2.5}, {"score": "3", "id": 3}])"));
    EXPECT_EQ(names(table), (std::vector<std::string>{"id", "who.name", "who.at.city", "tags", "on", "score"}));
    EXPECT_EQ(kinds(table), "integer text text text boolean number");
    EXPECT_EQ(table.head(3), (Cells{{"1", "Ann", "Rome", R"(["x",{"k":1.5}])", "true", ""}, {"2", "Böb", "", "", "", "2.5"}, {"3", "", "", "", "", "3"}}));
}

TEST_F(FileImport, JsonFindsTheLongestListWithinAnObject) {
    const auto path = put("b.json", R"({"meta": {"rows": [1, 2, 3, 4]}, "few": [{"a": 1}], "result": {"items": [{"b": 1}, {"b": 2}, {"b": 4}]}})");
    Table table = read(path);
    EXPECT_EQ(m_detected["records"], "result.items");
    EXPECT_EQ(table.head(9), (Cells{{"1"}, {"2"}, {"4"}}));
    EXPECT_EQ(names(read(path, {{"records", "few"}})), (std::vector<std::string>{"a"}));
    EXPECT_EQ(refusal(put("c.json", R"({"a": 1, "b": [1, 2]})")), "json.no_records");
    EXPECT_EQ(read(put("rows.json", R"([[1, "x"], [2, "y"]])")).head(2), (Cells{{"1", "x"}, {"2", "y"}}));
}

TEST_F(FileImport, LongIntegersKeepEveryDigit) {
    const Table table = read(put("ids.jsonl", "{\"a\": 9007199254740993, \"b\": 9007199254740993, \"c\": 18446744073709551615}\n{\"a\": 1, \"b\": 0.5, \"c\": 123456789012345678901234}\n"));
    EXPECT_EQ(kinds(table), "integer text text");
    EXPECT_EQ(table.head(2), (Cells{{"9007199254740993", "9007199254740993", "18446744073709551615"}, {"1", "0.5", "123456789012345678901234"}}));
}

TEST_F(FileImport, BadLinesOfJsonAreLeftOutAndTold) {
    const auto path = put("bad.jsonl", "{\"a\": 1}\n{\"a\": 2\n\n{\"a\": 1e999}\n[3]\n{\"a\": \"\\ud800\"}\n{\"a\": NaN}\n{\"a\": 4, \"a\": 5}\n");
    const Table table = read(path);
    EXPECT_EQ(table.head(9), (Cells{{"1"}, {""}, {"5"}}));
    EXPECT_EQ(issueCount("json.rows_skipped"), 4);
    EXPECT_EQ(issueCount("json.repeated_key"), 1);
    EXPECT_EQ(refusal(path, {{"bad", "error"}}), "json.line");
    EXPECT_EQ(m_error.argument("line"), "2");
}

TEST_F(FileImport, WholeJsonWithNanIsReadAndBrokenJsonRefusedWithItsPlace) {
    EXPECT_EQ(read(put("n.jsonl", "{\"t\": \"a\\\\\", \"n\": NaN}\n{\"t\": \"NaN \\\" NaN\", \"n\": -Infinity}\n")).head(2), (Cells{{"a\\", ""}, {"NaN \" NaN", ""}}));
    EXPECT_EQ(read(put("n.json", R"({"rows": [{"a": NaN, "b": "NaN"}, {"a": -Infinity, "b": "Infinity \" NaN"}, {"a": 1, "b": "x"}]})")).head(3),
              (Cells{{"", "NaN"}, {"", "Infinity \" NaN"}, {"1", "x"}}));
    EXPECT_EQ(issueCount("json.not_a_number"), 1);
    EXPECT_EQ(refusal(put("cut.json", R"([{"a": 1}, {"a")")), "json.not_json");
    EXPECT_EQ(m_error.argument("position"), "16");
    EXPECT_EQ(refusal(put("deep.json", "[{\"a\": " + std::string(100'000, '['))), "json.too_deep");
    EXPECT_EQ(refusal(put("empty.json", "[]")), "import.no_columns");
    std::string wide = "[{";
    for (int i = 0; i < 5000; ++i) wide += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
    EXPECT_EQ(refusal(put("wide.json", wide + "}]")), "import.too_many_columns");
}

TEST_F(FileImport, ManyRowsWaitInAFileAndComeOutAsTheyWere) {
    std::string lines;
    for (int i = 0; i < 100'000; ++i)
        lines += "{\"i\": " + std::to_string(i) + ", \"t\": \"" + std::string(160, static_cast<char>('a' + i % 26)) + std::to_string(i) + "\", \"k\": \"c" + std::to_string(i % 7) + "\"}\n";
    const Table table = read(put("many.jsonl", lines));
    ASSERT_EQ(table.rows(), 100'000);
    EXPECT_EQ(kinds(table), "integer text category");
    for (const std::int64_t row : {std::int64_t{0}, std::int64_t{50'000}, std::int64_t{99'999}})
        EXPECT_EQ(table.rowText(row), (std::vector<std::string>{std::to_string(row), std::string(160, static_cast<char>('a' + row % 26)) + std::to_string(row), "c" + std::to_string(row % 7)}));
}

TEST_F(FileImport, ADiskThatFailsAtAnyCallLeavesNothing) {
    const auto path = put("a.json", R"([{"a": 1, "b": "x"}, {"a": 2, "b": "x"}])");
    int calls = 0;
    {
        FaultFiles counting;
        const auto guard = replaceFiles(counting);
        ASSERT_TRUE(importWith(*findImporter("json"), path, nlohmann::json::object(), m_target / "counted").ok());
        calls = static_cast<int>(counting.calls().size());
    }
    ASSERT_GT(calls, 6);
    for (int nth = 1; nth <= calls; ++nth) {
        FaultFiles faults;
        const auto guard = replaceFiles(faults);
        faults.failCall(nth);
        EXPECT_EQ(refusal(path), "file.failed") << "call " << nth;
    }
}

TEST_F(FileImport, KindsAreChosenMissingWordsNamedAndTimesRecognised) {
    const auto path = put("t.jsonl", "{\"d\": \"2024-03-01\", \"n\": \"-\", \"c\": 1}\n{\"d\": \"2024-03-01 12:30:00\", \"n\": \"7\", \"c\": 2}\n{\"d\": null, \"n\": \"x\", \"c\": 1}\n");
    const Table table = read(path, {{"missing", "-"}, {"types", "n=number, c=category"}});
    EXPECT_EQ(kinds(table), "time number category");
    EXPECT_EQ(table.head(3), (Cells{{"2024-03-01", "", "1"}, {"2024-03-01 12:30:00", "7", "2"}, {"", "", "1"}}));
    EXPECT_EQ(issueCount("import.values_became_missing"), 1);
    EXPECT_EQ(refusal(path, {{"types", "q=number"}}), "import.no_such_column");
    EXPECT_EQ(refusal(path, {{"types", "n=tensor"}}), "import.unknown_kind");
}

// ARFF

TEST_F(FileImport, AFileOfBadRowsAloneCanBeCancelled) {
    std::string arff = "@relation r\n@attribute a numeric\n@data\n", lines = "{\"a\": 1}\n";
    for (int i = 0; i < 60'000; ++i) {
        arff += "1,2,3,4,5\n";
        lines += "{\"a\": ]\n";
    }
    for (const auto& path : {put("bad.arff", arff), put("bad.jsonl", lines)}) {
        ImportJob job;
        job.progress = [&](const Progress&) { job.cancel.cancel(); };
        const auto imported = importWith(**importerFor(path), path, {}, m_target / "columns", job);
        ASSERT_FALSE(imported.ok()) << path;
        EXPECT_EQ(imported.error().code, "job.cancelled") << path;
        EXPECT_TRUE(held().empty());
    }
}

TEST_F(FileImport, ArffKeepsTheKindsOfItsHeader) {
    const Table table = read(put("w.arff", "% a comment\n@RELATION 'my data'\n@attribute 'the class' {yes, 'no way', \"it's\"}\n@ATTRIBUTE size NUMERIC\n@attribute n integer\n"
                                           "@attribute note string\n@attribute day date \"yyyy-MM-dd\"\n\n@DATA\n'no way', 1.5, 3, 'a, \\'b\\'', 2024-03-01\n% another\n"
                                           "yes,?,x,?,'2024-03-02'\nmaybe, 1, 2, q, 2024-13-01\nyes, 1\n'it\\'s',2,4,z,?,{5}\n"));
    EXPECT_EQ(kinds(table), "category number integer text time");
    EXPECT_EQ(table.info(0).dictionary, (std::vector<std::string>{"yes", "no way", "it's"}));
    EXPECT_EQ(table.head(9), (Cells{{"no way", "1.5", "3", "a, 'b'", "2024-03-01"}, {"yes", "", "", "", "2024-03-02"}, {"", "1", "2", "q", ""}, {"it's", "2", "4", "z", ""}}));
    EXPECT_EQ(issueCount("arff.rows_skipped"), 1);
    EXPECT_EQ(issueCount("arff.values_became_missing"), 1);
}

TEST_F(FileImport, SparseArffRowsAreFilledUpAndBrokenHeadersRefused) {
    EXPECT_EQ(read(put("s.arff", "@relation s\n@attribute a numeric\n@attribute b {x,y}\n@attribute c numeric\n@data\n{0 5, 1 y}\n{}\n{2 1.5}\n{9 1}\n")).head(9),
              (Cells{{"5", "y", "0"}, {"0", "x", "0"}, {"0", "x", "1.5"}}));
    EXPECT_EQ(issueCount("arff.rows_skipped"), 1);
    EXPECT_EQ(refusal(put("h.arff", "@relation s\n@attribute a {x,y\n@data\n")), "arff.header");
    EXPECT_EQ(m_error.argument("line"), "2");
    EXPECT_EQ(refusal(put("r.arff", "@relation s\n@attribute a relational\n@data\n")), "arff.header");
    EXPECT_EQ(refusal(put("n.arff", "@relation s\n@attribute a numeric\n")), "arff.no_data");
}

// SQLite

TEST_F(FileImport, SqliteReadsTheLargestTableOrTheOneNamed) {
    const auto path = database("d.db", "CREATE TABLE small(a); INSERT INTO small VALUES (1); CREATE TABLE \"my table\"(id INTEGER, x REAL, t TEXT, b BLOB, d DATE);"
                                       "INSERT INTO \"my table\" VALUES (9223372036854775807, 1.5, 'one', x'00ff', '2024-03-01'), (2, NULL, 'two', NULL, '2024-03-02');"
                                       "CREATE VIEW v AS SELECT upper(t) AS big, id FROM \"my table\" WHERE id = 2;");
    const Table table = read(path);
    EXPECT_EQ(m_detected["table"], "my table");
    EXPECT_EQ(kinds(table), "integer number text number time");
    EXPECT_EQ(table.head(2), (Cells{{"9223372036854775807", "1.5", "one", "", "2024-03-01"}, {"2", "", "two", "", "2024-03-02"}}));
    EXPECT_EQ(issueCount("sqlite.values_became_missing"), 1);
    EXPECT_EQ(read(path, {{"table", "v"}}).head(2), (Cells{{"TWO", "2"}}));
    EXPECT_EQ(refusal(path, {{"table", "other"}}), "sqlite.no_such_table");
}

TEST_F(FileImport, HostileDatabasesAreRefusedInTime) {
    const auto path = database("h.db", "CREATE TABLE a(x); INSERT INTO a VALUES (1);"
                                       "CREATE VIEW forever AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r;"
                                       "CREATE VIEW large AS SELECT zeroblob(1000000000) AS b; CREATE VIEW load AS SELECT load_extension('/tmp/x.so') AS b;"
                                       "CREATE TABLE ten(x); INSERT INTO ten VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);"
                                       "CREATE VIEW slow AS SELECT count(*) AS n FROM ten a, ten b, ten c, ten d, ten e, ten f, ten g, ten h, ten i, ten j, ten k;");
    for (const char* view : {"forever", "large", "load"}) EXPECT_EQ(refusal(path, {{"table", view}}), "sqlite.refused") << view;
    EXPECT_EQ(refusal(path, {{"table", "slow"}}), "sqlite.too_slow");
    const auto bytes = *readTextFile(path);
    for (std::size_t i = 0; i < 100; ++i) {
        auto damaged = bytes;
        for (std::size_t n = 0; n < 4; ++n) damaged[(i * 7919 + n * 104729) % damaged.size()] ^= static_cast<char>(1 + i % 255);
        (void)refusal(put("flip.db", damaged), {{"table", "a"}});
        std::filesystem::remove_all(m_target / "columns");
    }
    EXPECT_EQ(refusal(put("cut.db", bytes.substr(0, 5000))), "sqlite.unreadable");
    EXPECT_FALSE(std::filesystem::exists(m_source / "cut.db-journal"));
}

// NumPy

class NumpyFiles : public FileImport, public testing::WithParamInterface<std::pair<const char*, const char*>> {};

TEST_P(NumpyFiles, GiveWhatNumpyReads) {
    const auto [name, kind] = GetParam();
    const auto expected = expectedOf(name);
    const Table table = read(madeFiles / name);
    ASSERT_EQ(table.rows(), expected["shape"][0]);
    EXPECT_EQ(columnKindName(table.info(0).kind), std::string(kind));
    EXPECT_EQ(nlohmann::json(table.head(5)), expected["rows"]);
}
INSTANTIATE_TEST_SUITE_P(All, NumpyFiles,
                         testing::Values(std::pair{"float32.npy", "number"}, std::pair{"big_endian_fortran.npy", "integer"}, std::pair{"half.npy", "number"},
                                         std::pair{"flags.npy", "boolean"}, std::pair{"words.npy", "text"}, std::pair{"days.npy", "time"}, std::pair{"nanoseconds.npy", "time"}));

TEST_F(FileImport, ArraysOfSeveralAxesBecomeTensorsWithColoursFirst) {
    Table table = read(madeFiles / "pictures.npy");
    EXPECT_EQ(table.info(0).elementShape, (Shape{3, 4, 6}));
    EXPECT_EQ(table.info(0).elementType, DType::UInt8);
    const auto expected = expectedOf("pictures.npy")["rows"];
    for (std::size_t place = 0; place < 72; ++place)
        EXPECT_EQ(std::to_string(std::to_integer<int>(table.view(0).element(4)[(place % 3) * 24 + place / 3])), expected[4][place].get<std::string>());
    EXPECT_EQ(read(madeFiles / "pictures.npy", {{"layout", "as_is"}}).info(0).elementShape, (Shape{4, 6, 3}));

    table = read(madeFiles / "fortran_cube.npy");
    const auto cube = expectedOf("fortran_cube.npy")["rows"];
    const auto element = table.view(0).element(3);
    for (std::size_t i = 0; i < 6; ++i) {
        float value = 0;
        std::memcpy(&value, element.data() + i * 4, 4);
        EXPECT_EQ(value, static_cast<float>(std::stod(cube[3][i].get<std::string>())));
    }
}

TEST_F(FileImport, NpzStacksSubsetsAndLeavesOutWhatDoesNotFit) {
    Table table = read(madeFiles / "subsets.npz");
    EXPECT_EQ(names(table), (std::vector<std::string>{"x", "y", "subset"}));
    EXPECT_EQ(table.info(0).elementShape, (Shape{1, 3, 2}));
    EXPECT_EQ(table.rowText(1), (std::vector<std::string>{"uint8 1×3×2", "1", "training"}));
    EXPECT_EQ(table.rowText(5), (std::vector<std::string>{"uint8 1×3×2", "8", "test"}));
    table = read(madeFiles / "together.npz");
    EXPECT_EQ(names(table), (std::vector<std::string>{"a", "b_1", "b_2"}));
    EXPECT_EQ(table.rowText(2), (std::vector<std::string>{"2", "1", "1.25"}));
    EXPECT_EQ(issueCount("npy.array_left_out"), 1);
    EXPECT_EQ(read(madeFiles / "together.npz", {{"arrays", "other"}}).rows(), 5);
    EXPECT_EQ(read(madeFiles / "records.npy").head(2), (Cells{{"1", "2.5", "x"}, {"2", "3.5", "yy"}}));
}

TEST_F(FileImport, LyingNumpyHeadersAndObjectsAreRefused) {
    const auto npy = [](const std::string& header) {
        std::string text("\x93NUMPY\x01\x00", 8);
        text += static_cast<char>(header.size() & 255);
        text += static_cast<char>(header.size() >> 8);
        return text + header + std::string(64, '\0');
    };
    const std::pair<const char*, const char*> cases[] = {
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "npy.size"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904,), }", "npy.header"},
        {"{'descr': '<f8', 'fortran_order': True, 'shape': (9,), }", "npy.size"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 8), }", "npy.header"},
        {"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "npy.object"},
        {"{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", "npy.type"},
        {"{'descr': '<U99999999999', 'fortran_order': False, 'shape': (1,), }", "npy.type"},
        {"{'descr': [('a', '<f8', (2,))], 'fortran_order': False, 'shape': (1,), }", "npy.type"},
        {"{'descr': '<f8', 'shape': (0, 1000000000000)}", "npy.empty"},
        {"{'descr': '<f8'", "npy.header"},
        {"{}", "npy.header"},
    };
    for (const auto& [header, code] : cases) EXPECT_EQ(refusal(put("lies.npy", npy(header))), code) << header;
    EXPECT_EQ(refusal(madeFiles / "objects.npy"), "npy.object");
    EXPECT_EQ(refusal(put("short.npy", std::string("\x93NUMPY\x01\x00\xff\xff{", 11))), "npy.header");
}

// Workbooks

class Workbooks : public FileImport, public testing::WithParamInterface<const char*> {};

TEST_P(Workbooks, GiveCellByCellWhatPandasReads) {
    const auto expected = expectedOf(GetParam());
    const Table table = read(madeFiles / GetParam());
    EXPECT_EQ(nlohmann::json(names(table)), expected["columns"]);
    EXPECT_EQ(kinds(table), "text time time integer number boolean");
    EXPECT_EQ(nlohmann::json(table.head(99)), expected["rows"]);
    EXPECT_EQ(issueCount("xlsx.rows_above"), 1);
    EXPECT_EQ(issueCount("xlsx.rows_below"), 1);
    EXPECT_EQ(m_detected["header_row"], 4);
}
INSTANTIATE_TEST_SUITE_P(All, Workbooks, testing::Values("workbook.xlsx", "workbook_1904.xlsx"));

TEST_F(FileImport, WorkbookSettingsChooseSheetHeaderAndRows) {
    Table table = read(madeFiles / "workbook.xlsx", {{"sheet", "Second"}});
    EXPECT_EQ(names(table), (std::vector<std::string>{"a", "a_2", "when", "column_4"}));
    EXPECT_EQ(table.head(2), (Cells{{"1", "x", "06:45:00", "7"}, {"2.5", "y", "18:00:30", ""}}));
    EXPECT_EQ(read(madeFiles / "workbook.xlsx", {{"totals", true}}).rows(), 6);
    EXPECT_EQ(read(madeFiles / "workbook.xlsx", {{"skip_last", 3}}).rows(), 3);
    table = read(madeFiles / "workbook.xlsx", {{"sheet", "1"}, {"header_row", 5}});
    EXPECT_EQ(table.info(0).name, "North");
    EXPECT_EQ(table.rows(), 4);
    EXPECT_EQ(read(madeFiles / "workbook.xlsx", {{"header", "no"}, {"skip_rows", 4}}).info(0).name, "column_1");
    EXPECT_EQ(refusal(madeFiles / "workbook.xlsx", {{"sheet", "Third"}}), "xlsx.no_such_sheet");
}

TEST_F(FileImport, CellsOfOtherProgramsFormulasAndErrors) {
    const Table table = read(madeFiles / "written_by_others.xlsx");
    EXPECT_EQ(names(table), (std::vector<std::string>{"name", "ratio", "made", "n"}));
    EXPECT_EQ(table.head(9), (Cells{{"alpha ", "0.25", "x1", "1"}, {"beta", "", "x2", "2"}, {"ä&", "0.0015", "", "3"}}));
    EXPECT_EQ(issueCount("xlsx.values_became_missing"), 1);
}

/// A workbook of one sheet.
Members workbookParts(const std::string& sheet) {
    return {{"_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
            {"xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
            {"xl/worksheets/sheet1.xml", sheet}};
}

TEST_F(FileImport, HostileWorkbooksAreRefused) {
    const std::string row = "<sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    EXPECT_EQ(refusal(zip("dtd.xlsx", workbookParts("<!DOCTYPE a [<!ENTITY b \"x\">]><worksheet>" + row))), "xlsx.xml");
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    EXPECT_EQ(refusal(zip("deep.xlsx", workbookParts("<worksheet>" + deep))), "xlsx.xml");
    EXPECT_EQ(refusal(zip("far.xlsx", workbookParts("<worksheet><sheetData><row><c r=\"ZZZZ1\"><v>1</v></c></row></sheetData></worksheet>"))), "xlsx.xml");
    EXPECT_EQ(refusal(zip("long.xlsx", workbookParts("<worksheet><sheetData><row><c t=\"str\"><v>" + std::string(40 << 20, 'a') + "</v></c></row></sheetData></worksheet>"))),
              "xlsx.text_too_long");
    EXPECT_EQ(refusal(zip("cut.xlsx", workbookParts("<worksheet><sheetData><row><c><v>1</v>"))), "xlsx.xml");
    EXPECT_EQ(refusal(zip("empty.xlsx", workbookParts("<worksheet><sheetData/></worksheet>"))), "xlsx.no_table");
    EXPECT_EQ(refusal(zip("other.xlsx", {{"a.txt", std::string(200, 'x')}})), "xlsx.not_a_workbook");
    EXPECT_EQ(refusal(put("broken.xlsx", "PK\x03\x04" + std::string(500, 'x'))).substr(0, 8), "archive.");
}

// Archives

TEST_F(FileImport, ATableInAnArchiveIsReadByItsOwnImporter) {
    EXPECT_EQ(read(zip("one.zip", {{"readme.txt", "words"}, {"data/t.csv", "a,b\n1,x\n2,y\n"}, {"__MACOSX/t.csv", "?"}})).head(2), (Cells{{"1", "x"}, {"2", "y"}}));
    EXPECT_EQ(m_importer, "archive");
    const auto preview = previewWith(*findImporter("archive"), m_source / "one.zip", nlohmann::json::object(), 1);
    ASSERT_TRUE(preview.ok()) << preview.error().debugText();
    EXPECT_EQ(preview->rows, (Cells{{"1", "x"}}));
}

TEST_F(FileImport, WhatIsInsideAnArchiveIsReadWithTheSettingsGivenForIt) {
    const auto file = zip("odd.zip", {{"t.csv", "a;b,c\n1;2,x\n"}});
    EXPECT_EQ(names(read(file, {{"inner", {"delimiter=,"}}})), (std::vector<std::string>{"a;b", "c"}));
    std::filesystem::remove_all(m_target / "columns");
    EXPECT_EQ(names(read(file, {{"inner", {"delimiter=;"}}})), (std::vector<std::string>{"a", "b,c"}));
    const auto preview = previewWith(*findImporter("archive"), file, {{"inner", {"delimiter=;"}}}, 1);
    ASSERT_TRUE(preview.ok()) << preview.error().debugText();
    EXPECT_EQ(preview->rows, (Cells{{"1", "2,x"}}));
    for (const char* wrong : {"no_such=1", "delimiter"}) {
        const auto refused = previewWith(*findImporter("archive"), file, {{"inner", {wrong}}}, 1);
        ASSERT_FALSE(refused.ok()) << wrong;
        EXPECT_EQ(refused.error().code, "archive.inner_setting");
    }
}

TEST_F(FileImport, SeveralTablesWithTheSameColumnsBecomeOne) {
    const Members members{{"jan.csv", "a,b,c\n1,x,5\n2,x,6\n"}, {"feb.csv", "b,a,c\ny,2.5,\ny,3,\n"}};
    for (const char* format : {"zip", "ustar"}) {
        const Table table = read(zip(std::string("two.") + (format[0] == 'z' ? "zip" : "tar.gz"), members, format));
        EXPECT_EQ(names(table), (std::vector<std::string>{"b", "a", "c", "file"}));
        EXPECT_EQ(kinds(table), "category number integer category");
        EXPECT_EQ(table.head(9), (Cells{{"y", "2.5", "", "feb.csv"}, {"y", "3", "", "feb.csv"}, {"x", "1", "5", "jan.csv"}, {"x", "2", "6", "jan.csv"}}));
        std::filesystem::remove_all(m_target / "columns");
    }
    EXPECT_EQ(refusal(zip("differ.zip", {{"a.csv", "a,b\n1,2\n"}, {"b.csv", "a,q\n1,2\n"}})), "import.columns_differ");
    EXPECT_EQ(read(m_source / "differ.zip", {{"files", "b.*"}}).head(1), (Cells{{"1", "2"}}));
}

TEST_F(FileImport, PicturesInClassFoldersOfAnArchiveAreImported) {
    std::string picture = "P6\n4 4\n255\n" + std::string(48, 'a');
    const Table table = read(zip("p.zip", {{"pets/cat/1.ppm", picture}, {"pets/dog/2.ppm", picture + " "}, {"pets/dog/3.ppm", picture}}));
    EXPECT_EQ(table.rows(), 3);
    EXPECT_TRUE(table.find("class").ok()) << testing::PrintToString(names(table));
}

// Texts in folders

TEST_F(FileImport, DocumentsInClassFoldersBecomeRows) {
    for (const char* folder : {"mail/train/ham", "mail/train/spam", "mail/test/spam", "mail/test/ham"}) std::filesystem::create_directories(m_source / folder);
    put("mail/train/ham/1.txt", "\xEF\xBB\xBFHello,\r\nyou\rthere\n");
    put("mail/train/ham/2.txt", "Gr\xFC\xDF" "e an alle Kunden");                 // Latin-1
    put("mail/train/ham/3.txt", std::string("\xFF\xFEh\0i\0", 6));                  // UTF-16
    put("mail/train/spam/12345", "no ending");
    put("mail/train/spam/5.txt", " \n\t");
    put("mail/train/spam/6.txt", std::string("\x7F" "ELF\x02\x01\0\0\0\0", 10));
    put("mail/test/spam/7.txt", "\xD6\xD0\xBD\xB1\xCD\xA8\xD6\xAA\xA3\xAC\xC3\xE2\xB7\xD1\xC1\xEC\xC8\xA1\xA1\xA3\xC7\xEB\xC1\xA2\xBC\xB4\xB5\xE3\xBB\xF7");  // GB18030
    put("mail/test/ham/8.txt", "see you");
    const Table table = read(m_source / "mail");
    EXPECT_EQ(m_importer, "text_folder");
    EXPECT_EQ(names(table), (std::vector<std::string>{"text", "file", "class", "subset"}));
    EXPECT_EQ(kinds(table), "text text category category");
    EXPECT_EQ(table.info(1).role, "ignore");
    EXPECT_EQ(table.info(2).role, "target");
    EXPECT_EQ(table.head(9), (Cells{{"see you", "test/ham/8.txt", "ham", "test"},
                                    {"中奖通知，免费领取。请立即点击", "test/spam/7.txt", "spam", "test"},
                                    {"Hello,\nyou\nthere\n", "train/ham/1.txt", "ham", "training"},
                                    {"Grüße an alle Kunden", "train/ham/2.txt", "ham", "training"},
                                    {"hi", "train/ham/3.txt", "ham", "training"},
                                    {"no ending", "train/spam/12345", "spam", "training"}}));
    ASSERT_EQ(m_issues.size(), 2u);
    EXPECT_EQ(m_issues[0].what.code, "text_folder.empty");
    EXPECT_EQ(m_issues[0].what.argument("file"), (m_source / "mail/train/spam/5.txt").string());
    EXPECT_EQ(m_issues[1].what.code, "text_folder.binary");
    EXPECT_EQ(m_issues[1].what.argument("file"), (m_source / "mail/train/spam/6.txt").string());
}

TEST_F(FileImport, FoldersWithoutTextsAreRefusedInWords) {
    std::filesystem::create_directories(m_source / "bin/a");
    put("bin/a/1.txt", std::string(10, '\0'));
    put("bin/a/2.txt", "");
    EXPECT_EQ(refusal(m_source / "bin"), "text_folder.binary");
    EXPECT_EQ(m_error.argument("file"), (m_source / "bin/a/1.txt").string());
    std::filesystem::create_directories(m_source / "none");
    EXPECT_EQ(importWith(*findImporter("text_folder"), m_source / "none", nlohmann::json::object(), m_target / "columns").error().code, "text_folder.no_files");
    EXPECT_EQ(importWith(*findImporter("text_folder"), m_source / "bin", {{"encoding", "utf16be"}}, m_target / "columns").error().code, "text_folder.binary");
}

TEST_F(FileImport, DocumentsInClassFoldersOfAnArchiveAreImported) {
    const Members members{{"news/sport/101", "goal, and again"}, {"news/sport/102", "offside?"}, {"news/money/103.txt", "up, down"}, {"news/README.txt", "about"}};
    for (const char* format : {"zip", "ustar"}) {
        const Table table = read(zip(std::string("news.") + (format[0] == 'z' ? "zip" : "tar.gz"), members, format));
        EXPECT_EQ(m_importer, "archive");
        EXPECT_EQ(names(table), (std::vector<std::string>{"text", "file", "class"}));
        EXPECT_EQ(table.head(9), (Cells{{"up, down", "news/money/103.txt", "money"}, {"goal, and again", "news/sport/101", "sport"}, {"offside?", "news/sport/102", "sport"}}));
        std::filesystem::remove_all(m_target / "columns");
    }
}

TEST_F(FileImport, FilmsInAnArchiveAreReadLikeAFolderOfFilms) {
    const std::string film = *readTextFile(Path(LAMINA_SOURCE_DIR) / "tests/fuzz/corpus/video/film.mp4");
    const Path path = zip("films.zip", {{"walk/a.mp4", film}, {"run/b.mp4", film}});
    if (const auto imported = import(path); !imported && imported.error().code == "video.no_module") GTEST_SKIP() << "built without FFmpeg's libraries";
    const Table table = read(path);
    ASSERT_EQ(table.rows(), 6);
    EXPECT_EQ(table.cellText(0, 1), "run/b.mp4/frame_000000.jpg");
    EXPECT_EQ(table.cellText(5, 5), "walk");
}

TEST_F(FileImport, NothingIsUnpackedOutsideAndLinksAreLeftOut) {
    const Path path = zip("slip.tar", {{"../evil.csv", "a\n1\n"}, {"/abs.csv", "a\n1\n"}, {"x/../../up.csv", "a\n1\n"}, {"c:\\w.csv", "a\n1\n"}, {"link.csv@", ""}, {"t.csv", "a\n1\n"}}, "gnutar");
    EXPECT_EQ(read(path).head(9), (Cells{{"1"}}));
    EXPECT_EQ(issueCount("archive.unsafe_names"), 4);
    EXPECT_EQ(issueCount("archive.links"), 1);
    for (const char* name : {"evil.csv", "abs.csv", "up.csv"})
        for (const auto& entry : std::filesystem::recursive_directory_iterator(m_target.path())) EXPECT_NE(entry.path().filename(), name);
    for (const char* name : {"..", "a/../..", "/a", "\\a", "C:/a", "a\nb", ".", ""}) EXPECT_EQ(safeRelativeName(name), "") << name;
    EXPECT_EQ(safeRelativeName("a\\b/./c.csv"), "a/b/c.csv");
}

TEST_F(FileImport, ArchivesThatCannotBeReadAreRefusedInWords) {
    EXPECT_EQ(refusal(zip("secret.zip", {{"t.csv", "a,b\n1,2\n"}}, "zip", true)), "archive.password");
    EXPECT_EQ(refusal(zip("nested.zip", {{"inner.zip", "PK\x03\x04"}})), "archive.nested");
    EXPECT_EQ(refusal(zip("nothing.zip", {{"a.bin", "x"}})), "archive.nothing");
    EXPECT_EQ(refusal(zip("kinds.zip", {{"a.csv", "a\n1\n"}, {"b.json", "[]"}})), "archive.several_kinds");
    const auto bytes = *readTextFile(m_source / "kinds.zip");
    EXPECT_EQ(refusal(put("cut.zip", bytes.substr(0, 60))).substr(0, 8), "archive.");
    // 120 MB of zeros in a tenth of a megabyte.
    EXPECT_EQ(refusal(zip("bomb.zip", {{"t.csv", std::string(std::size_t{120} << 20, '0')}})), "archive.too_large");
}

TEST_F(FileImport, FormatsThatAreNotReadSayWhatToDo) {
    const std::pair<std::string, const char*> cases[] = {{"PAR1xxxx", "import.format_parquet"},
                                                        {"\x30\x26\xB2\x75\x8E\x66\xCF\x11xx", "import.format_video"},
                                                        {"FLV\x01xx", "import.format_video"},
                                                         {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xx", "import.format_xls"},
                                                         {"\x89HDF\r\n\x1a\nxx", "import.format_hdf5"},
                                                         {"MATLAB 5.0 MAT-file, x", "import.format_mat"},
                                                         {"$FL2xxxx", "import.format_spss"},
                                                         {"\x80\x04\x95xxx", "import.format_pickle"},
                                                         {"ARROW1xx", "import.format_arrow"}};
    for (const auto& [bytes, code] : cases) EXPECT_EQ(refusal(put("unknown.bin", bytes)), code);
    EXPECT_EQ(refusal(put("model.pkl", "text")), "import.format_pickle");
    EXPECT_EQ(refusal(zip("a.ods", {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})), "import.format_ods");
}

TEST_F(FileImport, AFileWithoutAnyBytesIsCalledEmpty) {
    const TemporaryFolder folder;
    for (const char* name : {"a.xlsx", "a.json", "a.npy", "a.zip", "a.sqlite"}) {
        std::ofstream(folder / name).flush();
        const auto importer = importerFor(folder / name);
        ASSERT_FALSE(importer) << name;
        EXPECT_EQ(importer.error().code, "import.empty_file") << name;
    }
}

}  // namespace
}  // namespace lamina
