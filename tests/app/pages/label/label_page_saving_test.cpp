// What the Label page does is on the disk, taken back and there again.
#include <QComboBox>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/annotation/shape_document.h"
#include "core/project/label_edits.h"
#include "tests/app/pages/label/label_page_fixture.h"
#include "widgets/common/elided_label.h"

namespace lamina {
namespace {

TEST_F(LabelPageTest, AFullDiskTakesTheReserveAndSaysSo) {
    begin();
    addClass("screw");
    auto& reserve = workspace.shared()->reserve();
    ASSERT_TRUE(QTest::qWaitFor([&] { return reserve.state() == DiskReserve::State::Made; }, 5000));
    ASSERT_TRUE(reserve.giveUp());
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(labels(0).size(), 1u);
    look("full_disk");
}

/// Every write finds the disk full from now on, or (false) there is room again.
void fillDisk(Project& project, bool full) {
    const auto pages = [full](SQLite::Database& database) -> Result<void> {
        SQLite::Statement(database, full ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000").executeStep();
        return {};
    };
    ASSERT_TRUE(project.store().write(Store::Durability::Full, pages).get());
}

TEST_F(LabelPageTest, WhatFoundNoRoomIsNotCalledSavedIsAskedForBeforeClosingAndSavedOnceThereIsRoom) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    EXPECT_EQ(workspace.lossOnClosing(), QString());
    fillDisk(*workspace.shared(), true);
    int drawn = 0;
    const auto* saved = find<QLabel>("label_saved");
    for (; drawn < 200 && !saved->text().contains("not saved"); ++drawn) {
        drag({10.0 + drawn % 30, 10}, {60, 30});
        QTest::qWait(5);
    }
    ASSERT_TRUE(saved->text().contains("not saved")) << saved->text().toStdString();
    EXPECT_NE(workspace.lossOnClosing(), QString());
    EXPECT_EQ(page.canvas().shapes().size(), static_cast<std::size_t>(drawn)) << "drawing goes on";
    look("not_saved");
    fillDisk(*workspace.shared(), false);
    ASSERT_TRUE(QTest::qWaitFor([this] { return workspace.lossOnClosing().isEmpty() && find<QLabel>("label_saved")->text().startsWith("saved"); }, 12000));
    EXPECT_EQ(labels(0).size(), static_cast<std::size_t>(drawn));
}

TEST_F(LabelPageTest, AStormOfUndoAndRedoAcrossPicturesEndsWhereItShould) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    for (int picture = 0; picture < 3; ++picture) {
        drag({10, 10}, {40, 30});
        drag({20, 15}, {60, 50});
        key(Qt::Key_D);
        ASSERT_TRUE(isAt(picture + 1));
    }
    ASSERT_TRUE(isSaved());
    const auto count = [this] { return labels(0).size() + labels(1).size() + labels(2).size(); };
    std::vector<std::int64_t> shown;
    QObject::connect(&workspace, &Workspace::stepped, &page, [&] { shown.push_back(page.position()); });
    for (int i = 0; i < 6; ++i) workspace.undo();
    ASSERT_TRUE(QTest::qWaitFor([&] { return shown.size() == 6; }, 10000));
    EXPECT_EQ(count(), 0u);
    EXPECT_EQ(shown, (std::vector<std::int64_t>{2, 2, 1, 1, 0, 0})) << "each on its own picture";
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().empty(); }, 5000));
    for (int i = 0; i < 6; ++i) workspace.redo();
    ASSERT_TRUE(QTest::qWaitFor([&] { return count() == 6; }, 10000)) << count();
    ASSERT_TRUE(isAt(2));
    EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().size() == 2; }, 5000));
}

TEST_F(LabelPageTest, UndoOfSomethingOnAnotherPictureShowsThatPictureFirst) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    workspace.undo();
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().empty(); }, 5000));
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    workspace.redo();
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().size() == 1; }, 5000));
    EXPECT_EQ(item(0).state, ItemState::Labelled);
}

TEST_F(LabelPageTest, UndoTakesALabelBackAndThePictureShowsIt) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().size() == 1; }, 5000));
    workspace.undo();
    EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().empty(); }, 5000));
    EXPECT_EQ(item(0).state, ItemState::Unlabelled);
}

