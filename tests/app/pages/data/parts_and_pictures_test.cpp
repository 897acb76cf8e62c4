// What the table says of rows besides their values: the part they lie in, and their pictures.
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>

#include "app/pages/data/importer_rows.h"
#include "core/data/importers/importer.h"
#include "tests/app/pages/data/page_fixture.h"
#include "widgets/common/theme.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

TEST_F(DataPageTest, PairsThatLeakSayWhichPartEachOfThemLiesIn) {
    ASSERT_TRUE(import(twins()));
    page.showView(PartsView);
    auto* pairs = page.findChild<QPushButton*>("split_pairs");
    ASSERT_TRUE(wait([&] { return pairs->isVisible(); }));
    auto* leak = page.findChild<QLabel*>("split_leak");
    EXPECT_EQ(leak->palette().color(QPalette::WindowText), themeColours().warning) << "a warning is seen as one";
    pairs->click();
    DataTable& table = *page.findChild<DataTable*>("data_table");
    ASSERT_TRUE(wait([&] { return table.model().rowCount() < 300 && table.model().rowCount() >= 20; }));
    const auto partOf = [&](int row) { return table.model().headerData(row, Qt::Vertical).toString().section(u' ', 0, 0); };
    for (int row = 0; row < 6; row += 2) {
        EXPECT_TRUE(QRegularExpression("^(Training|Validation|Test)$").match(partOf(row)).hasMatch()) << partOf(row).toStdString();
        EXPECT_NE(partOf(row), partOf(row + 1)) << "alike, in different parts";
    }
    shot(page, "data_pairs_parts");
    table.findChild<QPushButton*>("table_clear_filters")->click();
    ASSERT_TRUE(wait([&] { return table.model().rowCount() == 300; }));
    EXPECT_EQ(table.model().headerData(0, Qt::Vertical).toString(), "1");
}

TEST_F(DataPageTest, ATableOfPicturesShowsThemInItsCells) {
    ASSERT_TRUE(import(idx()));
    page.showView(TableView);
    DataTable& table = *page.findChild<DataTable*>("data_table");
    int column = 0;
    while (column < table.model().columnCount() && table.model().heading(column).kind != CellKind::Picture) ++column;
    ASSERT_LT(column, table.model().columnCount());
    const auto pictureOf = [&](int row) { return table.model().index(row, column).data(Qt::DecorationRole).value<QPixmap>(); };
    ASSERT_TRUE(wait([&] { return !pictureOf(0).isNull() && !pictureOf(1).isNull(); }));
    EXPECT_EQ(pictureOf(0).deviceIndependentSize().toSize(), QSize(8, 8));
    EXPECT_NE(pictureOf(0).toImage(), pictureOf(1).toImage());
    EXPECT_TRUE(table.model().index(0, column).data(Qt::ToolTipRole).toString().contains("8 × 8"));
    shot(page, "data_table_pictures");
}

TEST_F(DataPageTest, PicturesInFilesAreShownInTheTableToo) {
    const Path place = folder.path() / "photos";
    for (int item = 0; item < 12; ++item) {
        QImage picture(300, 200, QImage::Format_RGB32);
        picture.fill(QColor::fromHsv(item * 30, 200, 220));
        std::filesystem::create_directories(place / (item % 2 ? "a" : "b"));
        ASSERT_TRUE(picture.save(QString::fromStdString((place / (item % 2 ? "a" : "b") / (std::to_string(item) + ".png")).string())));
    }
    ASSERT_TRUE(import(place));
    page.showView(TableView);
    DataTable& table = *page.findChild<DataTable*>("data_table");
    int column = 0;
    while (column < table.model().columnCount() && table.model().heading(column).kind != CellKind::Picture) ++column;
    ASSERT_LT(column, table.model().columnCount());
    const auto pictureOf = [&](int row) { return table.model().index(row, column).data(Qt::DecorationRole).value<QPixmap>(); };
    ASSERT_TRUE(wait([&] { return !pictureOf(0).isNull(); }));
    const QSize size = pictureOf(0).deviceIndependentSize().toSize();
    EXPECT_EQ(size.width(), CellPictures::edge);
    EXPECT_NEAR(size.height(), CellPictures::edge * 2 / 3, 1) << "its shape stays";
    EXPECT_GE(table.view().rowHeight(0), CellPictures::edge);
}

TEST(ImporterRows, ALimitThatIsNotSetIsNotShownAsZero) {
    const ImporterType* folderImporter = nullptr;
    for (const ImporterType* importer : importerCatalogue())
        if (importer->id == "image_folder") folderImporter = importer;
    ASSERT_TRUE(folderImporter);
    const auto row = [&](const char* id, const nlohmann::json& settings, const nlohmann::json& detected) {
        for (const PropertyRow& one : importerRows(*folderImporter, settings, detected))
            if (one.id == id) return one;
        return PropertyRow();
    };
    const auto none = nlohmann::json::object();
    EXPECT_TRUE(saysZero(row("lowest", none, none), row("lowest", none, none).value));
    EXPECT_EQ(row("highest", none, none).zeroText, "Found by itself");
    EXPECT_EQ(row("highest", none, {{"lowest", 0}, {"highest", 4095}}).zeroText, "4095 (found)");
    const nlohmann::json set{{"lowest", 0}, {"highest", 4095}};
    EXPECT_TRUE(row("lowest", set, none).zeroText.isEmpty()) << "this 0 was meant";
}

}  // namespace
}  // namespace lamina
