// The Label page: from a folder of pictures to labels in the project.
#include <QComboBox>
#include <QSettings>
#include <QTabWidget>
#include <QToolButton>
#include <QTranslator>

#include "app/pages/label/label_bar.h"
#include "core/annotation/shape_document.h"
#include "tests/app/pages/label/label_page_fixture.h"
#include "widgets/common/elided_label.h"

namespace lamina {
namespace {

TEST_F(LabelPageTest, ABoxThatIsDrawnIsInTheProjectOnceItIsCalledSaved) {
    look("begin");
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    const auto all = labels(0);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].tool, "box");
    EXPECT_TRUE(all[0].model.empty());
    const auto shape = shapeFromDocument(all[0].document, "screw");
    ASSERT_TRUE(shape);
    EXPECT_NEAR(boundsOf(*shape).width(), 30, 1);
    EXPECT_EQ(item(0).state, ItemState::Labelled);
    look("box");
}

TEST_F(LabelPageTest, LabelsThatLieBesideThePicturesAreThereFromTheBeginning) {
    EXPECT_FALSE(find<QPushButton>("label_begin_files")->isVisible());
    ASSERT_TRUE(writeFileAtomically(folder / "photos/labels.json", R"({"images": [{"id": 1, "file_name": "all/2.png", "width": 80, "height": 60}], "categories": [{"id": 1, "name": "screw"}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 10, 30, 20]}]})"));
    emit workspace.changed();
    ASSERT_TRUE(QTest::qWaitFor([this] { return find<QPushButton>("label_begin_files")->isVisible(); }, 5000));
    EXPECT_EQ(find<QPushButton>("label_begin_files")->text(), "Begin with the existing labels: COCO");
    look("begin_with_labels");
    find<QPushButton>("label_begin_files")->click();
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.canvas().isVisible(); }, 5000));
    EXPECT_EQ(labels(2).size(), 1u);
    EXPECT_EQ(page.queue().counts().labels(), 1);
}

TEST_F(LabelPageTest, SpaceChecksAndGoesOnAndAnEmptyPictureIsCheckedAsSuch) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_Space);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_Space);
    ASSERT_TRUE(isAt(2));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(item(0).state, ItemState::Checked);
    EXPECT_EQ(item(1).state, ItemState::CheckedEmpty);
    EXPECT_EQ(page.canvas().toolType().name, "box") << "the tool stays";
    key(Qt::Key_A);
    EXPECT_TRUE(isAt(1));
}

TEST_F(LabelPageTest, APictureIsNeverCheckedAsEmptyBesideWhatIsHalfDrawnOnIt) {
    begin();
    addClass("screw");
    key(Qt::Key_P);
    const auto click = [this](QPointF place) { QTest::mouseClick(&page.canvas(), Qt::LeftButton, {}, page.canvas().transform().toView(place).toPoint()); };
    click({10, 10});
    click({40, 10});
    key(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(page.position(), 0) << "two points are no polygon";
    EXPECT_TRUE(page.canvas().tool().draft());
    EXPECT_EQ(page.queue().at(0)->state, ItemState::Unlabelled);
    click({40, 30});
    key(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(item(0).state, ItemState::Checked);
    EXPECT_EQ(labels(0).size(), 1u);
}

TEST_F(LabelPageTest, WorkGoesOnWhereItWasLeftEvenIfTheProjectIsReadTwiceAtOnce) {
    begin();
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(2));
    ASSERT_TRUE(QTest::qWaitFor([this] { return QSettings().value("label/position/" + QString::fromStdString(dataset.id)).toInt() == 2; }, 5000));
    LabelPage again(workspace);
    again.show();
    emit workspace.changed();
    emit workspace.selectionChanged();
    EXPECT_TRUE(QTest::qWaitFor([&] { return again.canvas().pictureSize() == QSize(80, 60); }, 5000));
    EXPECT_EQ(again.position(), 2);
}

TEST_F(LabelPageTest, SkippedPicturesKeepTheirReason) {
    begin();
    key(Qt::Key_X);
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(item(0).state, ItemState::Skipped);
    EXPECT_EQ(item(0).reason, "Cannot be told");
}

/// Another language for the bar of the page.
class BarInAnotherLanguage : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override {
        return QLatin1String(context) == QLatin1String("lamina::LabelBar") ? QLatin1Char('~') + QString::fromUtf8(source) : QString();
    }
};