TEST_F(LabelPageTest, WhatIsHalfDrawnIsThereAgainWhenThePictureIs) {
    begin();
    addClass("screw");
    key(Qt::Key_P);
    const auto click = [this](QPointF place) { QTest::mouseClick(&page.canvas(), Qt::LeftButton, {}, page.canvas().transform().toView(place).toPoint()); };
    click({10, 10});
    click({40, 10});
    click({40, 30});
    ASSERT_TRUE(page.canvas().tool().draft());
    auto* filter = find<QComboBox>("label_filter");
    filter->setCurrentIndex(1);  // what is not labelled yet: this one too
    emit filter->activated(1);
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.queue().shown().has_value(); }, 5000));
    EXPECT_TRUE(page.canvas().tool().draft()) << "a filter drops nothing";
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    EXPECT_FALSE(page.canvas().tool().draft());
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(0));
    ASSERT_TRUE(page.canvas().tool().draft());
    key(Qt::Key_Return);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    ASSERT_TRUE(isSaved());
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(0));
    EXPECT_FALSE(page.canvas().tool().draft()) << "it was finished";
}

TEST_F(LabelPageTest, AStrokeIsCountedAtOnceWithoutReadingAnythingAgain) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    EXPECT_EQ(page.queue().counts().labels(), 1) << "before it is on the disk";
    EXPECT_EQ(page.queue().at(0)->state, ItemState::Labelled);
    ASSERT_TRUE(isSaved());
    const auto project = workspace.shared();
    const auto labelling = project->labelItems().ofDataset(dataset.id);
    EXPECT_EQ(*project->labelItems().counts((*labelling)->key), page.queue().counts());
    EXPECT_EQ(*itemMarks(project->store(), (*labelling)->key), page.queue().marks());
}

TEST_F(LabelPageTest, ADatasetThatIsRemovedWhileItIsLabelledLeavesThePageEmptyAndUndoBringsItBack) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    ASSERT_TRUE(workspace.shared()->datasets().remove(dataset.id).get());
    workspace.noteEdit();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !page.canvas().isVisible(); }, 5000));
    EXPECT_TRUE(find<QPushButton>("label_data")->isVisible());
    workspace.undo();
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.canvas().isVisible() && page.canvas().shapes().size() == 1; }, 5000));
    EXPECT_EQ(labels(0).size(), 1u);
}

TEST_F(LabelPageTest, ProposalsAreCountedApartUntilSomebodyAcceptsThem) {
    begin();
    addClass("screw");
    const auto project = workspace.shared();
    const auto labelling = (*project->labelItems().ofDataset(dataset.id))->key;
    AnnotationRecord proposal;
    proposal.classNumber = 1;
    proposal.model = "model";
    proposal.document = shapeToDocument(boxShape("screw", 5, 5, 20, 20));
    LabelGesture gesture;
    gesture.item = item(0).key;
    gesture.revisions = {proposal};
    gesture.state = ItemState::Unlabelled;
    ASSERT_TRUE(project->annotations().apply(addedLabel(item(0), "screw"), gesture).get());
    workspace.noteEdit();
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.queue().counts().proposed() == 1 && page.canvas().shapes().size() == 1; }, 5000));
    EXPECT_EQ(page.queue().counts().labels(), 0);
    key(Qt::Key_Space);
    ASSERT_TRUE(isAt(1));
    EXPECT_EQ(page.queue().counts().labels(), 1);
    EXPECT_EQ(page.queue().counts().proposed(), 0);
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(*project->labelItems().counts(labelling), page.queue().counts());
}

TEST_F(LabelPageTest, AProposedClassIsSaidAndIsNoLabelBeforeSpaceAcceptsIt) {
    begin();
    addClass("screw");
    const auto project = workspace.shared();
    AnnotationRecord proposal;
    proposal.classNumber = 1;
    proposal.model = "model";
    proposal.confidence = 0.25;
    LabelGesture gesture;
    gesture.item = item(0).key;
    gesture.revisions = {proposal};
    gesture.state = ItemState::Unlabelled;
    ASSERT_TRUE(project->annotations().apply(addedLabel(item(0), "screw"), gesture).get());
    workspace.noteEdit();
    const auto* state = page.findChild<ElidedLabel*>("label_state");
    ASSERT_TRUE(state);
    ASSERT_TRUE(QTest::qWaitFor([&] { return state->fullText().contains("proposed: screw, 25 %"); }, 5000)) << state->fullText().toStdString();
    EXPECT_TRUE(readItem(*project, **openLabelDesk(*project, dataset.id), 0)->value().wholeClasses.empty());
    key(Qt::Key_Space);
    ASSERT_TRUE(isAt(1));
    EXPECT_FALSE(state->fullText().contains("proposed"));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(readItem(*project, **openLabelDesk(*project, dataset.id), 0)->value().wholeClasses, std::vector<std::int64_t>{1});
}

}  // namespace
}  // namespace lamina
