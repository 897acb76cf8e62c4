#include "tests/support/window_test.h"
#include "widgets/gallery/thumbnail_gallery.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QWheelEvent>

#include <atomic>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

class TestPictures : public ImageSource {
public:
    explicit TestPictures(std::int64_t count, int delay = 0, int edge = 28) : m_count(count), m_delay(delay), m_edge(edge) {}
    std::int64_t count() const override { return m_count; }
    QStringList classNames() const override { return {"shirt", "shoe", "bag"}; }
    int classOf(std::int64_t item) const override { return static_cast<int>(item % 3); }
    QString caption(std::int64_t) const override { return {}; }
    QImage thumbnail(std::int64_t item, int edge) const override {
        ++made;
        lastEdge = edge;
        if (m_delay > 0) QThread::msleep(static_cast<unsigned long>(m_delay));
        if (item == 5) return {};
        QImage picture(m_edge, m_edge * 3 / 4, QImage::Format_RGB32);
        picture.fill(QColor::fromHsv(static_cast<int>(item * 37 % 360), 120, 200));
        return picture;
    }
    mutable std::atomic<int> made{0}, lastEdge{0};

private:
    std::int64_t m_count;
    int m_delay, m_edge;
};

bool waitUntilComplete(ThumbnailGallery& gallery) {
    return QTest::qWaitFor(
        [&] {
            gallery.grab();
            return gallery.complete();
        },
        10'000);
}

TEST(GalleryModel, KeepsTheContractOfItemModels) {
    GalleryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSource(std::make_shared<TestPictures>(1000));
    model.setClass(1);
    EXPECT_EQ(model.rowCount(), 333);
    EXPECT_EQ(model.item(2), 7);
    EXPECT_EQ(model.row(7), 2);
    EXPECT_EQ(model.row(8), -1);
    model.setClass(std::nullopt);
    model.setItems(std::vector<std::int64_t>{9, 3, 4});
    EXPECT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.row(3), 1);
    model.setClass(0);
    EXPECT_EQ(model.rowCount(), 2);
}

TEST(GalleryModel, APictureComesAfterItWasAskedFor) {
    GalleryModel model;
    model.setSource(std::make_shared<TestPictures>(100));
    EXPECT_TRUE(model.index(7).data(Qt::DecorationRole).value<QPixmap>().isNull());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    ASSERT_TRUE(changed.wait());
    EXPECT_EQ(model.index(7).data(Qt::DecorationRole).value<QPixmap>().width(), 28);
    EXPECT_EQ(model.index(7).data().toString(), "shoe");
}

TEST(GalleryModel, ABrokenPictureIsKnownToBeBroken) {
    GalleryModel model;
    model.setSource(std::make_shared<TestPictures>(100));
    (void)model.index(5).data(Qt::DecorationRole);
    ASSERT_TRUE(QTest::qWaitFor([&] { return model.has(5); }));
    EXPECT_TRUE(model.index(5).data(GalleryModel::BrokenRole).toBool());
}

TEST(ThumbnailLoader, MakesWhatWasAskedForLastFirst) {
    ThumbnailLoader loader;
    loader.setSource(std::make_shared<TestPictures>(1000, 20));
    std::vector<std::int64_t> order;
    QObject::connect(&loader, &ThumbnailLoader::ready, &loader, [&](std::int64_t item) { order.push_back(item); });
    for (std::int64_t item = 100; item < 110; ++item) loader.request(item, 64);
    ASSERT_TRUE(QTest::qWaitFor([&] { return order.size() == 10; }));
    EXPECT_NE(std::find(order.begin(), order.begin() + 8, 109), order.begin() + 8);
    EXPECT_EQ(std::find(order.begin() + 5, order.end(), 109), order.end());
}

