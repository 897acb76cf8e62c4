#include "tests/support/window_test.h"
#include "widgets/tables/data_table.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "tests/widgets/tables/test_source.h"
#include "widgets/common/theme.h"
#include "widgets/tables/column_filter_popup.h"

namespace lamina {
namespace {

QString cellText(DataTable& table, int row, int column) { return table.model().index(row, column).data().toString(); }

bool settled(DataTable& table) {
    return QTest::qWaitFor([&] { return !table.model().arranging(); }, 10'000);
}

TEST(DataTableModel, KeepsTheContractOfItemModels) {
    DataTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSource(std::make_shared<TestSource>(1000));
    QSignalSpy arranged(&model, &DataTableModel::arranged);
    model.setQuery({.sortColumn = 0, .descending = true, .filters = {}, .search = "1"});
    ASSERT_TRUE(arranged.wait());
    model.setQuery({});
    model.setSource(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(DataTableModel, CellsArePlaceholdersUntilTheyAreFetched) {
    DataTableModel model;
    model.setSource(std::make_shared<TestSource>(100'000));
    const QModelIndex cell = model.index(50'000, 2);
    EXPECT_EQ(cell.data().toString(), QStringLiteral("…"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    ASSERT_TRUE(changed.wait());
    EXPECT_EQ(cell.data().toString(), "Item 50000");
}

TEST(DataTableModel, OnlyLooksAtBlocksThatWereAskedFor) {
    const auto source = std::make_shared<TestSource>(1'000'000);
    DataTableModel model;
    model.setSource(source);
    (void)model.index(500'000, 0).data();
    QTest::qWait(50);
    EXPECT_LE(source->asked.load(), 64 * 5);
}

TEST(DataTableModel, TypingIntoTheTableDoesNotReadEveryRow) {
    const auto source = std::make_shared<TestSource>(1'000'000);
    DataTable table;
    table.resize(600, 300);
    table.setSource(source);
    table.show();
    QTest::keyClicks(&table.view(), "zz");
    QTest::qWait(50);
    EXPECT_LT(source->asked.load(), 64 * 5 * 4);
}

TEST(DataTableModel, AQueryOfAnotherSourceLeavesOutWhatIsNotThere) {
    DataTableModel model;
    model.setSource(std::make_shared<TestSource>(100));
    RowQuery query{.sortColumn = 7, .descending = false, .filters = {}, .search = {}};
    query.filters[9].from = 3;
    model.setQuery(query);
    EXPECT_FALSE(model.arranging());
    EXPECT_EQ(model.rowCount(), 100);
}

TEST(DataTableModel, TheNewestQueryWins) {
    DataTableModel model;
    model.setSource(std::make_shared<TestSource>(200'000));
    for (int column = 0; column < 5; ++column) model.setQuery({.sortColumn = column, .descending = false, .filters = {}, .search = {}});
    model.setQuery({.sortColumn = 4, .descending = true, .filters = {}, .search = {}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !model.arranging(); }, 10'000));
    EXPECT_EQ(model.shownQuery().sortColumn, 4);
    EXPECT_TRUE(model.shownQuery().descending);
    const auto& source = *model.source();
    EXPECT_EQ(source.number(model.sourceRow(0), 4), 199'999);
    EXPECT_EQ(model.shownRow(model.sourceRow(17)), 17);
}

TEST(DataTableModel, ACancelledQueryLeavesTheTableAsItIs) {
    DataTableModel model;
    model.setSource(std::make_shared<TestSource>(300'000));
    model.setQuery({.sortColumn = 2, .descending = false, .filters = {}, .search = {}});
    model.cancelQuery();
    QTest::qWait(100);
    EXPECT_FALSE(model.arranging());
    EXPECT_EQ(model.query(), RowQuery{});
    EXPECT_EQ(model.sourceRow(5), 5);
}

TEST(DataTable, SortsByTheHeadRisingFallingAndBack) {
    DataTable table;
    table.resize(900, 400);
    table.setSource(std::make_shared<TestSource>(1000));
    table.show();
    const auto click = [&] {
        auto* header = table.view().horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(header->sectionViewportPosition(4) + 20, 10));
        ASSERT_TRUE(settled(table));
    };
    click();
    EXPECT_EQ(table.model().sourceRow(0), 0);
    EXPECT_EQ(table.model().shownQuery().sortColumn, 4);
    click();
    EXPECT_TRUE(table.model().shownQuery().descending);
    EXPECT_EQ(table.model().source()->number(table.model().sourceRow(0), 4), 999);
    click();
    EXPECT_TRUE(table.model().shownQuery().asksNothing());
    EXPECT_EQ(table.model().sourceRow(999), 999);
}

TEST(DataTable, SearchShowsHowManyRowsAreLeftAndCanBeCleared) {
    DataTable table;
    table.resize(900, 400);
    table.setSource(std::make_shared<TestSource>(300));
    table.show();
    auto* search = table.findChild<QLineEdit*>("table_search");
    QTest::keyClicks(search, "blue");
    QTest::keyClick(search, Qt::Key_Return);
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 100);
    EXPECT_EQ(table.findChild<QLabel*>("table_counts")->text(), "100 of 300 rows");
    auto* clear = table.findChild<QPushButton*>("table_clear_filters");
    EXPECT_TRUE(clear->isVisible());
    clear->click();
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 300);
    EXPECT_FALSE(clear->isVisible());
    EXPECT_TRUE(search->text().isEmpty());
}

TEST(DataTable, FiltersAreSetInALittleWindow) {
    DataTable table;
    table.resize(900, 400);
    table.setSource(std::make_shared<TestSource>(300));
    table.show();
    auto* numbers = table.editFilter(0);
    numbers->findChild<QLineEdit*>("filter_from")->setText("10");
    numbers->findChild<QLineEdit*>("filter_to")->setText("20");
    numbers->findChild<QPushButton*>("filter_apply")->click();
    ASSERT_TRUE(settled(table));
    ASSERT_GT(table.model().rowCount(), 0);
    for (int row = 0; row < table.model().rowCount(); ++row) {
        const double value = table.model().source()->number(table.model().sourceRow(row), 0);
        EXPECT_TRUE(value >= 10 && value <= 20) << value;
    }
    auto* again = table.editFilter(0);
    EXPECT_EQ(again->filter().from, 10);
    again->findChild<QPushButton*>("filter_remove")->click();
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 300);

    auto* categories = table.editFilter(1);
    categories->findChild<QPushButton*>("filter_none")->click();
    categories->findChild<QListWidget*>("filter_categories")->item(1)->setCheckState(Qt::Checked);
    shot(*categories, "table_filter_categories");
    categories->findChild<QPushButton*>("filter_apply")->click();
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 100);
    auto* missing = table.editFilter(0);
    missing->findChild<QCheckBox*>("filter_missing")->setChecked(true);
    missing->findChild<QPushButton*>("filter_apply")->click();
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 10);
}

TEST(DataTable, CopiesTheSelectionAsLinesOfCells) {
    DataTable table;
    table.resize(900, 400);
    table.setSource(std::make_shared<TestSource>(300));
    table.show();
    table.view().selectionModel()->select(QItemSelection(table.model().index(1, 1), table.model().index(2, 2)), QItemSelectionModel::ClearAndSelect);
    QSignalSpy copied(&table.model(), &DataTableModel::copied);
    table.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&table));
    table.view().setFocus();
    QTest::keyClick(&table.view(), Qt::Key_C, Qt::ControlModifier);
    ASSERT_TRUE(!copied.isEmpty() || copied.wait());
    EXPECT_EQ(QGuiApplication::clipboard()->text(), "Green\tItem 3\nblue\tItem 6\n");
    EXPECT_EQ(table.findChild<QLabel*>("table_counts")->text(), "Copied 2 row(s).");
}

TEST(DataTable, SaysWhenNotEverythingIsCopied) {
    DataTable table;
    table.setSource(std::make_shared<TestSource>(25'000));
    QSignalSpy copied(&table.model(), &DataTableModel::copied);
    table.model().copy({{0, 24'999, 0, 0}});
    ASSERT_TRUE(copied.wait());
    EXPECT_EQ(copied[0][1].toInt(), 10'000);
    EXPECT_EQ(copied[0][2].toInt(), 15'000);
    EXPECT_EQ(table.findChild<QLabel*>("table_counts")->text(), "Copied the first 10,000 of 25,000 rows.");
}

TEST(DataTable, TellsWhichColumnAndRowAreLookedAt) {
    DataTable table;
    table.setSource(std::make_shared<TestSource>(300));
    QSignalSpy column(&table, &DataTable::columnChosen), row(&table, &DataTable::rowChosen);
    table.view().setCurrentIndex(table.model().index(7, 2));
    ASSERT_EQ(column.size(), 1);
    EXPECT_EQ(column[0][0].toInt(), 2);
    EXPECT_EQ(table.currentRow(), 7);
    table.showColumn(3);
    EXPECT_EQ(column.back()[0].toInt(), 3);
}

TEST(DataTable, AMillionRowsOpenAndScrollAtOnce) {
    const auto source = std::make_shared<TestSource>(1'000'000, 20);
    DataTable table;
    table.resize(1280, 720);
    QElapsedTimer clock;
    clock.start();
    table.setSource(source);
    table.show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return cellText(table, 0, 0) != QStringLiteral("…"); }, 5000));
    table.grab();
    EXPECT_LT(clock.elapsed(), 3000);
    table.view().verticalScrollBar()->setValue(900'000);
    ASSERT_TRUE(QTest::qWaitFor([&] { return cellText(table, 900'000, 4) == "300000"; }, 5000));
}

TEST(DataTable, LooksRightInBothThemes) {
    DataTable table;
    table.resize(900, 420);
    table.setSource(std::make_shared<TestSource>(70'000, 8));
    table.show();
    RowQuery query{.sortColumn = 4, .descending = true, .filters = {}, .search = {}};
    query.filters[1].categories = std::vector<int>{0, 1};
    table.model().setQuery(query);
    ASSERT_TRUE(settled(table));
    ASSERT_TRUE(QTest::qWaitFor([&] { return cellText(table, 3, 0) != QStringLiteral("…"); }, 5000));
    applyTheme(ThemeChoice::Light);
    shot(table, "table_light");
    applyTheme(ThemeChoice::Dark);
    QTest::qWait(20);
    shot(table, "table_dark");
    applyTheme(ThemeChoice::Light);
}

/// Every fourth row is gone, every fourth struck; the cells of column 2 are changed in every tenth row.
class MarkedSource : public TestSource {
public:
    using TestSource::TestSource;
    CellTint tint(std::int64_t row, int column) const override { return column == 2 && row % 10 == 0 ? CellTint::Changed : CellTint::None; }
    RowState state(std::int64_t row) const override { return row % 4 == 0 ? RowState::Gone : row % 4 == 1 ? RowState::Struck : RowState::There; }
    bool anyGone() const override { return true; }
};

TEST(DataTable, RowsThatAreGoneAreShownOnlyWhenAskedFor) {
    DataTable table;
    table.setSource(std::make_shared<MarkedSource>(400));
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 300);
    EXPECT_EQ(table.model().sourceRow(0), 1);
    table.setTouchedOnly(true);
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 120);  // struck: 100, changed and there: 10, 30, 50 …
    table.setGoneShown(true);
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 140);
}

TEST(DataTable, AnotherStateOfTheSameTableKeepsPlaceAndOrder) {
    DataTable table;
    table.resize(600, 300);
    table.setSource(std::make_shared<TestSource>(5000));
    table.show();
    table.cycleSort(4);
    ASSERT_TRUE(settled(table));
    table.showCell(table.model().sourceRow(2500), 3);
    const std::int64_t current = table.currentRow();
    // Columns are made as wide as the first cells that come; what is chosen after that stays.
    ASSERT_TRUE(QTest::qWaitFor([&] { return !cellText(table, 2500, 1).isEmpty(); }));
    table.view().setColumnWidth(1, 177);
    table.replaceSource(std::make_shared<TestSource>(5000, 7));
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().query().sortColumn, 4);
    EXPECT_EQ(table.currentRow(), current);
    EXPECT_EQ(table.currentColumn(), 3);
    EXPECT_EQ(table.view().columnWidth(1), 177);
}

TEST(DataTable, AColumnThatFilledTheRoomIsNarrowAgainWhereOthersFollowIt) {
    DataTable table;
    table.resize(1600, 300);
    table.setSource(std::make_shared<TestSource>(50));
    table.show();
    ASSERT_TRUE(settled(table));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !cellText(table, 1, 1).isEmpty(); }));
    const int filled = table.view().columnWidth(4);
    ASSERT_GT(filled, 400) << "the last column fills the room";
    table.replaceSource(std::make_shared<TestSource>(50, 6));
    ASSERT_TRUE(settled(table));
    EXPECT_LE(table.view().columnWidth(4), 280);
}

TEST(DataTable, OnlyTheRowsGivenAreShownUntilAllAreAskedFor) {
    DataTable table;
    table.setSource(std::make_shared<TestSource>(100));
    table.showOnly({3, 5, 8}, "Three rows");
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 3);
    EXPECT_EQ(table.model().sourceRow(2), 8);
    EXPECT_EQ(table.findChild<QLabel*>("table_counts")->text(), "Three rows: 3 of 100 rows");
    table.findChild<QPushButton*>("table_clear_filters")->click();
    ASSERT_TRUE(settled(table));
    EXPECT_EQ(table.model().rowCount(), 100);
}

TEST(DataTable, WhatIsTypedIntoACellIsToldAndNothingElse) {
    DataTable table;
    table.setSource(std::make_shared<TestSource>(50));
    QSignalSpy edited(&table, &DataTable::cellEdited);
    (void)cellText(table, 1, 2);
    ASSERT_TRUE(QTest::qWaitFor([&] { return cellText(table, 1, 2) == "Item 3"; }));
    EXPECT_FALSE(table.model().setData(table.model().index(1, 2), "other"));
    table.setEditable(true);
    EXPECT_FALSE(table.model().setData(table.model().index(1, 2), "Item 3"));
    EXPECT_TRUE(table.model().setData(table.model().index(1, 2), "other"));
    ASSERT_EQ(edited.size(), 1);
    EXPECT_EQ(edited[0][2].toString(), "other");
    EXPECT_EQ(cellText(table, 1, 2), "Item 3");
}

TEST(DataTable, TheFirstColumnsCanStayInView) {
    DataTable table;
    table.resize(700, 300);
    table.setSource(std::make_shared<TestSource>(500, 20));
    table.show();
    table.freezeColumns(2);
    auto* frozen = table.findChild<QTableView*>("frozen_columns");
    ASSERT_TRUE(frozen->isVisible());
    EXPECT_FALSE(frozen->isColumnHidden(1));
    EXPECT_TRUE(frozen->isColumnHidden(2));
    table.showCell(400, 15);
    EXPECT_EQ(frozen->verticalScrollBar()->value(), table.view().verticalScrollBar()->value());
    EXPECT_EQ(frozen->width(), table.view().columnWidth(0) + table.view().columnWidth(1));
    table.freezeColumns(0);
    EXPECT_FALSE(frozen->isVisible());
}

TEST(DataTable, HeadsShowHowFullAColumnIs) {
    DataTable table;
    table.setSource(std::make_shared<TestSource>(50));
    const int before = table.view().horizontalHeader()->sizeHint().height();
    table.model().setSketch(1, {.valid = 0.7, .empty = 0.2, .wrong = 0.1, .bars = {1, 5, 2}, .distinct = 3, .words = "words"});
    EXPECT_GT(table.view().horizontalHeader()->sizeHint().height(), before);
    EXPECT_TRUE(table.model().headerData(1, Qt::Horizontal, Qt::ToolTipRole).toString().contains("words"));
    table.setSource(std::make_shared<TestSource>(50));
    EXPECT_EQ(table.view().horizontalHeader()->sizeHint().height(), before);
}

}  // namespace
}  // namespace lamina
