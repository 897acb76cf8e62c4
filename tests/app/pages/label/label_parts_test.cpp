// Parts of the Label page without it: previews, the queue, gestures; and what an undo would take back.
#include <gtest/gtest.h>

#include <QImage>

#include "app/jobs/annotation_jobs.h"
#include "app/pages/label/label_desk.h"
#include "app/pages/label/label_gestures.h"
#include "app/pages/label/work_queue.h"
#include "app/workspace/next_steps.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

/// A photo of 8 megapixels as a camera writes it.
TEST(LabelPreview, ALargePhotoIsFirstReadAtAnEighthOfItsSizeAndKnowsItsOwn) {
    TemporaryFolder folder;
    std::filesystem::create_directories(folder / "photos/all");
    QImage photo(3264, 2448, QImage::Format_RGB32);
    photo.fill(Qt::darkGreen);
    for (int x = 0; x < photo.width(); ++x) photo.setPixelColor(x, 1200, Qt::yellow);
    ASSERT_TRUE(photo.save(QString::fromStdString((folder / "photos/all/large.jpg").string()), "JPEG"));
    auto project = Project::create(folder / "p.lamina");
    ImportRequest request;
    request.source = folder / "photos";
    const auto imported = importDataset(**project, request);
    ASSERT_TRUE(imported);
    ASSERT_TRUE(beginLabelling(**project, imported->dataset));
    const auto desk = openLabelDesk(**project, {});
    ASSERT_TRUE(desk && *desk);
    auto quick = readItem(**project, **desk, 0), whole = readItem(**project, **desk, 0);
    ASSERT_TRUE(quick && *quick && whole && *whole);
    readPreview(**desk, **quick);
    readPicture(**desk, **whole);
    ASSERT_TRUE((*quick)->picture && (*whole)->picture);
    EXPECT_TRUE((*quick)->isPreview);
    EXPECT_EQ((*quick)->picture->size(), QSize(408, 306));
    EXPECT_EQ((*quick)->size, photo.size());
    EXPECT_FALSE((*whole)->isPreview);
    EXPECT_EQ((*whole)->picture->size(), photo.size());
}

TEST(NextStepsTest, WhatComesNextIsFoundHoweverOftenSomethingWasTakenBack) {
    TemporaryFolder folder;
    const auto project = Project::create(folder / "p.lamina");
    const auto add = [&](const std::string& name) {
        LabelClassRecord record;
        record.name = name;
        ASSERT_TRUE((*project)->labelClasses().add(record).get());
    };
    EXPECT_FALSE(nextSteps(**project)->undo);
    for (int i = 0; i < 50; ++i) add("class " + std::to_string(i));
    for (int i = 0; i < 48; ++i) ASSERT_TRUE((*project)->undo().get());
    const auto steps = nextSteps(**project);
    ASSERT_TRUE(steps && steps->undo && steps->redo);
    EXPECT_EQ((*project)->undo().get()->name.arguments, steps->undo->name.arguments);
    EXPECT_EQ((*project)->redo().get()->name.arguments, steps->undo->name.arguments);
    EXPECT_EQ((*project)->redo().get()->name.arguments, steps->redo->name.arguments);
    EXPECT_NE(steps->undo->name.arguments, steps->redo->name.arguments);
}

TEST(LabelQueue, GoesAlongWhatIsShownAndBeginsAnew) {
    WorkQueue queue({{1, 0}, {2, 1, ItemState::Skipped}, {3, 2}, {4, 3, ItemState::Skipped, true}}, {});
    EXPECT_EQ(queue.next(0, {}), 1);
    EXPECT_EQ(queue.next(3, {}), 0);
    EXPECT_EQ(queue.next(0, {}, -1), 3);
    EXPECT_EQ(queue.next(1, {ItemState::Skipped, false, false, {}}), 3);
    EXPECT_EQ(queue.next(0, {{}, true, false, {}}), 3);
    queue.setShown(std::vector<std::int64_t>{1, 2});
    EXPECT_EQ(queue.next(0, {}), 1);
    EXPECT_EQ(queue.next(2, {}), 1);
    EXPECT_EQ(queue.place(2), 1);
    EXPECT_EQ(queue.place(3), -1);
    queue.note({2, 1, ItemState::Labelled});
    EXPECT_EQ(queue.next(0, {ItemState::Skipped, false, false, {}}), std::nullopt);
}

TEST(LabelGestures, EveryGestureNamesTheRevisionItReplacesBeforeAnythingIsWritten) {
    LabelItemRecord item;
    item.key = 7;
    std::vector<LabelClassRecord> classes(1);
    classes[0].name = "screw";
    classes[0].number = 3;
    LabelHeads heads;
    CanvasShape shape{"a", boxShape("screw", 1, 1, 5, 5), {}, "screw", false, false, false};
    const auto drawn = gestureOf({CanvasEdit::Kind::Draw, {}, {shape}}, item, classes, "box", heads);
    ASSERT_EQ(drawn.gesture.revisions.size(), 1u);
    EXPECT_EQ(drawn.gesture.revisions[0].classNumber, 3);
    EXPECT_TRUE(drawn.gesture.revisions[0].parent.empty());
    const auto moved = gestureOf({CanvasEdit::Kind::Move, {shape}, {shape}}, item, classes, "select", heads);
    EXPECT_EQ(moved.gesture.revisions[0].parent, drawn.gesture.revisions[0].id);
    EXPECT_EQ(moved.gesture.revisions[0].label, "a");
    const auto gone = gestureOf({CanvasEdit::Kind::Remove, {shape}, {}}, item, classes, "select", heads);
    EXPECT_TRUE(gone.gesture.revisions[0].removed);
    EXPECT_EQ(gone.gesture.revisions[0].parent, moved.gesture.revisions[0].id);
    EXPECT_TRUE(heads.empty());
}

TEST(LabelGestures, AcceptingMakesAModelsLabelsAPersonsAndLeavesThoseOfPeople) {
    LabelItemRecord item;
    item.key = 7;
    LabelHeads heads;
    heads["m"].id = "m1";
    heads["m"].model = "run";
    heads["p"].id = "p1";
    const auto accepted = acceptance(item, {}, heads);
    ASSERT_EQ(accepted.gesture.revisions.size(), 1u);
    EXPECT_EQ(accepted.gesture.revisions[0].parent, "m1");
    EXPECT_TRUE(accepted.gesture.revisions[0].model.empty());
    EXPECT_TRUE(acceptance(item, {}, heads).gesture.revisions.empty());
}

}  // namespace
}  // namespace lamina
