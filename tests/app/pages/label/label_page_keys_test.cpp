// Keys of the Label page: bound otherwise, of the left hand, all on one sheet.
#include <QComboBox>
#include <QDialog>
#include <QScreen>
#include <QShortcut>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>

#include "app/pages/label/class_list.h"
#include "app/pages/label/label_panel.h"
#include "tests/app/pages/label/label_page_fixture.h"
#include "widgets/common/notice.h"

namespace lamina {
namespace {

TEST_F(LabelPageTest, KeysAreOthersAsSoonAsTheyAreBoundAndNoInputMethodIsInTheWay) {
    begin();
    EXPECT_FALSE(page.canvas().testAttribute(Qt::WA_InputMethodEnabled));
    auto bindings = page.keys().bindings();
    bindings["next"] = {QKeySequence("J")};
    page.keys().setBindings(bindings);
    key(Qt::Key_D);
    key(Qt::Key_J);
    EXPECT_TRUE(isAt(1));
    page.keys().setBindings(LabelKeys::usual());
}

TEST_F(LabelPageTest, BehindTheLastPictureItSaysThatItBeginsAgain) {
    begin();
    auto* notice = page.findChild<Notice*>("notice");
    ASSERT_TRUE(notice);
    for (int i = 1; i < 6; ++i) {
        key(Qt::Key_D);
        ASSERT_TRUE(isAt(i));
        EXPECT_FALSE(notice->isVisible() && notice->text().contains("last one")) << i;
    }
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(QTest::qWaitFor([&] { return notice->isVisible() && notice->text().contains("last one"); }, 5000));
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    EXPECT_FALSE(notice->isVisible());
}

TEST_F(LabelPageTest, EverythingCanBeDoneWithTheLeftHandOnTheKeys) {
    page.keys().setBindings(LabelKeys::leftHand());
    begin();
    addClass("screw");
    addClass("nut");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_1);
    key(Qt::Key_C, Qt::ControlModifier);
    key(Qt::Key_E, Qt::ControlModifier);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_C, Qt::ShiftModifier);  // the shapes of the picture before
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    key(Qt::Key_2);
    key(Qt::Key_V, Qt::ControlModifier);
    ASSERT_EQ(page.canvas().shapes().size(), 2u);
    key(Qt::Key_X, Qt::ShiftModifier);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    key(Qt::Key_X);
    ASSERT_TRUE(isAt(2));
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(item(0).state, ItemState::Checked);
    EXPECT_EQ(item(1).state, ItemState::Skipped);
    EXPECT_NE(labels(0)[0].classNumber, labels(1)[0].classNumber);
    page.keys().setBindings(LabelKeys::usual());
}

TEST_F(LabelPageTest, WithTheLeftHandFurtherClassesHaveHeldDigitsAndTheListSaysWhich) {
    page.keys().setBindings(LabelKeys::leftHand());
    begin();
    for (int i = 1; i <= 7; ++i) addClass(qPrintable(QString("class %1").arg(i)));
    key(Qt::Key_2, Qt::ShiftModifier);
    auto* list = find<QListWidget>("label_classes");
    EXPECT_EQ(list->currentItem()->text(), "class 7");
    EXPECT_TRUE(list->currentItem()->toolTip().contains("Shift+2")) << list->currentItem()->toolTip().toStdString();
    EXPECT_EQ(page.keys().classKeysText(1, 10), QString::fromUtf8("1 … 5, Shift+1 … Shift+5"));
    EXPECT_EQ(page.keys().classKeysText(11, 20), QString::fromUtf8("Alt+1 … Alt+5, Alt+Shift+1 … Alt+Shift+5"));
    page.keys().setBindings(LabelKeys::usual());
    EXPECT_EQ(page.keys().classKeysText(1, 10), QString::fromUtf8("1 … 0"));
    EXPECT_TRUE(list->currentItem()->toolTip().contains("key 7")) << "the list follows the keys";
}

