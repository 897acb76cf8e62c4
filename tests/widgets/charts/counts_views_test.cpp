#include <gtest/gtest.h>

#include <QBoxLayout>
#include <QDir>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "widgets/charts/bars_view.h"
#include "widgets/charts/confusion_matrix_view.h"
#include "widgets/charts/histogram_view.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

MatrixValues small() { return {{"cat", "dog", "cow, \"big\""}, {8, 2, 0, 1, 9, 0, 0, 0, 0}}; }

MatrixValues large(int classes) {
    MatrixValues values;
    for (int i = 0; i < classes; ++i) {
        values.classes.append(QStringLiteral("a class with a long name %1").arg(i));
        for (int j = 0; j < classes; ++j) values.counts.push_back(i == j ? 100 : (i * j) % 7);
    }
    return values;
}

TEST(MatrixValues, SharesAreOfTheRowOrTheColumn) {
    const MatrixValues values = small();
    EXPECT_EQ(values.text(0, 1, MatrixUnit::Count), "2");
    EXPECT_EQ(values.text(0, 1, MatrixUnit::ShareOfActual), "20.0 %");
    EXPECT_EQ(values.text(0, 1, MatrixUnit::ShareOfPredicted), "18.2 %");
    EXPECT_EQ(values.share(2, 2, MatrixUnit::ShareOfActual), 0);
    EXPECT_EQ(values.actualTotal(1), 10);
    EXPECT_EQ(values.predictedTotal(1), 11);
    EXPECT_EQ(values.total(), 20);
}

TEST(MatrixValues, TheCsvHasTotalsAndQuotesNames) {
    EXPECT_EQ(small().csv(),
              "actual \\ predicted,\"cat\",\"dog\",\"cow, \"\"big\"\"\",total\n\"cat\",8,2,0,10\n\"dog\",1,9,0,10\n\"cow, "
              "\"\"big\"\"\",0,0,0,0\ntotal,9,11,0,20\n");
}

class MatrixTest : public testing::Test {
protected:
    void SetUp() override {
        view.resize(600, 400);
        view.setValues(small());
        view.show();
    }
    ConfusionMatrixView view;
};

TEST_F(MatrixTest, AClickOpensTheCellUnderThePointer) {
    QSignalSpy opened(&view, &ConfusionMatrixView::cellActivated);
    const QSize whole = view.wholeSize();
    // The last but one cell of the first row: the column before the totals is the third class.
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(whole.width() - 110, 60));
    ASSERT_EQ(opened.count(), 1);
    EXPECT_EQ(opened.at(0).at(0).toInt(), 0);
    EXPECT_EQ(opened.at(0).at(1).toInt(), 2);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(5, 5));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(whole.width() - 10, 60));
    EXPECT_EQ(opened.count(), 1);
}

TEST_F(MatrixTest, KeysMoveAndOpen) {
    QSignalSpy opened(&view, &ConfusionMatrixView::cellActivated);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Return);
    ASSERT_EQ(opened.count(), 1);
    EXPECT_EQ(opened.at(0).at(0).toInt(), 1);
    EXPECT_EQ(opened.at(0).at(1).toInt(), 1);
    EXPECT_TRUE(view.accessibleDescription().contains("dog"));
    for (int i = 0; i < 9; ++i) QTest::keyClick(&view, Qt::Key_Left);
    EXPECT_EQ(view.current()->second, 0);
}

TEST_F(MatrixTest, ManyClassesScrollAndTheCurrentCellStaysInSight) {
    view.setValues(large(100));
    EXPECT_GT(view.horizontalScrollBar()->maximum(), 0);
    EXPECT_GT(view.verticalScrollBar()->maximum(), 0);
    view.setCurrent(99, 99);
    EXPECT_GT(view.horizontalScrollBar()->value(), 0);
    view.setCurrent(0, 0);
    EXPECT_EQ(view.verticalScrollBar()->value(), 0);
}

TEST_F(MatrixTest, FewerClassesThanBeforeKeepTheCurrentCellInside) {
    view.setValues(large(10));
    view.setCurrent(9, 9);
    view.setValues(small());
    EXPECT_EQ(view.current()->first, 2);
    view.setValues({});
    EXPECT_FALSE(view.current());
    QTest::keyClick(&view, Qt::Key_Return);
}

TEST(BarsView, IsAsHighAsItsRows) {
    BarsView bars;
    bars.setRows({"Training", "Test"}, {{"a", {3, 1}}});
    const int one = bars.sizeHint().height();
    bars.setRows({"Training", "Test"}, {{"a", {3, 1}}, {"b", {0, 0}}});
    EXPECT_GT(bars.sizeHint().height(), one);
    EXPECT_TRUE(bars.accessibleDescription().contains("a: Training 3, Test 1"));
    EXPECT_FALSE(bars.grab().isNull());
}

TEST(HistogramView, PaintsNothingAndSomething) {
    HistogramView histogram;
    EXPECT_FALSE(histogram.grab().isNull());
    histogram.setCounts(-1, 1, {1, 0, 4});
    EXPECT_TRUE(histogram.accessibleDescription().contains("-1"));
}

TEST(CountsPictures, AreSavedForPeople) {
    const QString folder = qEnvironmentVariable("LAMINA_SHOTS");
    if (folder.isEmpty()) GTEST_SKIP() << "LAMINA_SHOTS names no folder";
    for (const bool dark : {false, true}) {
        applyTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
        QWidget page;
        auto* layout = new QHBoxLayout(&page);
        auto* matrix = new ConfusionMatrixView;
        MatrixValues values = large(10);
        for (int i = 0; i < 10; ++i)
            values.classes[i] = QStringList{"T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"}[i];
        matrix->setValues(values);
        matrix->setUnit(dark ? MatrixUnit::ShareOfActual : MatrixUnit::Count);
        layout->addWidget(matrix, 3);
        auto* right = new QVBoxLayout;
        layout->addLayout(right, 1);
        auto* bars = new BarsView;
        bars->setRows({"Training", "Validation", "Test"}, {{"T-shirt", {700, 150, 150}}, {"Trouser", {300, 90, 80}}, {"Ankle boot", {40, 5, 5}}});
        right->addWidget(bars);
        auto* histogram = new HistogramView;
        histogram->setCounts(-3.2, 4.5, {1, 4, 9, 30, 80, 95, 70, 33, 12, 4, 0, 0, 1});
        right->addWidget(histogram);
        page.resize(1200, 460);
        page.show();
        matrix->setFocus();
        matrix->setCurrent(2, 4);
        QTest::qWait(30);
        page.grab().save(QDir(folder).filePath(dark ? "counts_dark.png" : "counts_light.png"));
    }
    applyTheme(ThemeChoice::Light);
}

}  // namespace
}  // namespace lamina
