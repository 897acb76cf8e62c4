// Keys of the Label page: bound otherwise, of the left hand, all on one sheet.
#include <QDialog>
#include <QScreen>
#include <QTimer>
#include <QToolButton>

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

TEST_F(LabelPageTest, AllKeysFitOnASmallScreen) {
    begin();
    int height = 0;
    QTimer::singleShot(200, &page, [&] {
        auto* sheet = page.findChild<QDialog*>("label_key_sheet");
        if (!sheet) return;
        height = sheet->height();
        const QString shots = qEnvironmentVariable("LAMINA_SHOTS");
        if (!shots.isEmpty()) sheet->grab().save(shots + "/label_keys.png");
        sheet->close();
    });
    find<QToolButton>("label_keys")->click();
    EXPECT_GT(height, 200);
    EXPECT_LT(height, page.screen()->availableSize().height()) << "with room for a frame";
}

TEST(LabelKeySets, UsualAndLeftHandKeysAreNotInEachOthersWay) {
    EXPECT_TRUE(LabelKeys::conflicts(LabelKeys::usual()).isEmpty()) << LabelKeys::conflicts(LabelKeys::usual()).values().join("; ").toStdString();
    EXPECT_TRUE(LabelKeys::conflicts(LabelKeys::leftHand()).isEmpty()) << LabelKeys::conflicts(LabelKeys::leftHand()).values().join("; ").toStdString();
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