TEST_F(LabelPageTest, FinishingNudgingDroppingAndTakingBackAreBoundLikeAllOthers) {
    auto bindings = LabelKeys::usual();
    bindings["finish"] = {QKeySequence("J")};
    bindings["nudge_far_left"] = {QKeySequence("Alt+N")};
    bindings["drop"] = {QKeySequence("U")};
    bindings["undo"] = {QKeySequence("Alt+Z")};
    ASSERT_TRUE(LabelKeys::conflicts(bindings).isEmpty()) << LabelKeys::conflicts(bindings).values().join("; ").toStdString();
    page.keys().setBindings(bindings);
    begin();
    addClass("screw");
    key(Qt::Key_P);
    auto& canvas = page.canvas();
    EXPECT_TRUE(find<QLabel>("label_help")->text().contains("J or a click on the first point")) << find<QLabel>("label_help")->text().toStdString();
    const auto click = [&](double x, double y) { QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.transform().toView(QPointF(x, y)).toPoint()); };
    for (const QPointF place : {QPointF(40, 10), QPointF(60, 10), QPointF(60, 30)}) click(place.x(), place.y());
    key(Qt::Key_Return);
    ASSERT_TRUE(canvas.tool().draft());
    key(Qt::Key_J);
    ASSERT_EQ(canvas.shapes().size(), 1u);
    const double left = canvas.shapes()[0].shape.parts[0][0].x;
    key(Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(canvas.shapes()[0].shape.parts[0][0].x, left);
    key(Qt::Key_N, Qt::AltModifier);
    EXPECT_EQ(canvas.shapes()[0].shape.parts[0][0].x, left - 10);
    key(Qt::Key_Escape);
    EXPECT_FALSE(canvas.selection().empty());
    key(Qt::Key_U);
    EXPECT_TRUE(canvas.selection().empty());
    ASSERT_TRUE(isSaved());
    QKeyEvent usual(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
    usual.ignore();
    QApplication::sendEvent(&canvas, &usual);
    EXPECT_TRUE(usual.isAccepted()) << "the window does not get what is no key any more";
    key(Qt::Key_Z, Qt::AltModifier);
    EXPECT_TRUE(QTest::qWaitFor([&] { return canvas.shapes().size() == 1 && canvas.shapes()[0].shape.parts[0][0].x == left; }, 5000));
    page.keys().setBindings(LabelKeys::usual());
}

TEST_F(LabelPageTest, AKeyOfAClassIsHeardOnceAndTakesNoneFromTheWindow) {
    begin();
    addClass("cat");
    addClass("dog");
    auto* list = page.findChild<ClassList*>();
    const auto give = [&](const char* key) {
        auto record = list->classes()[1];
        record.key = key;
        emit list->changeWanted(record);
        ASSERT_TRUE(QTest::qWaitFor([&] { return list->classes()[1].key == key; }, 5000)) << key;
        list->choose(list->classes()[0].number);
    };
    give("F2");
    key(Qt::Key_F2);
    EXPECT_EQ(list->chosen(), list->classes()[1].number) << "the editor of classes has this key, too";
    give("Ctrl+Z");
    int undone = 0;
    const QShortcut ofWindow(QKeySequence("Ctrl+Z"), &page, [&undone] { ++undone; });
    key(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(undone, 1);
    EXPECT_EQ(list->chosen(), list->classes()[0].number);
}

TEST_F(LabelPageTest, SeveralKeysThatAcceptAreAllHeard) {
    auto bindings = LabelKeys::usual();
    bindings["accept"] = {QKeySequence("Space"), QKeySequence("J")};
    page.keys().setBindings(bindings);
    begin();
    key(Qt::Key_J);
    EXPECT_TRUE(isAt(1));
    key(Qt::Key_Space);
    EXPECT_TRUE(isAt(2));
    page.keys().setBindings(LabelKeys::usual());
}

TEST_F(LabelPageTest, AnOrderThatComesWhileSomebodyDrawsTakesNobodyAway) {
    begin();
    addClass("cat");
    key(Qt::Key_P);
    QTest::mouseClick(&page.canvas(), Qt::LeftButton, {}, page.canvas().transform().toView(QPointF(20, 20)).toPoint());
    ASSERT_TRUE(page.canvas().tool().draft());
    emit page.findChild<LabelPanel*>()->queueWanted({3, 0, 1}, "Ordered");
    QTest::qWait(200);
    EXPECT_EQ(page.position(), 0);
    EXPECT_TRUE(page.canvas().tool().draft());
    EXPECT_EQ(page.queue().place(0), 1) << "it is the order";
}

TEST_F(LabelPageTest, WhatIsDrawnBesideThePictureIsToldUntilSomethingIsDrawnOnIt) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    auto* notice = page.findChild<Notice*>("notice");
    drag({-20, 10}, {-5, 30});
    EXPECT_TRUE(notice->isVisible() && notice->text().contains("lies on the picture")) << notice->text().toStdString();
    EXPECT_TRUE(page.canvas().shapes().empty());
    drag({10, 10}, {40, 30});
    EXPECT_FALSE(notice->isVisible());
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(labels(0).size(), 1u);
}

TEST_F(LabelPageTest, AButtonWithTheKeyboardIsPressedWithSpaceAndEnter) {
    begin();
    auto* strip = find<QToolButton>("label_strip");
    const bool shown = strip->isChecked();
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Return);
    EXPECT_NE(strip->isChecked(), shown);
    QTest::keyClick(strip, Qt::Key_Space);
    EXPECT_EQ(strip->isChecked(), shown);
    EXPECT_EQ(page.position(), 0) << "Space has not accepted the picture";
    auto* tool = find<QToolButton>("label_tool_polygon");
    tool->setFocus();
    QTest::keyClick(tool, Qt::Key_Enter);
    EXPECT_EQ(page.canvas().toolType().name, "polygon");
    auto* flag = find<QToolButton>("label_flag");
    flag->setFocus();
    QTest::keyClick(flag, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([this] { return item(0).flagged; }, 5000));
    auto* next = find<QToolButton>("label_next");
    next->setFocus();
    QTest::keyClick(next, Qt::Key_Return);
    ASSERT_TRUE(isAt(1));
    auto* checked = find<QPushButton>("label_checked");
    checked->setFocus();
    QTest::keyClick(checked, Qt::Key_Return);
    ASSERT_TRUE(isAt(2));
    auto* side = find<QTabWidget>("label_side");
    side->setCurrentIndex(side->indexOf(find<QWidget>("label_work")));
    auto* people = find<QAbstractButton>("label_people_tab");
    people->setFocus();
    QTest::keyClick(people, Qt::Key_Return);
    EXPECT_TRUE(find<QWidget>("label_people")->isVisible());
}