TEST_F(LabelPageTest, AReasonIsKeptInOneLanguageAndToldInTheOneInUse) {
    begin();
    BarInAnotherLanguage other;
    QApplication::installTranslator(&other);
    key(Qt::Key_X);
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(item(0).reason, "Cannot be told");
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(find<ElidedLabel>("label_state")->fullText().endsWith("~Cannot be told")) << find<ElidedLabel>("label_state")->fullText().toStdString();
    QApplication::removeTranslator(&other);
    EXPECT_TRUE(QTest::qWaitFor([this] { return find<ElidedLabel>("label_state")->fullText().endsWith(": Cannot be told"); }, 5000));
    EXPECT_EQ(skipReasonWords("Blurred by rain"), "Blurred by rain") << "what somebody wrote stays as it is";
}

TEST_F(LabelPageTest, AFilterShowsFewerPicturesAndTheWayGoesAlongThem) {
    begin();
    key(Qt::Key_X);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_X);
    ASSERT_TRUE(isAt(2));
    ASSERT_TRUE(isSaved());
    auto* filter = find<QComboBox>("label_filter");
    filter->setCurrentIndex(5);  // skipped
    emit filter->activated(5);
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.queue().shownCount() == 2; }, 5000));
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(find<QToolButton>("label_place")->text().startsWith("1 of 2 picture"));
    key(Qt::Key_D);
    EXPECT_TRUE(isAt(1));
    key(Qt::Key_D);
    EXPECT_TRUE(isAt(0)) << "beginning anew";
    look("filtered");
}

TEST_F(LabelPageTest, SearchFindsNamesAndNumbers) {
    begin();
    auto* search = find<QLineEdit>("label_search");
    QTest::keyClicks(search, "4.png");
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.queue().shownCount() == 1; }, 5000));
    EXPECT_TRUE(isAt(4));
    search->clear();
    QTest::keyClicks(search, "2");  // the picture 2.png, and the second one
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.queue().shownCount() == 2; }, 5000));
}

TEST_F(LabelPageTest, ShapesAreCopiedToAnotherPictureAndThoseBeforeArePropagatedOnce) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_C, Qt::ControlModifier);
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_V, Qt::ControlModifier);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    key(Qt::Key_Y);
    EXPECT_EQ(page.canvas().shapes().size(), 1u) << "it is here already";
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(2));
    key(Qt::Key_Y);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    ASSERT_TRUE(isSaved());
    const auto first = shapeFromDocument(labels(0)[0].document, "screw"), third = shapeFromDocument(labels(2)[0].document, "screw");
    EXPECT_EQ(*first, *third);
    EXPECT_NE(labels(0)[0].id, labels(2)[0].id);
}

TEST_F(LabelPageTest, AnEarlierStateOfAShapeIsBroughtBackAsARevision) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_Delete);
    ASSERT_TRUE(isSaved());
    ASSERT_TRUE(labels(0).empty());
    find<QTabWidget>("label_side")->setCurrentIndex(1);
    auto* list = find<QListWidget>("label_history_list");
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->count() == 2; }, 5000));
    list->setCurrentRow(1);
    look("history");
    find<QPushButton>("label_history_restore")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.canvas().shapes().size() == 1; }, 5000));
    ASSERT_EQ(labels(0).size(), 1u);
    EXPECT_EQ(labels(0)[0].tool, "restore");
    EXPECT_EQ(workspace.shared()->annotations().history(item(0).key)->size(), 3u);
}

}  // namespace
}  // namespace lamina
