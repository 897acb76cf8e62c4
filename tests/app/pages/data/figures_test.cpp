// What the page counts in the background.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QPushButton>

#include <cmath>
#include <map>

#include "app/pages/data/asked_kinds.h"
#include "app/sources/column_pictures.h"
#include "app/pages/data/grouped_sources.h"
#include "app/pages/data/profile_figures.h"
#include "app/sources/table_source.h"
#include "core/data/profile/profile_table.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

const double none = std::nan("");

ProfiledColumn profiled(const Table& table) {
    ProfileInput input;
    input.table = table;
    auto profile = profileOne(input, 0);
    EXPECT_TRUE(profile.ok());
    return profile ? *profile : ProfiledColumn{};
}

/// The buttons of a column's figures by their text.
std::map<QString, QPushButton*> figuresOf(const ProfiledColumn& column, FigureList& list) {
    showColumnFigures(column, list);
    std::map<QString, QPushButton*> figures;
    for (QPushButton* button : list.findChildren<QPushButton*>("figure")) figures[button->text()] = button;
    return figures;
}

TEST(ProfileFigures, LeadToTheRowsTheyAreMadeOf) {
    MadeTable made;
    std::vector<double> values(30, 5.0);
    for (int i = 0; i < 10; ++i) values[static_cast<std::size_t>(i)] = i;
    values[29] = none;
    FigureList list;
    std::vector<ProfileQuery> asked;
    QObject::connect(&list, &FigureList::rowsWanted, &list, [&](const ProfileQuery& query, const QString&) { asked.push_back(query); });
    const ProfiledColumn column = profiled(made.number("x", values).open());
    auto figures = figuresOf(column, list);
    ASSERT_TRUE(figures.contains("1 (3.3 %)"));
    ASSERT_TRUE(figures.contains("9"));
    figures["9"]->click();
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_EQ(asked[0].what, ProfileQuery::What::Range);
    EXPECT_EQ(asked[0].column, "x");
    EXPECT_EQ(asked[0].from, 9.0);
    EXPECT_EQ(asked[0].to, 9.0);
}

TEST(ProfileFigures, ClassesAndOddTextsLeadToTheirRows) {
    MadeTable made;
    FigureList list;
    std::vector<ProfileQuery> asked;
    QObject::connect(&list, &FigureList::rowsWanted, &list, [&](const ProfileQuery& query, const QString&) { asked.push_back(query); });
    const ProfiledColumn column = profiled(made.text("t", {"b ", "a", "b", "n/a", "c", "a", "b"}).open());
    auto figures = figuresOf(column, list);
    ASSERT_TRUE(figures.contains("1 (14 %)"));
    for (QPushButton* button : list.findChildren<QPushButton*>("figure")) button->click();
    EXPECT_TRUE(std::any_of(asked.begin(), asked.end(), [](const ProfileQuery& query) { return query.what == ProfileQuery::What::Padded; }));
    EXPECT_TRUE(std::any_of(asked.begin(), asked.end(), [](const ProfileQuery& query) { return query.what == ProfileQuery::What::Placeholders; }));
    DatasetProfile whole;
    whole.rows = 4;
    whole.target = "kind";
    whole.classTarget = true;
    whole.classes = {{"oak", 3}, {"ash", 1}};
    FigureList about;
    asked.clear();
    QObject::connect(&about, &FigureList::rowsWanted, &about, [&](const ProfileQuery& query, const QString&) { asked.push_back(query); });
    showDatasetFigures(whole, about);
    about.findChildren<QPushButton*>("figure")[0]->click();
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_EQ(asked[0].what, ProfileQuery::What::Value);
    EXPECT_EQ(asked[0].column, "kind");
    EXPECT_EQ(asked[0].text, "oak");
}

TEST(ProfileFigures, TheMostFrequentTextsAreNamed) {
    MadeTable made;
    FigureList list;
    const ProfiledColumn column = profiled(made.text("t", {"b", "a", "b", "", "c", "a", "b"}).open());
    auto figures = figuresOf(column, list);
    EXPECT_TRUE(figures.contains("3 (43 %)"));
    list.clear();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(list.findChildren<QPushButton*>("figure").isEmpty());
}

TEST(ProfileFigures, EdgesOfAHistogramAreWordsForPeople) {
    EXPECT_EQ(edgeWords({HistogramScale::Linear, {0, 0.5, 1}, {1, 2}}), (QStringList{"0", "0.5", "1"}));
    EXPECT_EQ(edgeWords({HistogramScale::Whole, {-0.5, 0.5, 1.5}, {1, 2}}), (QStringList{"0", "1", "1"})) << "an axis of 0 and 1 ends at 1";
    EXPECT_EQ(binWords({HistogramScale::Whole, {-0.5, 0.5, 1.5}, {1, 2}}), (QStringList{"0", "1"}));
    EXPECT_EQ(binWords({HistogramScale::Whole, {-0.5, 9.5, 19.5}, {1, 2}}), (QStringList{"0 … 9", "10 … 19"}));
    EXPECT_EQ(binWords({HistogramScale::Linear, {0, 0.5, 1}, {1, 2}}), (QStringList{"0 … 0.5", "0.5 … 1"}));
    EXPECT_EQ(edgeWords({HistogramScale::Linear, {0, 105000, 2500000.5}, {1, 2}}), (QStringList{"0", "105,000", "2,500,001"}));
    EXPECT_EQ(edgeWords({HistogramScale::Time, {0, 86'400'000}, {1}}), (QStringList{"1970-01-01", "1970-01-02"}));
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
    MadeTable rows, series, bands;
    EXPECT_FALSE(pictureColumn(rows.tensor("signal", {5, 4}, std::vector<std::uint8_t>(20)).open()).has_value());
    EXPECT_FALSE(pictureColumn(series.tensor("signal", {300, 1, 1}, std::vector<std::uint8_t>(300)).open()).has_value());
    EXPECT_TRUE(pictureColumn(bands.tensor("leaf", {5, 2, 2}, std::vector<std::uint8_t>(20)).open()).has_value()) << "a picture of five bands";
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
    EXPECT_EQ(groupedSources({"/p/1.mp4", "/p/2.MKV", "/q/3.webm", "/q/4.jpg"}), (QStringList{"/p", "/q/3.webm", "/q/4.jpg"}));
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
