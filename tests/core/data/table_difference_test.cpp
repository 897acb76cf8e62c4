#include "core/data/table_difference.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace lamina {
namespace {

ColumnInfo columnNamed(const char* id, const char* name, ColumnKind kind, std::int64_t rows, std::vector<std::string> dictionary = {}) {
    ColumnInfo info;
    info.id = id;
    info.name = name;
    info.kind = kind;
    info.rows = rows;
    info.dictionary = std::move(dictionary);
    return info;
}

const std::vector<ColumnInfo> lastMonth{columnNamed("1", "city", ColumnKind::Category, 10, {"Ulm", "Bonn"}), columnNamed("2", "n", ColumnKind::Integer, 10),
                                        columnNamed("3", "old", ColumnKind::Text, 10), columnNamed("4", "day", ColumnKind::Time, 10)};

TEST(TableDifference, TellsWhatChanged) {
    const std::vector<ColumnInfo> thisMonth{columnNamed("a", "n", ColumnKind::Number, 8), columnNamed("b", "city", ColumnKind::Category, 8, {"Bonn", "Kiel"}),
                                            columnNamed("c", "day", ColumnKind::Time, 8), columnNamed("d", "new", ColumnKind::Text, 8)};
    const auto difference = compareTables(lastMonth, thisMonth);
    EXPECT_EQ(difference.added, std::vector<std::string>{"new"});
    EXPECT_EQ(difference.gone, std::vector<std::string>{"old"});
    EXPECT_TRUE(difference.reordered);
    ASSERT_EQ(difference.changed.size(), 2u);
    EXPECT_TRUE(difference.changed[0].kindChanged());
    EXPECT_EQ(difference.changed[1].newCategories, std::vector<std::string>{"Kiel"});
    EXPECT_EQ(difference.changed[1].goneCategories, std::vector<std::string>{"Ulm"});
    std::string codes;
    for (const auto& issue : differenceIssues(difference)) codes += issue.what.code + " ";
    EXPECT_EQ(codes, "difference.columns_gone difference.columns_added difference.kind_changed difference.categories_new difference.fewer_rows ");
    EXPECT_EQ(toJson(difference)["rows_after"], 8);
}

TEST(TableDifference, TheSameColumnsAreNoDifference) {
    auto more = lastMonth;
    for (auto& column : more) column.rows = 20;
    const auto difference = compareTables(lastMonth, more);
    EXPECT_TRUE(difference.sameForm());
    EXPECT_FALSE(difference.reordered);
    EXPECT_TRUE(differenceIssues(difference).empty());
}

TEST(TableDifference, ColumnsKeepTheirIdsByName) {
    auto known = lastMonth;
    known[1].role = "target";
    const auto columns = withKnownIds({columnNamed("x", "n", ColumnKind::Integer, 1), columnNamed("y", "new", ColumnKind::Text, 1)}, known);
    EXPECT_EQ(columns[0].id, "2");
    EXPECT_EQ(columns[0].role, "target");
    EXPECT_EQ(columns[1].id, "y");
    EXPECT_EQ(kindsAsSetting(lastMonth), "city=category,n=integer,old=text,day=time");
}

}  // namespace
}  // namespace lamina