TEST_F(LabelPageTest, EveryButtonThatHasOnlyAPictureSaysWhatItDoes) {
    begin();
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});  // without a class: a notice says so, and has a button, too
    ASSERT_TRUE(page.findChild<Notice*>("notice")->isVisible());
    addClass("screw");
    int pictures = 0;
    for (const auto* button : page.findChildren<QAbstractButton*>()) {
        const bool ofQt = qobject_cast<const QTabBar*>(button->parent()) || qobject_cast<const QTableView*>(button->parent());
        if (!button->text().isEmpty() || ofQt || (button->icon().isNull() && button->metaObject() == &QPushButton::staticMetaObject)) continue;  // words that come later are no picture
        ++pictures;
        EXPECT_FALSE(button->toolTip().isEmpty()) << button->objectName().toStdString();
        EXPECT_FALSE(button->accessibleName().isEmpty()) << button->objectName().toStdString();
    }
    EXPECT_GT(pictures, 15);
}

/// All that the sheet says, once it is open; it is closed then.
QString sheetOf(LabelPage& page, const char* shot, QSize* size = nullptr, QString* title = nullptr) {
    QString words;
    QTimer::singleShot(200, &page, [&] {
        auto* sheet = page.findChild<QDialog*>("label_key_sheet");
        if (!sheet) return;
        if (size) *size = sheet->size();
        if (title) *title = sheet->windowTitle();
        words = sheet->findChild<QLabel*>("label_key_table")->text();
        const QString shots = qEnvironmentVariable("LAMINA_SHOTS");
        if (!shots.isEmpty()) sheet->grab().save(shots + '/' + shot + ".png");
        sheet->close();
    });
    page.findChild<QToolButton*>("label_keys")->click();
    return words;
}

