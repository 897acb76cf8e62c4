// Heads of several rows and columns of one name in workbooks and databases; what an import keeps of the choices for a text.
#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/import_test.h"

namespace lamina {
namespace {

using Names = std::vector<std::string>;

class HeadImport : public ImportTest {
protected:
    /// A workbook of one sheet; cells that read as numbers are numbers, empty ones are not written.
    Path workbook(const std::string& name, const std::vector<Names>& rows) {
        std::string sheet = "<worksheet><sheetData>";
        for (std::size_t i = 0; i < rows.size(); ++i) {
            sheet += "<row r=\"" + std::to_string(i + 1) + "\">";
            for (std::size_t j = 0; j < rows[i].size(); ++j) {
                const auto& text = rows[i][j];
                const std::string place = " r=\"" + std::string(1, static_cast<char>('A' + j)) + std::to_string(i + 1) + "\"";
                const bool number = !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
                if (number) sheet += "<c" + place + "><v>" + text + "</v></c>";
                else if (!text.empty()) sheet += "<c" + place + " t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
            }
            sheet += "</row>";
        }
        sheet += "</sheetData></worksheet>";
        const std::pair<const char*, std::string> members[] = {
            {"_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
            {"xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
            {"xl/worksheets/sheet1.xml", sheet}};
        const Path path = m_source / name;
        archive* out = archive_write_new();
        archive_write_set_format_zip(out);
        archive_write_open_filename(out, path.c_str());
        for (const auto& [member, bytes] : members) {
            archive_entry* entry = archive_entry_new();
            archive_entry_set_pathname(entry, member);
            archive_entry_set_filetype(entry, AE_IFREG);
            archive_entry_set_perm(entry, 0644);
            archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
            archive_write_header(out, entry);
            archive_write_data(out, bytes.data(), bytes.size());
            archive_entry_free(entry);
        }
        archive_write_close(out);
        archive_write_free(out);
        return path;
    }
    Names columns(const Table& table) const {
        Names all;
        for (std::size_t i = 0; i < table.columnCount(); ++i) all.push_back(table.info(i).name);
        return all;
    }
};

TEST_F(HeadImport, GroupsAndUnitsOfASheetJoinTheNames) {
    const Path path = workbook("groups.xlsx", {{"Population"}, {"", "2019", "", "2020", ""}, {"country", "men", "women", "men", "women"}, {"A", "1", "2", "3", "4"}, {"B", "5", "6", "7", "8"}, {"C", "5", "6", "7", "8"}});
    EXPECT_EQ(columns(read(path)), (Names{"country", "2019 men", "2019 women", "2020 men", "2020 women"}));
    EXPECT_EQ(m_detected["header"].get<std::string>(), "2");
    EXPECT_EQ(m_detected["header_row"].get<int>(), 2);
    EXPECT_EQ(issueCount("import.head_rows"), 1);
    EXPECT_EQ(issueCount("xlsx.rows_above"), 1);
    EXPECT_EQ(columns(read(path, {{"header", "2"}}))[1], "2019 men");
    EXPECT_EQ(columns(read(path, {{"header", "2"}, {"header_row", 2}}))[1], "2019 men");
    EXPECT_EQ(columns(read(path, {{"header", "yes"}})), (Names{"country", "men", "women", "men_2", "women_2"}));
    const Table units = read(workbook("units.xlsx", {{"name", "weight", "height"}, {"", "kg", "[cm]"}, {"ann", "60.5", "170"}, {"bob", "80", "181"}}));
    EXPECT_EQ(columns(units), (Names{"name", "weight (kg)", "height (cm)"}));
    EXPECT_EQ(units.rows(), 2);
    EXPECT_EQ(issueCount("import.units_row"), 1);
}

TEST_F(HeadImport, TitlesOfASheetAreNoGroups) {
    const Table table = read(workbook("title.xlsx", {{"Report of", "2019"}, {"year", "men", "women", "all"}, {"2019", "1", "2", "3"}, {"2020", "3", "4", "7"}}));
    EXPECT_EQ(columns(table), (Names{"year", "men", "women", "all"}));
    const Table words = read(workbook("words.xlsx", {{"name", "sex"}, {"ann", "m"}, {"bob", "f"}}));
    EXPECT_EQ(words.rows(), 2);
}

TEST_F(HeadImport, ColumnsOfOneNameAreNumberedAndTold) {
    EXPECT_EQ(columns(read(workbook("same.xlsx", {{"a", "a", "a_2", "b"}, {"1", "2", "3", "4"}, {"1", "2", "3", "4"}}))), (Names{"a", "a_3", "a_2", "b"}));
    EXPECT_EQ(issueCount("import.column_renamed"), 1);
    EXPECT_EQ(columns(read(put("same.arff", "@relation r\n@attribute a numeric\n@attribute a numeric\n@data\n1,2\n3,4\n"))), (Names{"a", "a_2"}));
    EXPECT_EQ(issueCount("import.column_renamed"), 1);
    EXPECT_EQ(columns(read(put("same.csv", "a,a,b\n1,2,3\n3,4,5\n"))), (Names{"a", "a_2", "b"}));
    EXPECT_EQ(issueCount("import.column_renamed"), 1);
    const Path path = m_source / "view.sqlite";
    sqlite3* made = nullptr;
    sqlite3_open(path.c_str(), &made);
    EXPECT_EQ(sqlite3_exec(made, "CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 2), (3, 4);", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(made);
    EXPECT_EQ(columns(read(path)), (Names{"a", "b"}));
    EXPECT_EQ(issueCount("import.column_renamed"), 0);
}

TEST_F(HeadImport, ChoicesThatTheFileWouldNotShowAreKeptForTheNextOne) {
    const auto hashes = import(put("a.csv", "a#b\n1#2\n3#4\n"), {{"delimiter", "#"}});
    ASSERT_TRUE(hashes.ok());
    EXPECT_EQ(hashes->detected["delimiter"].get<std::string>(), "#");
    const auto rows = import(put("b.csv", "a,b\nx,y\n1,2\n3,4\n"), {{"header", "2"}, {"delimiter", ","}});
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ(rows->detected["header"].get<std::string>(), "2");
    EXPECT_FALSE(rows->detected.contains("delimiter")) << "it would be found again";
}

}  // namespace
}  // namespace lamina
