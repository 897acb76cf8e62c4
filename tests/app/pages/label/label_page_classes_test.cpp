// Classes on the Label page: given with keys, found, hidden, retired, put into another order.
#include <QDropEvent>
#include <QMimeData>

#include "app/pages/label/class_rows.h"
#include "tests/app/pages/label/label_page_fixture.h"
#include "widgets/common/notice.h"

namespace lamina {
namespace {

TEST_F(LabelPageTest, AClassWhoseNameLiesInAnothersIsAddedAndOnesThatBeginSoAreChosen) {
    begin();
    addClass("T-shirt");
    addClass("Shirt");
    auto* search = find<QLineEdit>("label_class_search");
    search->setText("t-s");
    QTest::keyClick(search, Qt::Key_Return);
    EXPECT_EQ(find<QListWidget>("label_classes")->count(), 2);
    EXPECT_EQ(find<QListWidget>("label_classes")->currentItem()->text(), "T-shirt");
}

TEST_F(LabelPageTest, ArrowsChooseAmongTheClassesThatASearchFound) {
    begin();
    for (const char* name : {"kind1", "kind2", "kind21", "kind22"}) addClass(name);
    auto* search = find<QLineEdit>("label_class_search");
    search->setFocus();
    search->setText("kind2");
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Up);
    QTest::keyClick(search, Qt::Key_Return);
    EXPECT_EQ(find<QListWidget>("label_classes")->currentItem()->text(), "kind21");
    EXPECT_TRUE(search->text().isEmpty());
}

TEST_F(LabelPageTest, DigitsGiveWholePicturesTheirClassAndGoOn) {
    begin();
    addClass("cat");
    addClass("dog");
    find<QCheckBox>("label_whole")->setChecked(true);
    key(Qt::Key_2);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_1);
    ASSERT_TRUE(isAt(2));
    ASSERT_TRUE(isSaved());
    ASSERT_EQ(labels(0).size(), 1u);
    EXPECT_TRUE(labels(0)[0].document.empty());
    EXPECT_NE(labels(0)[0].classNumber, labels(1)[0].classNumber);
    find<QPushButton>("label_use_classes")->click();
    const auto made = [this] { return workspace.shared()->datasets().all()->size() == 2; };
    ASSERT_TRUE(QTest::qWaitFor(made, 5000));
    const auto labelled = workspace.shared()->datasets().all()->back();
    EXPECT_EQ(labelled.rows, 2);
    const auto table = openTable(*workspace.shared(), labelled);
    ASSERT_TRUE(table);
    EXPECT_EQ(labelled.columns.back().role, "target");
    EXPECT_EQ(table->cellText(0, table->columnCount() - 1), "dog");
    EXPECT_EQ(table->cellText(1, table->columnCount() - 1), "cat");
}

TEST_F(LabelPageTest, ADigitGivesSelectedShapesAnotherClassAsARevision) {
    begin();
    addClass("screw");
    addClass("nut");
    key(Qt::Key_1);
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_2);
    ASSERT_TRUE(isSaved());
    const auto all = labels(0);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_FALSE(all[0].parent.empty());
    EXPECT_EQ(workspace.shared()->annotations().history(item(0).key)->size(), 2u);
}

TEST_F(LabelPageTest, HiddenAndLockedClassesAreSoOnEveryPicture) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_L, Qt::ControlModifier);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    EXPECT_TRUE(page.canvas().shapes()[0].locked);
    key(Qt::Key_Delete);
    EXPECT_EQ(page.canvas().shapes().size(), 1u);
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(page.canvas().shapes()[0].locked);
    key(Qt::Key_L, Qt::ControlModifier);
    EXPECT_FALSE(page.canvas().shapes()[0].locked);
}

TEST_F(LabelPageTest, AClassThatWasMadeWhileLabellingIsKnownWhenItsPictureComesBack) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    const auto drawn = page.canvas().shapes();
    for (int i = 1; i < 5; ++i) {
        key(Qt::Key_D);
        ASSERT_TRUE(isAt(i));
    }
    ASSERT_TRUE(isSaved());
    for (int i = 3; i >= 0; --i) {
        key(Qt::Key_A);
        ASSERT_TRUE(isAt(i));
    }
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    EXPECT_EQ(page.canvas().shapes()[0].caption, "screw");
    EXPECT_EQ(page.canvas().shapes()[0].colour, drawn.at(0).colour);
    page.canvas().select({page.canvas().shapes()[0].id});
    key(Qt::Key_Right);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !labels(0).at(0).parent.empty(); }, 5000));
    EXPECT_EQ(labels(0)[0].classNumber, 1);
}

TEST_F(LabelPageTest, ShapesOfARetiredClassKeepItWhenTheyAreChanged) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    const auto number = labels(0)[0].classNumber;
    const auto retired = workspace.shared()->labelClasses().find("screw");
    ASSERT_TRUE(retired);
    ASSERT_TRUE(workspace.shared()->labelClasses().setRetired(retired->id, true).get());
    workspace.noteEdit();
    ASSERT_TRUE(QTest::qWaitFor([this] { return find<QListWidget>("label_classes")->count() == 0; }, 5000));
    ASSERT_EQ(page.canvas().selection().size(), 1u) << "what was selected still is";
    EXPECT_EQ(page.canvas().shapes()[0].caption, "screw");
    key(Qt::Key_Right);
    ASSERT_TRUE(isSaved());
    ASSERT_TRUE(QTest::qWaitFor([this] { return labels(0).size() == 1 && !labels(0)[0].parent.empty(); }, 5000));
    EXPECT_EQ(labels(0)[0].classNumber, number);
}