TEST_F(LabelPageTest, AllKeysFitOnASmallScreen) {
    begin();
    QSize size;
    const QString words = sheetOf(page, "label_keys", &size);
    EXPECT_GT(size.height(), 200);
    EXPECT_LT(size.height(), page.screen()->availableSize().height()) << "with room for a frame";
    EXPECT_TRUE(words.contains("<b>Arrows</b>") && words.contains("<b>Shift+Arrows</b>")) << "nudging is a line or two";
    EXPECT_TRUE(words.contains("Finish the shape"));
    page.keys().setBindings(LabelKeys::leftHand());
    EXPECT_TRUE(sheetOf(page, "label_keys_left", &size).contains("<b>Alt+Shift+A, D, W, S</b>"));
    EXPECT_LT(size.height(), page.screen()->availableSize().height());
    page.keys().setBindings(LabelKeys::usual());
}

TEST_F(ItemDesksTest, TheSheetOfATextSpeaksOfSpansAndTheCursor) {
    openTable(newsText);
    ASSERT_TRUE(shows("label_texts"));
    QString title;
    const QString words = sheetOf(page, "label_keys_texts", nullptr, &title);
    EXPECT_EQ(title, "Keys for texts");
    for (const char* said : {"Select the next span", "Cursor a word on", "Take the next proposal", "Mark whole words"}) EXPECT_TRUE(words.contains(said)) << said;
    for (const char* other : {"shape", "picture", "stretch", "brush"}) EXPECT_FALSE(words.contains(other, Qt::CaseInsensitive)) << other << ": " << words.toStdString();
    page.keys().setBindings(LabelKeys::leftHand());
    text().setFocus();
    key(Qt::Key_B, Qt::ShiftModifier);
    EXPECT_TRUE(text().hasSelection()) << "the cursor of the left hand";
    key(Qt::Key_Escape);
    EXPECT_FALSE(text().hasSelection());
    page.keys().setBindings(LabelKeys::usual());
}

TEST_F(ItemDesksTest, TheSheetsOfRowsAndSeriesSpeakOfTheirs) {
    openTable("width,height\n1,2\n3,4\n");
    ASSERT_TRUE(shows("label_rows"));
    QString title;
    const QString rows = sheetOf(page, "label_keys_rows", nullptr, &title);
    EXPECT_EQ(title, "Keys for rows");
    EXPECT_TRUE(rows.contains("Type a number instead of a class"));
    for (const char* other : {"shape", "picture", "stretch", "span", "brush"}) EXPECT_FALSE(rows.contains(other, Qt::CaseInsensitive)) << other << ": " << rows.toStdString();
}

TEST_F(ItemDesksTest, TheSheetOfASeriesHasNoQueue) {
    std::string csv = "time,load\n";
    for (int i = 0; i < 20; ++i) csv += "2024-03-01 00:" + std::to_string(10 + i) + ":00," + std::to_string(i % 7) + "\n";
    openTable(csv);
    ASSERT_TRUE(shows("label_series"));
    QString title;
    const QString words = sheetOf(page, "label_keys_series", nullptr, &title);
    EXPECT_EQ(title, "Keys for a series");
    EXPECT_TRUE(words.contains("Select the next stretch"));
    for (const char* other : {"shape", "picture", "span", "Next item", "gallery"}) EXPECT_FALSE(words.contains(other, Qt::CaseInsensitive)) << other << ": " << words.toStdString();
}