TEST(ThumbnailGallery, PicturesThatAreScrolledAwayAreNeverMade) {
    const auto source = std::make_shared<TestPictures>(100'000, 5);
    ThumbnailGallery gallery;
    gallery.resize(800, 600);
    gallery.setSource(source);
    gallery.show();
    for (int i = 1; i <= 40; ++i) {
        gallery.view().verticalScrollBar()->setValue(gallery.view().verticalScrollBar()->maximum() * i / 40);
        gallery.grab();
        QTest::qWait(2);
    }
    ASSERT_TRUE(waitUntilComplete(gallery));
    EXPECT_LT(source->made.load(), 600);  // forty screens have about 1,900
}

TEST(ThumbnailGallery, AHundredThousandPicturesOpenAtOnce) {
    ThumbnailGallery gallery;
    gallery.resize(1000, 700);
    QElapsedTimer clock;
    clock.start();
    gallery.setSource(std::make_shared<TestPictures>(100'000));
    gallery.show();
    ASSERT_TRUE(waitUntilComplete(gallery));
    EXPECT_LT(clock.elapsed(), 2000);
}

TEST(ThumbnailGallery, ShowsOneClass) {
    ThumbnailGallery gallery;
    gallery.resize(700, 500);
    gallery.setSource(std::make_shared<TestPictures>(3000));
    gallery.show();
    gallery.findChild<QComboBox*>("gallery_class")->setCurrentIndex(2);
    EXPECT_EQ(gallery.model().rowCount(), 1000);
    EXPECT_EQ(gallery.model().index(0).data(GalleryModel::ClassRole).toInt(), 1);
    gallery.findChild<QComboBox*>("gallery_class")->setCurrentIndex(0);
    EXPECT_EQ(gallery.model().rowCount(), 3000);
}

TEST(ThumbnailGallery, SizeFollowsSliderAndWheelAndAsksForSharperPictures) {
    const auto source = std::make_shared<TestPictures>(300);
    ThumbnailGallery gallery;
    gallery.resize(700, 500);
    gallery.setSource(source);
    gallery.show();
    ASSERT_TRUE(waitUntilComplete(gallery));
    EXPECT_EQ(source->lastEdge, 128);
    QWheelEvent wheel({50, 50}, gallery.view().viewport()->mapToGlobal(QPointF(50, 50)), {}, {0, 480}, Qt::NoButton, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(gallery.view().viewport(), &wheel);
    EXPECT_EQ(gallery.size(), 144);
    gallery.setSize(200);
    ASSERT_TRUE(QTest::qWaitFor([&] {
        gallery.grab();
        return source->lastEdge == 256;
    }));
}

TEST(ThumbnailGallery, IsUsedWithTheKeyboard) {
    ThumbnailGallery gallery;
    gallery.resize(700, 500);
    gallery.setSource(std::make_shared<TestPictures>(300));
    gallery.show();
    gallery.showItem(0);
    QSignalSpy current(&gallery, &ThumbnailGallery::currentItemChanged), activated(&gallery, &ThumbnailGallery::itemActivated);
    QTest::keyClick(&gallery.view(), Qt::Key_Right);
    EXPECT_EQ(gallery.currentItem(), 1);
    QTest::keyClick(&gallery.view(), Qt::Key_Down);
    EXPECT_GT(gallery.currentItem(), 3);
    QTest::keyClick(&gallery.view(), Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(gallery.selectedItems().size(), 300u);
    QTest::keyClick(&gallery.view(), Qt::Key_Return);
    ASSERT_EQ(activated.size(), 1);
    EXPECT_EQ(activated[0][0].value<std::int64_t>(), gallery.currentItem());
}

TEST(ThumbnailGallery, LooksRightInBothThemes) {
    ThumbnailGallery gallery;
    gallery.resize(800, 420);
    gallery.setSource(std::make_shared<TestPictures>(70'000));
    for (const auto theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        applyTheme(theme);
        gallery.show();
        gallery.showItem(3);
        ASSERT_TRUE(waitUntilComplete(gallery));
        shot(gallery, theme == ThemeChoice::Light ? "gallery_light" : "gallery_dark");
    }
    applyTheme(ThemeChoice::Light);
}

}  // namespace
}  // namespace lamina