TEST_F(LabelPageTest, WithoutAClassNothingIsDrawnAndThePageSaysWhatToDo) {
    begin();
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    EXPECT_TRUE(page.canvas().shapes().empty());
    EXPECT_TRUE(labels(0).empty());
    EXPECT_EQ(page.focusWidget() ? page.focusWidget() : find<QLineEdit>("label_class_search"), find<QLineEdit>("label_class_search"));
}

/// Drags a row of the list to another height of it, as a mouse does.
void drop(ClassRows& rows, const char* name, int y) {
    const auto* row = rows.findItems(name, Qt::MatchExactly).value(0);
    ASSERT_NE(row, nullptr);
    const auto data = rows.carried(row->data(classNumberRole).toLongLong());
    QDragEnterEvent enter(QPoint(20, y), Qt::MoveAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(rows.viewport(), &enter);
    QDragMoveEvent move(QPoint(20, y), Qt::MoveAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(rows.viewport(), &move);
    EXPECT_TRUE(move.isAccepted());
    EXPECT_GE(rows.target(), 0) << "where it would go is shown";
    QDropEvent dropped(QPointF(20, y), Qt::MoveAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(rows.viewport(), &dropped);
    EXPECT_EQ(rows.target(), -1);
}

QString namesOf(const QListWidget& list) {
    QStringList names;
    for (int row = 0; row < list.count(); ++row) names << list.item(row)->text();
    return names.join(" ");
}

TEST_F(LabelPageTest, AClassThatIsDraggedGetsAnotherPlaceInOneEditAndDigitsFollowPlaces) {
    begin();
    for (const char* name : {"cat", "dog", "hen"}) addClass(name);
    auto* rows = page.findChild<ClassRows*>("label_classes");
    ASSERT_TRUE(rows && rows->isMovable());
    const auto edits = workspace.shared()->history(0)->size();
    drop(*rows, "hen", 1);
    EXPECT_EQ(namesOf(*rows).toStdString(), "hen cat dog") << "at once";
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.shared()->history(0)->size() == edits + 1; }, 5000));
    QTest::qWait(100);
    EXPECT_EQ(workspace.shared()->history(0)->size(), edits + 1);
    EXPECT_EQ(workspace.shared()->history(1)->front().name.code, "edit.arrange_classes");
    find<QCheckBox>("label_whole")->setChecked(true);
    key(Qt::Key_1);
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(labels(0).at(0).classNumber, 3) << "1 is the first of the list";
    workspace.undo();
    ASSERT_TRUE(QTest::qWaitFor([this] { return labels(0).empty(); }, 5000));
    workspace.undo();
    EXPECT_TRUE(QTest::qWaitFor([&] { return namesOf(*rows) == "cat dog hen"; }, 5000)) << namesOf(*rows).toStdString();
}

TEST_F(LabelPageTest, AClassIsPutElsewhereWithKeysAndStaysWhereItIsDroppedOnItself) {
    begin();
    for (const char* name : {"cat", "dog", "hen"}) addClass(name);
    auto* rows = page.findChild<ClassRows*>("label_classes");
    drop(*rows, "dog", rows->visualItemRect(rows->item(1)).center().y() - 2);
    drop(*rows, "dog", rows->visualItemRect(rows->item(1)).center().y() + 2);
    EXPECT_EQ(namesOf(*rows).toStdString(), "cat dog hen");
    auto own = *workspace.shared()->labelClasses().find("cat");
    own.key = "1";  // as imports of earlier versions wrote it down
    ASSERT_TRUE(workspace.shared()->labelClasses().change(own).get());
    workspace.noteEdit();
    QTest::qWait(200);
    drop(*rows, "hen", 1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.shared()->labelClasses().all()->front().name == "hen"; }, 5000));
    EXPECT_EQ(workspace.shared()->labelClasses().find("cat")->key, "") << "the digit of a place is no key of its own";
    workspace.undo();
    ASSERT_TRUE(QTest::qWaitFor([&] { return namesOf(*rows) == "cat dog hen"; }, 5000));
    const auto* notice = page.findChild<Notice*>("notice");
    EXPECT_TRUE(notice->isVisible() && notice->text().contains("Taken back")) << notice->text().toStdString();
    EXPECT_EQ(workspace.shared()->labelClasses().find("cat")->key, "1");
    const auto edits = workspace.shared()->history(0)->size();
    rows->setCurrentRow(1);
    rows->setFocus();
    QTest::keyClick(rows, Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(namesOf(*rows).toStdString(), "cat hen dog");
    EXPECT_EQ(rows->currentItem()->text(), "dog") << "it stays the chosen one";
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.shared()->history(0)->size() == edits + 1; }, 5000));
    QTest::keyClick(rows, Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(namesOf(*rows).toStdString(), "cat hen dog") << "it is the last";
    find<QLineEdit>("label_class_search")->setText("c");
    EXPECT_FALSE(rows->isMovable()) << "a place among a few that were found says nothing";
}

}  // namespace
}  // namespace lamina
