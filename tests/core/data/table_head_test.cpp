// Heads of tables: one row of names or several, columns of one name, and rows of data that look like heads.
#include "core/data/importers/table_head.h"

#include <gtest/gtest.h>

#include "core/data/importers/csv.h"

namespace lamina {
namespace {

using Names = std::vector<std::string>;

CsvTable readHead(std::string_view text, const std::string& header = "auto") {
    CsvSettings settings;
    settings.header = header;
    auto table = parseCsvText(text, settings);
    EXPECT_TRUE(table.ok()) << (table ? "" : table.error().debugText());
    return table ? std::move(*table) : CsvTable{};
}

const Issue* issueOf(const CsvTable& table, const std::string& code) {
    for (const auto& issue : table.issues)
        if (issue.what.code == code) return &issue;
    return nullptr;
}

TEST(TableHead, UnitsBelowNamesJoinThem) {
    const auto table = readHead("name,weight,height\n,kg,cm\nann,60.5,170\nbob,80,181\ncid,75.25,175\n");
    EXPECT_EQ(table.names, (Names{"name", "weight (kg)", "height (cm)"}));
    EXPECT_EQ(table.rows, 3);
    EXPECT_EQ(table.columns[1].kind(), ColumnKind::Number);
    EXPECT_EQ(table.detected["header"].get<std::string>(), "2");
    const Issue* units = issueOf(table, "import.units_row");
    ASSERT_NE(units, nullptr);
    EXPECT_EQ(units->what.argument("row"), "2");
    EXPECT_EQ(units->what.argument("name"), "weight (kg)");
    EXPECT_EQ(readHead("t;T;p\n[s];[°C];[hPa]\n1;20,5;1013\n2;21,5;1012\n").names, (Names{"t (s)", "T (°C)", "p (hPa)"}));
    EXPECT_EQ(readHead("time,wind,rain\nyyyy-mm-dd,m/s,mm\n2024-01-01,3.5,0\n2024-01-02,4,1.5\n").names, (Names{"time (yyyy-mm-dd)", "wind (m/s)", "rain (mm)"}));
    EXPECT_EQ(readHead("体重,身高\n千克,厘米\n60,170\n70,180\n").names, (Names{"体重 (千克)", "身高 (厘米)"}));
    EXPECT_EQ(readHead("weight (kg),age\nkg,-\n60,30\n70,40\n").names, (Names{"weight (kg)", "age"}));
    EXPECT_EQ(readHead("a,b\nkg,cm\n1,2\n").names, (Names{"a (kg)", "b (cm)"})) << "one row below is enough where all are units";
}

TEST(TableHead, RowsOfDataAreNoUnits) {
    EXPECT_EQ(readHead("name,sex\nann,m\nbob,f\ncid,m\n").rows, 3);
    EXPECT_EQ(readHead("unit,symbol\nkilogram,kg\nmetre,m\nsecond,s\n").rows, 3) << "a table of texts";
    EXPECT_EQ(readHead("size,price\nL,-\nXL,30\nM,25\n").rows, 3);
    EXPECT_EQ(readHead("city,score\nA,\nB,2\nC,3\n").rows, 3);
    EXPECT_EQ(readHead("a,b\nunknown,none\n1,2\n3,4\n5,6\n").rows, 4) << "words that are no units";
    EXPECT_EQ(readHead("a,b\nm,5\n1,2\n3,4\n").rows, 3) << "a number among them";
    EXPECT_EQ(readHead("grade,points\nA,V\nB,W\nC,W\n").rows, 3);
    const auto told = readHead("weight,height\nkg,cm\n60,170\n70,180\n", "yes");
    EXPECT_EQ(told.names, (Names{"weight", "height"}));
    EXPECT_EQ(told.rows, 3) << "one row of names, as somebody says";
}

TEST(TableHead, GroupsAboveNamesJoinThem) {
    const auto table = readHead(",2019,,2020,\ncountry,men,women,men,women\nA,1,2,3,4\nB,5,6,7,8\n");
    EXPECT_EQ(table.names, (Names{"country", "2019 men", "2019 women", "2020 men", "2020 women"}));
    EXPECT_EQ(table.rows, 2);
    EXPECT_EQ(table.columns[1].kind(), ColumnKind::Integer);
    const Issue* head = issueOf(table, "import.head_rows");
    ASSERT_NE(head, nullptr);
    EXPECT_EQ(head->what.argument("count"), "2");
    EXPECT_EQ(head->what.argument("name"), "2019 men");
    EXPECT_EQ(readHead("2019,,2020,\nmen,women,men,women\n1,2,3,4\n5,6,7,8\n").names, (Names{"2019 men", "2019 women", "2020 men", "2020 women"}));
    EXPECT_EQ(readHead("id,x,x,y,y\n,mean,sd,mean,sd\na,1,2,3,4\nb,5,6,7,8\n").names, (Names{"id", "x mean", "x sd", "y mean", "y sd"}));
    EXPECT_EQ(readHead("Cities 2020,,,,\n,men,,women,\ncity,young,old,young,old\nA,1,2,3,4\nB,5,6,7,8\nC,5,6,7,9\n").names,
              (Names{"city", "men young", "men old", "women young", "women old"}))
        << "below a title";
    const auto three = readHead(",air,,water,\nplace,T,p,T,p\n,°C,hPa,°C,hPa\nA,1,2,3,4\nB,5,6,7,8\n");
    EXPECT_EQ(three.names, (Names{"place", "air T (°C)", "air p (hPa)", "water T (°C)", "water p (hPa)"}));
    EXPECT_EQ(three.detected["header"].get<std::string>(), "3");
}

TEST(TableHead, TitlesNotesAndDataAreNoGroups) {
    EXPECT_EQ(readHead("Report,,\nyear,men,women\n2019,1,2\n2020,3,4\n2021,5,6\n").names, (Names{"year", "men", "women"}));
    EXPECT_EQ(issueOf(readHead("Serial,123,,\ntime,a,b,c\n1,2,3,4\n2,3,4,5\n3,4,5,6\n"), "import.head_rows"), nullptr);
    EXPECT_EQ(readHead("name,,city,\nann,lee,york,x\nbob,ray,bath,y\ncid,poe,hull,z\n").rows + readHead("a,,b,\nv,w,x,y\np,q,r,s\n").rows, 3 + 1 + 3)
        << "texts have no head of several rows";
}

TEST(TableHead, TheNumberOfHeaderRowsCanBeTold) {
    const std::string prices = "Price,Close,High\nTicker,AAPL,AAPL\n2020-01-02,72.4,73\n2020-01-03,71.9,72\n";
    EXPECT_EQ(readHead(prices, "2").names, (Names{"Price Ticker", "Close AAPL", "High AAPL"}));
    EXPECT_EQ(readHead(prices, "2").rows, 2);
    EXPECT_EQ(readHead("a,b\nx,kg\n1,2\n3,4\n", "no").rows, 4);
    EXPECT_EQ(readHead("g,,h\na,b,c\n1,2,3\n4,5,6\n", "2").names, (Names{"g a", "g b", "h c"}));
    EXPECT_EQ(readHead("g,,h\na,b,c\nm,s,kg\n4,5,6\n", "3").names, (Names{"g a (m)", "g b (s)", "h c (kg)"}));
    CsvSettings settings;
    settings.header = "3";
    const auto none = parseCsvText("a,b\n1,2\n3,4\n", settings);
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().code, "csv.no_rows");
}

TEST(TableHead, ColumnsOfOneNameAreNumbered) {
    const auto table = readHead("id,score,score,name,score,score_2\n1,2,3,x,4,5\n2,3,4,y,5,6\n");
    EXPECT_EQ(table.names, (Names{"id", "score", "score_3", "name", "score_4", "score_2"})) << "without taking the name of another column";
    const Issue* renamed = issueOf(table, "import.column_renamed");
    ASSERT_NE(renamed, nullptr);
    EXPECT_EQ(renamed->count, 2);
    EXPECT_EQ(renamed->what.argument("column"), "score");
    EXPECT_EQ(renamed->what.argument("name"), "score_3");
    CsvSettings settings;
    settings.types = "a_2=text";
    const auto typed = parseCsvText("a,a\n1,2\n3,4\n", settings);
    ASSERT_TRUE(typed.ok());
    EXPECT_EQ(typed->columns[1].kind(), ColumnKind::Text);
}

TEST(TableHead, UnitsAreKnown) {
    for (const char* unit : {"kg", "m/s", "m/s²", "kg/m^3", "µg/m3", "m s-1", "°C", "%", "mmHg", "kWh", "1/s", "g·cm⁻³", "USD", "km/h", "hPa", "万元", "mol/L"})
        EXPECT_TRUE(isUnit(unit)) << unit;
    for (const char* other : {"", "Bob", "x", "5", "12", "name", "total", "north", "1/2", "men", "a b c", "red", "/"}) EXPECT_FALSE(isUnit(other)) << other;
}

}  // namespace
}  // namespace lamina
