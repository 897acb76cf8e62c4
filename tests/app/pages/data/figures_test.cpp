// What the page counts in the background.
#include <gtest/gtest.h>

#include <cmath>

#include "app/pages/data/asked_kinds.h"
#include "app/sources/column_pictures.h"
#include "app/pages/data/column_profile.h"
#include "app/pages/data/grouped_sources.h"
#include "app/pages/data/repeated_rows.h"
#include "app/sources/table_source.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

const double none = std::nan("");

ColumnProfile profileOf(const MadeTable& made, std::size_t column = 0) {
    auto profile = profileColumn(made.open(), column, {});
    EXPECT_TRUE(profile.ok());
    return profile ? *profile : ColumnProfile{};
}

TEST(ColumnProfile, CountsNumbersInStepsBetweenSmallestAndLargest) {
    MadeTable made;
    std::vector<double> values;
    for (int i = 0; i < 240; ++i) values.push_back(i);
    values.push_back(none);
    values.push_back(239.0);
    const auto profile = profileOf(made.number("x", values));
    EXPECT_EQ(profile.summary.missing, 1);
    EXPECT_EQ(profile.bins.size(), 24u);
    std::int64_t all = 0;
    for (const auto rows : profile.bins) all += rows;
    EXPECT_EQ(all, 241);
    EXPECT_EQ(profile.bins.back(), 11);
}

TEST(ColumnProfile, WholeNumbersOfASmallRangeHaveAStepEach) {
    MadeTable made;
    const auto profile = profileOf(made.integer("x", {3, 3, 5, {}, 7, 3}));
    EXPECT_EQ(profile.bins, (std::vector<std::int64_t>{3, 0, 1, 0, 1}));
    ASSERT_FALSE(profile.frequent.empty());
    EXPECT_EQ(profile.frequent[0], (std::pair<std::string, std::int64_t>{"3", 3}));
}

TEST(ColumnProfile, OneValueIsOneStep) {
    MadeTable made;
    EXPECT_EQ(profileOf(made.number("x", {2.5, 2.5, 2.5})).bins, (std::vector<std::int64_t>{3}));
}

TEST(ColumnProfile, NamesTheMostFrequentTexts) {
    MadeTable made;
    const auto profile = profileOf(made.text("t", {"b", "a", "b", "", "c", "a", "b"}));
    using Counts = std::vector<std::pair<std::string, std::int64_t>>;
    EXPECT_EQ(profile.frequent, (Counts{{"b", 3}, {"a", 2}, {"c", 1}}));
    MadeTable different;
    EXPECT_TRUE(profileOf(different.text("t", {"a", "b", "c"})).frequent.empty());
}

TEST(ColumnProfile, StopsWhenCancelled) {
    MadeTable made;
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(codeOf(profileColumn(made.number("x", {1, 2, 3}).open(), 0, cancel)), "job.cancelled");
}

DatasetRecord recordOf(const Table& table, const std::string& target) {
    DatasetRecord record;
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        ColumnRecord one;
        one.name = table.info(column).name;
        one.role = one.name == target ? "target" : "feature";
        record.columns.push_back(one);
    }
    return record;
}

TEST(RepeatedRows, CountsItemsOfTheOtherPartsThatTrainingHasToo) {
    MadeTable made;
    const Table table = made.number("x", {1, 2, 1, 3, none, none, -0.0, 0.0})
                            .text("t", {"a", "b", "a", "b", "", "", "z", "z"})
                            .integer("y", {0, 1, 1, 0, 0, 1, 0, 1})
                            .open();
    Split split;
    split.parts = {0, 0, 2, 1, 0, 1, 0, 2};  // row 2 = row 0, row 5 = row 4, row 7 = row 6
    const auto repeated = findRepeatedRows(table, recordOf(table, "y"), split, {});
    ASSERT_TRUE(repeated.ok());
    EXPECT_EQ(repeated->test, 2);
    EXPECT_EQ(repeated->validation, 1);
}