TEST(LabelKeySets, UsualAndLeftHandKeysAreNotInEachOthersWay) {
    EXPECT_TRUE(LabelKeys::conflicts(LabelKeys::usual()).isEmpty()) << LabelKeys::conflicts(LabelKeys::usual()).values().join("; ").toStdString();
    EXPECT_TRUE(LabelKeys::conflicts(LabelKeys::leftHand()).isEmpty()) << LabelKeys::conflicts(LabelKeys::leftHand()).values().join("; ").toStdString();
}

TEST(LabelKeySets, TheLeftHandReachesAKeyForEverything) {
    const QString reached = "QWERTASDFGZXCVB12345";
    const QSet<int> others{Qt::Key_Space, Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_Escape, Qt::Key_F2, Qt::Key_F3};
    const auto bindings = LabelKeys::leftHand();
    for (const auto& action : labelKeyActions()) {
        const auto keys = bindings.value(action.id);
        const bool near = std::any_of(keys.begin(), keys.end(), [&](const QKeySequence& bound) {
            const int key = bound[0].key();
            return others.contains(key) || (key < 0x80 && reached.contains(QChar(key)));
        });
        EXPECT_TRUE(near) << action.id.toStdString();
    }
}

TEST(LabelKeySets, AKeyMayMeanAnotherThingWhileAShapeIsDrawnOrSelectedAndTheDialogSaysSo) {
    auto keys = LabelKeys::usual();
    keys["finish"] = {QKeySequence("F")};
    EXPECT_TRUE(LabelKeys::conflicts(keys).isEmpty());
    EXPECT_TRUE(LabelKeys::notes(keys).value("fit").contains("F while a shape is drawn: Finish")) << LabelKeys::notes(keys).value("fit").toStdString();
    EXPECT_TRUE(LabelKeys::notes(keys).value("next").contains("Right with a shape selected"));
    keys["take_back"] = {QKeySequence("F")};
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("finish")) << "both at the same moment";
    keys = LabelKeys::usual();
    keys["finish"] = {QKeySequence("Space")};
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("finish")) << "held, Space moves the picture while one draws";
    keys = LabelKeys::usual();
    keys["skip"] = {QKeySequence("Alt+E")};
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("skip")) << "it opens a menu of the window";
    keys = LabelKeys::usual();
    keys["undo"] = {QKeySequence("Ctrl+Y")};
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("undo"));
    keys["undo"] = {QKeySequence("Alt+Z"), QKeySequence("Ctrl+Z")};
    EXPECT_TRUE(LabelKeys::conflicts(keys).isEmpty());
    keys["flag"] = {QKeySequence("Shift+Left")};
    EXPECT_FALSE(LabelKeys::notes(keys).value("flag").isEmpty()) << "with Shift the cursor selects";
}

TEST(LabelKeySets, AKeyThatTwoActionsHaveOrTheWindowNeedsIsTold) {
    auto keys = LabelKeys::usual();
    keys["skip"] = keys["flag"];
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("skip"));
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("flag"));
    keys = LabelKeys::usual();
    keys["skip"] = {QKeySequence("Ctrl+Z")};
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("skip"));
}

TEST(LabelKeySets, AFileOfKeysComesBackAsItWas) {
    const auto keys = LabelKeys::leftHand();
    const auto back = LabelKeys::fromFile(LabelKeys::toFile(keys));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, keys);
    EXPECT_EQ(LabelKeys::fromFile("{}").error().code, "label_keys.not_a_file");
    EXPECT_EQ(LabelKeys::fromFile(R"({"kind": "lamina-label-keys", "keys": {"next": ["Blah+Foo"]}})").error().code, "label_keys.bad_key");
}

}  // namespace
}  // namespace lamina
