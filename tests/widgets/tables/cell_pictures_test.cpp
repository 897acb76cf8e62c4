// Pictures in the cells of a table and what the heads of rows say.
#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>

#include <thread>

#include "tests/widgets/tables/test_source.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

/// Column 4 holds pictures: every tenth cannot be shown, every seventh is missing.
class PictureRows : public TestSource {
public:
    using TestSource::TestSource;
    ColumnHeading heading(int column) const override {
        return column == 4 ? ColumnHeading{QStringLiteral("photo"), CellKind::Picture, 0, {}, {}} : TestSource::heading(column);
    }
    bool missing(std::int64_t row, int column) const override { return column == 4 ? row % 7 == 3 : TestSource::missing(row, column); }
    QString text(std::int64_t row, int column) const override {
        return column == 4 ? QStringLiteral("jpeg, %1 bytes").arg(row) : TestSource::text(row, column);
    }
    bool hasPictures(int column) const override { return column == 4; }
    QImage picture(std::int64_t row, int, int edge) const override {
        ++pictures;
        offGuiThread = offGuiThread && std::this_thread::get_id() != gui;
        if (wait > 0) std::this_thread::sleep_for(std::chrono::milliseconds(wait));
        if (row % 10 == 5) return {};
        QImage image(edge * 3, edge, QImage::Format_RGB32);
        image.fill(QColor::fromHsv(static_cast<int>(row % 360), 200, 200));
        return image;
    }
    int wait = 0;
    const std::thread::id gui = std::this_thread::get_id();
    mutable std::atomic<int> pictures{0};
    mutable std::atomic<bool> offGuiThread{true};
};

struct PictureTable : DataTable {
    explicit PictureTable(std::int64_t rows, int wait = 0) : source(std::make_shared<PictureRows>(rows)) {
        source->wait = wait;
        setSource(source);
        resize(900, 500);
        show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(this));
    }
    QPixmap pictureOf(int row) const { return shown(row).data(Qt::DecorationRole).value<QPixmap>(); }
    QModelIndex shown(int row) const { return const_cast<PictureTable*>(this)->model().index(row, 4); }
    static bool wait(std::function<bool()> condition) { return QTest::qWaitFor(std::move(condition), 10'000); }

    std::shared_ptr<PictureRows> source;
};

TEST(CellPictures, AreMadeInTheBackgroundAndFitTheirRows) {
    PictureTable table(1000);
    ASSERT_TRUE(table.wait([&] { return !table.pictureOf(0).isNull(); }));
    EXPECT_TRUE(table.source->offGuiThread);
    EXPECT_LE(table.pictureOf(0).deviceIndependentSize().width(), CellPictures::edge) << "shrunk to its place";
    EXPECT_GE(table.view().rowHeight(0), CellPictures::edge);
    EXPECT_TRUE(table.shown(0).data().toString().isEmpty()) << "the picture says it: " << table.shown(0).data().toString().toStdString();
    EXPECT_TRUE(table.shown(0).data(Qt::ToolTipRole).toString().contains("jpeg, 0 bytes"));
    EXPECT_EQ(table.shown(0).data(Qt::AccessibleTextRole).toString(), "jpeg, 0 bytes");
}

TEST(CellPictures, WhatCannotBeShownIsSaidAndWhatIsMissingIsEmpty) {
    PictureTable table(1000);
    ASSERT_TRUE(table.wait([&] { return table.shown(5).data().toString().startsWith("cannot be shown"); }));
    EXPECT_TRUE(table.pictureOf(5).isNull());
    ASSERT_TRUE(table.wait([&] { return !table.pictureOf(4).isNull(); }));
    EXPECT_TRUE(table.shown(3).data().toString().isEmpty());
    EXPECT_TRUE(table.pictureOf(3).isNull());
}

TEST(CellPictures, RowsOfTablesWithoutPicturesStayLow) {
    DataTable table;
    table.setSource(std::make_shared<PictureRows>(10));
    const int high = table.view().rowHeight(0);
    table.setSource(std::make_shared<TestSource>(10));
    EXPECT_LT(table.view().rowHeight(0), high);
}

TEST(CellPictures, ScrollingThroughAHundredThousandNeverWaitsAndMakesOnlyWhatIsSeen) {
    PictureTable table(100'000, 3);
    ASSERT_TRUE(table.wait([&] { return !table.pictureOf(0).isNull(); }));
    const int before = table.source->pictures;
    qint64 longest = 0;
    QScrollBar* bar = table.view().verticalScrollBar();
    for (int step = 1; step <= 200; ++step) {
        QElapsedTimer clock;
        clock.start();
        bar->setValue(static_cast<int>(static_cast<std::int64_t>(bar->maximum()) * step / 200));
        QApplication::processEvents();
        longest = std::max(longest, clock.elapsed());
    }
    EXPECT_LT(longest, 250) << "milliseconds for one step";
    ASSERT_TRUE(table.wait([&] { return !table.pictureOf(99'999).isNull() || !table.pictureOf(99'998).isNull(); })) << "what is seen comes first";
    EXPECT_LT(table.source->pictures - before, 1500) << "not one for every row that flew past";
}

TEST(ColumnHeads, GetRoomForWhatASketchSaysUnlessSomebodyChoseTheirWidth) {
    DataTable table;
    table.setSource(std::make_shared<TestSource>(300));
    table.resize(900, 400);
    table.show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return table.model().index(0, 1).data().toString() != "…"; }, 10'000));
    QApplication::processEvents();
    const int before = table.view().columnWidth(1);
    table.view().setColumnWidth(3, 77);
    ColumnSketch sketch;
    sketch.distinct = 1'234'567'890;
    table.model().setSketch(1, sketch);
    table.model().setSketch(3, sketch);
    EXPECT_GT(table.view().columnWidth(1), before);
    EXPECT_EQ(table.view().columnWidth(3), 77);
}

TEST(RowNotes, SayWhatIsSaidOfEachRowUntilAllRowsAreShown) {
    DataTable table;
    table.setSource(std::make_shared<TestSource>(300));
    table.resize(700, 400);
    table.show();
    const int plain = table.view().verticalHeader()->width();
    table.showOnly({200, 7, 8}, "Alike", [](std::int64_t row) { return RowNote{row == 7 ? "Test" : "Training", Qt::red}; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return table.model().rowCount() == 3; }, 10'000));
    const auto head = [&](int row, int role) { return table.model().headerData(row, Qt::Vertical, role); };
    EXPECT_EQ(head(0, Qt::DisplayRole).toString(), "Training · 201");
    EXPECT_EQ(head(1, Qt::DisplayRole).toString(), "Test · 8");
    EXPECT_FALSE(head(1, Qt::DecorationRole).value<QPixmap>().isNull());
    const int wide = table.view().verticalHeader()->width();
    EXPECT_GE(wide, table.fontMetrics().horizontalAdvance("Training · 300") + 20) << "nothing is cut";
    table.findChild<QPushButton*>("table_clear_filters")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return table.model().rowCount() == 300; }, 10'000));
    EXPECT_EQ(head(7, Qt::DisplayRole).toString(), "8");
    EXPECT_TRUE(head(7, Qt::DecorationRole).isNull());
    EXPECT_EQ(table.view().verticalHeader()->width(), plain);
    // Another set of rows without anything to say of them.
    table.showOnly({1, 2}, "Others");
    ASSERT_TRUE(QTest::qWaitFor([&] { return table.model().rowCount() == 2; }, 10'000));
    EXPECT_EQ(head(0, Qt::DisplayRole).toString(), "2");
}

}  // namespace
}  // namespace lamina