TEST(RepeatedRows, ColumnsThatAreNoFeaturesDoNotCount) {
    MadeTable made;
    const Table table = made.number("x", {1, 1}).integer("id", {1, 2}).integer("y", {0, 1}).open();
    DatasetRecord record = recordOf(table, "y");
    Split split;
    split.parts = {0, 2};
    EXPECT_EQ(findRepeatedRows(table, record, split, {})->test, 0);
    record.columns[1].role = "ignored";
    EXPECT_EQ(findRepeatedRows(table, record, split, {})->test, 1);
}

TEST(ColumnPictures, AreMadeFromTensorsOfBytesAndOfFloats) {
    MadeTable made;
    std::vector<std::uint8_t> bytes;
    for (int i = 0; i < 2 * 3 * 2 * 2; ++i) bytes.push_back(static_cast<std::uint8_t>(i * 10));
    const Table colour = made.tensor("image", {3, 2, 2}, bytes).category("label", {"cat", "dog"}, {1, 0}).open();
    ASSERT_EQ(pictureColumn(colour), 0u);
    const ColumnPictures pictures(colour, 0, "label");
    EXPECT_EQ(pictures.classNames(), (QStringList{"cat", "dog"}));
    EXPECT_EQ(pictures.classOf(0), 1);
    const QImage first = pictures.thumbnail(0, 64);
    EXPECT_EQ(first.size(), QSize(2, 2));
    EXPECT_EQ(first.pixelColor(1, 0), QColor(10, 50, 90));
    MadeTable grey;
    const Table floats = grey.tensor("image", {1, 1, 2}, std::vector<float>{0.0F, 1.0F}).open();
    EXPECT_EQ(ColumnPictures(floats, 0, {}).thumbnail(0, 64).pixelColor(1, 0).red(), 255);
}

TEST(ColumnPictures, TensorsThatAreNoPicturesAreNotShown) {
    MadeTable made;
    EXPECT_FALSE(pictureColumn(made.tensor("signal", {5, 2, 2}, std::vector<std::uint8_t>(20)).open()).has_value());
}

TEST(AskedKinds, AreKeptAsTheTextThatImportersTake) {
    EXPECT_EQ(withAskedKind("", "a=b", "text"), "a=b=text");
    EXPECT_EQ(askedKind("a=b=text,c=number", "a=b"), "text");
    EXPECT_EQ(askedKind("a=b=text,c=number", "b"), "");
    EXPECT_EQ(withAskedKind("a=text,c=number", "a", "category"), "c=number,a=category");
    EXPECT_EQ(withAskedKind("a=text,c=number", "a", ""), "c=number");
}

TEST(GroupedSources, FilesOfOneSetAreTheirFolder) {
    EXPECT_EQ(groupedSources({"/d/train-images-idx3-ubyte", "/d/train-labels-idx1-ubyte", "/d/notes.csv", "/e/one.jpg"}),
              (QStringList{"/d", "/d/notes.csv", "/e/one.jpg"}));
    EXPECT_EQ(groupedSources({"/p/1.jpg", "/p/2.PNG", "/p/3.jpeg"}), (QStringList{"/p"}));
    EXPECT_EQ(groupedSources({"/p/a.csv", "/p/b.csv"}), (QStringList{"/p/a.csv", "/p/b.csv"}));
}

TEST(TableSource, GivesTheTableAsRows) {
    MadeTable made;
    const TableSource source(made.number("x", {1.5, none}).category("c", {"u", "v"}, {1, -1}).text("t", {"", "hello"}).open());
    EXPECT_EQ(source.rows(), 2);
    EXPECT_EQ(source.columns(), 3);
    EXPECT_EQ(source.heading(1).categories, (QStringList{"u", "v"}));
    EXPECT_EQ(source.heading(0).missing, 1);
    EXPECT_TRUE(source.missing(1, 0));
    EXPECT_EQ(source.text(0, 0), "1.5");
    EXPECT_EQ(source.text(0, 1), "v");
    EXPECT_EQ(source.utf8(1, 2), "hello");
}

}  // namespace
}  // namespace lamina
