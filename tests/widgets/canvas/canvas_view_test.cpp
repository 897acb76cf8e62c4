#include "widgets/canvas/canvas_view.h"

#include <QPainter>
#include <QWheelEvent>

#include <set>

#include "tests/widgets/canvas/canvas_fixture.h"
#include "widgets/canvas/shape_geometry.h"
#include "widgets/canvas/shape_painter.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

TEST_F(CanvasViewTest, ADragDrawsABoxOfTheChosenClassAndTellsItOnce) {
    view.setTool("box");
    drag({50, 60}, {150, 160});
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_TRUE(edits[0].before.empty());
    EXPECT_EQ(edits[0].after[0].shape.label, "screw");
    EXPECT_EQ(boundsRect(edits[0].after[0].shape), QRectF(50, 60, 100, 100));
    EXPECT_EQ(view.selection(), std::vector<QString>{edits[0].after[0].id});
    EXPECT_EQ(view.toolType().name, "box") << "the tool stays for the next one";
}

TEST_F(CanvasViewTest, TwoClicksDrawABoxToo) {
    view.setTool("box");
    click({50, 60});
    EXPECT_TRUE(view.tool().draft());
    click({90, 80});
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(boundsRect(edits[0].after[0].shape), QRectF(50, 60, 40, 20));
    EXPECT_FALSE(view.tool().draft());
}

TEST_F(CanvasViewTest, WithoutAClassNothingIsDrawnAndItIsAsked) {
    int asked = 0;
    QObject::connect(&view, &CanvasView::labelWanted, [&] { ++asked; });
    view.setLabel({});
    view.setTool("box");
    drag({50, 60}, {150, 160});
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(edits.empty());
}

TEST_F(CanvasViewTest, APolygonIsClosedByItsFirstPointAndItsDraftSurvives) {
    view.setTool("polygon");
    for (const QPointF point : {QPointF(50, 50), QPointF(150, 50), QPointF(150, 150), QPointF(50, 150)}) click(point);
    const auto draft = view.tool().draft();
    ASSERT_TRUE(draft);
    EXPECT_EQ(draft->parts[0].size(), 4u);
    key(Qt::Key_Backspace);
    EXPECT_EQ(view.tool().draft()->parts[0].size(), 3u);
    view.tool().cancel();
    view.tool().restore(*draft);  // after a crash
    click({51, 51});
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(edits[0].after[0].shape.parts[0].size(), 4u);
}

TEST_F(CanvasViewTest, APolygonBegunInsideAnotherWithControlIsAHole) {
    view.setTool("polygon");
    for (const QPointF point : {QPointF(50, 50), QPointF(250, 50), QPointF(250, 250), QPointF(50, 250)}) click(point);
    key(Qt::Key_Return);
    click({100, 100}, Qt::ControlModifier);
    click({150, 100});
    click({150, 150});
    key(Qt::Key_Return);
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_EQ(edits[1].kind, CanvasEdit::Kind::Reshape);
    EXPECT_EQ(edits[1].after[0].shape.parts.size(), 2u);
    EXPECT_EQ(edits[1].after[0].shape.holes, (std::vector<bool>{false, true}));
    ASSERT_EQ(view.shapes().size(), 1u);
}

TEST_F(CanvasViewTest, ShapesAreSelectedMovedAndTakenAwayAsOneStepEach) {
    view.setShapes({box("a", 20, 20, 60, 60), box("b", 100, 100, 160, 160)});
    drag({40, 40}, {70, 50});
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(edits[0].kind, CanvasEdit::Kind::Move);
    EXPECT_EQ(boundsRect(view.shape("a")->shape), QRectF(50, 30, 40, 40));
    EXPECT_EQ(boundsRect(edits[0].before[0].shape), QRectF(20, 20, 40, 40));
    key(Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(boundsRect(view.shape("a")->shape).left(), 60);
    key(Qt::Key_Delete);
    EXPECT_EQ(view.shapes().size(), 1u);
    EXPECT_TRUE(view.selection().empty());
    EXPECT_EQ(edits.back().kind, CanvasEdit::Kind::Remove);
}

TEST_F(CanvasViewTest, AHandleIsDraggedAndEscapePutsItBack) {
    CanvasOptions options;
    options.snapping = false;
    view.setOptions(options);
    view.setShapes({box("a", 20, 20, 60, 60)});
    view.select({"a"});
    QTest::mousePress(&view, Qt::LeftButton, {}, at(60, 60));
    send(QEvent::MouseMove, {80, 90});
    key(Qt::Key_Escape);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at(80, 90));
    EXPECT_TRUE(edits.empty());
    drag({60, 60}, {80, 90});
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(edits[0].kind, CanvasEdit::Kind::Reshape);
    EXPECT_EQ(boundsRect(view.shape("a")->shape), QRectF(20, 20, 60, 70));
}

TEST_F(CanvasViewTest, OfShapesOnTopOfEachOtherTheSmallestIsMeantAndAltReachesTheRest) {
    view.setShapes({box("small", 40, 40, 60, 60), box("large", 10, 10, 200, 200)});
    click({50, 50});
    EXPECT_EQ(view.selection(), std::vector<QString>{"small"});
    click({50, 50}, Qt::AltModifier);
    EXPECT_EQ(view.selection(), std::vector<QString>{"large"});
}

TEST_F(CanvasViewTest, LockedAndHiddenShapesAreNotTouched) {
    auto locked = box("locked", 20, 20, 60, 60), hidden = box("hidden", 100, 100, 160, 160);
    locked.locked = hidden.hidden = true;
    view.setShapes({locked, hidden});
    click({40, 40});
    click({130, 130});
    EXPECT_TRUE(view.selection().empty());
}

TEST_F(CanvasViewTest, AFrameSelectsWhatItTouches) {
    view.setShapes({box("a", 20, 20, 60, 60), box("b", 100, 100, 160, 160), box("c", 300, 200, 350, 250)});
    drag({10, 10}, {110, 110});
    EXPECT_EQ(view.selection(), (std::vector<QString>{"a", "b"}));
}

TEST_F(CanvasViewTest, SpaceTappedAcceptsAndSpaceHeldOnlyPans) {
    view.setFocus();
    QTest::keyPress(&view, Qt::Key_Space);
    QTest::keyRelease(&view, Qt::Key_Space);
    EXPECT_EQ(accepted, 1);
    const QPointF before = view.transform().toView(QPointF(0, 0));
    QTest::keyPress(&view, Qt::Key_Space);
    QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(100, 100));
    QMouseEvent move(QEvent::MouseMove, QPointF(130, 90), view.mapToGlobal(QPointF(130, 90)), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(&view, &move);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(130, 90));
    QTest::keyRelease(&view, Qt::Key_Space);
    EXPECT_EQ(accepted, 1);
    EXPECT_EQ(view.transform().toView(QPointF(0, 0)) - before, QPointF(30, -10));
}

TEST_F(CanvasViewTest, ASpaceThatRepeatsUnseenIsOneHoldAndAcceptsNothing) {
    quint64 time = 1000;
    const auto send = [&](QEvent::Type type) {
        QKeyEvent event(type, Qt::Key_Space, {}, " ");
        event.setTimestamp(time);
        QApplication::sendEvent(&view, &event);
    };
    send(QEvent::KeyPress);
    time += 500;
    for (int i = 0; i < 20; ++i, time += 30) {  // as X says it: released and pressed at once, without a word of repetition
        send(QEvent::KeyRelease);
        send(QEvent::KeyPress);
    }
    send(QEvent::KeyRelease);
    EXPECT_EQ(accepted, 0);
    for (int i = 0; i < 2; ++i) {
        time += 70;
        send(QEvent::KeyPress);
        time += 60;
        send(QEvent::KeyRelease);
    }
    EXPECT_EQ(accepted, 2) << "two quick taps";
}

TEST_F(CanvasViewTest, TheWheelZoomsAtTheMouse) {
    const QPointF mouse(120, 130), under = view.transform().toPicture(mouse);
    QWheelEvent wheel(mouse, view.mapToGlobal(mouse), {}, QPoint(0, 120), Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&view, &wheel);
    EXPECT_DOUBLE_EQ(view.zoom(), 1.25);
    const QPointF now = view.transform().toPicture(mouse);
    EXPECT_NEAR(now.x(), under.x(), 1e-9);
    EXPECT_NEAR(now.y(), under.y(), 1e-9);
}

TEST_F(CanvasViewTest, KeyPointsFollowTheClassAndEndByThemselves) {
    view.setLabel({"person", QColor(0, 120, 200), {"head", "hand", "foot"}, {{0, 1}, {0, 2}}});
    view.setTool("points");
    click({100, 50});
    click({120, 100}, Qt::ShiftModifier);
    look("points");
    key(Qt::Key_X);
    ASSERT_EQ(edits.size(), 1u);
    const auto& shape = edits[0].after[0].shape;
    EXPECT_EQ(shape.kind, ShapeKind::Points);
    EXPECT_EQ(shape.visibility, (std::vector<std::uint8_t>{2, 1, 0}));
    EXPECT_EQ(shape.parts[0].size(), 3u);
}

TEST_F(CanvasViewTest, TheFirstKeyPointThatCannotBeToldIsToldWithXWhereTheClassHasSeveral) {
    QKeyEvent x(QEvent::ShortcutOverride, Qt::Key_X, {}, "x");
    view.setTool("points");
    x.ignore();
    QApplication::sendEvent(&view, &x);
    EXPECT_FALSE(x.isAccepted()) << "without named points X is free";
    view.setLabel({"person", QColor(0, 120, 200), {"head", "hand"}, {}});
    x.ignore();
    QApplication::sendEvent(&view, &x);
    EXPECT_TRUE(x.isAccepted()) << "whatever X is bound to";
    key(Qt::Key_X);
    click({120, 100});
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(edits[0].after[0].shape.visibility, (std::vector<std::uint8_t>{0, 2}));
}

TEST_F(CanvasViewTest, ASkeletonIsSeenWhateverClassIsChosen) {
    AnnotationShape person;
    person.kind = ShapeKind::Points;
    person.parts = {{{100, 100}, {200, 100}}};
    person.visibility = {2, 2};
    const QColor colour(0, 200, 255);
    view.setShapes({{"a", person, colour, "person 0.93", true, false, false, {{0, 1}}}});
    const QPoint between = at(150, 100);
    const auto bone = [&] { return view.grab().toImage().pixelColor(between); };
    EXPECT_GT(bone().blue(), 180) << "of another class than the one that is chosen";
    view.setShapes({{"a", person, colour, "person 0.93", true, false, false}});
    EXPECT_LT(bone().blue(), 120);
}

TEST_F(CanvasViewTest, AnEraserTakesTheMaskThatItLiesOnAndSaysWhereThereIsNone) {
    view.setTool("brush");
    drag({100, 100}, {140, 100});
    view.select({});
    std::string problem;
    QObject::connect(&view, &CanvasView::failed, [&](const Error& error) { problem = error.code; });
    view.setTool("eraser");
    drag({300, 250}, {310, 250});
    EXPECT_EQ(problem, "annotation.no_mask_to_erase");
    EXPECT_EQ(edits.size(), 1u);
    drag({120, 90}, {120, 110});
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_EQ(edits[1].before.size(), 1u);
}

TEST_F(CanvasViewTest, ABrushPaintsAMaskAndAnEraserTakesItAwayAgain) {
    view.setTool("brush");
    drag({100, 100}, {140, 100});
    ASSERT_EQ(edits.size(), 1u);
    const auto painted = areaOf(edits[0].after[0].shape.mask);
    EXPECT_GT(painted, 1000);
    EXPECT_EQ(edits[0].after[0].shape.mask.width, 400);
    drag({140, 100}, {180, 100});
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_EQ(edits[1].before.size(), 1u) << "the selected mask grows";
    look("mask");
    view.setTool("eraser");
    for (double y = 80; y <= 120; y += 6) drag({80, y}, {200, y});
    EXPECT_TRUE(view.shapes().empty()) << "a mask of which nothing is left is gone";
}

TEST_F(CanvasViewTest, AStrokeThatFollowsAnotherAtOnceIsAStrokeToo) {
    view.setTool("brush");
    click({100, 100});
    ASSERT_EQ(edits.size(), 1u);
    QMouseEvent second(QEvent::MouseButtonDblClick, view.transform().toView(QPointF(100, 100)), view.mapToGlobal(view.transform().toView(QPointF(100, 100))), Qt::LeftButton, Qt::LeftButton, {});
    QApplication::sendEvent(&view, &second);
    send(QEvent::MouseMove, {160, 100});
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at(160, 100));
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_GT(boundsRect(edits[1].after[0].shape).width(), 60);
}

TEST_F(CanvasViewTest, CopiesHaveIdsOfTheirOwnAndStayInThePicture) {
    view.setShapes({box("a", 380, 280, 400, 300)});
    view.select({"a"});
    key(Qt::Key_D, Qt::ControlModifier);
    ASSERT_EQ(view.shapes().size(), 2u);
    EXPECT_NE(view.shapes()[1].id, "a");
    EXPECT_TRUE(QRectF(0, 0, 400, 300).contains(boundsRect(view.shapes()[1].shape)));
}

TEST_F(CanvasViewTest, ControlZTakesAPointBackWhileSomethingIsDrawnAndIsTheWindowsElse) {
    const auto isTaken = [this] {
        QKeyEvent override(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
        override.ignore();
        QApplication::sendEvent(&view, &override);
        return override.isAccepted();
    };
    view.setTool("polygon");
    EXPECT_FALSE(isTaken());
    click({50, 50});
    click({150, 50});
    EXPECT_TRUE(isTaken());
    key(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(view.tool().draft()->parts[0].size(), 1u);
}

TEST_F(CanvasViewTest, EveryToolHasItsIconAndAKeyOfItsOwn) {
    std::set<std::string> keys;
    for (const auto* type : canvasTools()) {
        EXPECT_FALSE(themeIcon(type->icon).isNull()) << type->name;
        EXPECT_TRUE(keys.insert(type->key).second) << type->key;
        EXPECT_TRUE(canvasTool(type->name)->make(view)) << type->name;
    }
    EXPECT_EQ(canvasTool("no such tool"), nullptr);
}

TEST_F(CanvasViewTest, LooksAsItShould) {
    auto proposed = box("p", 220, 40, 330, 120), chosen = box("c", 40, 60, 160, 200);
    proposed.proposed = true;
    proposed.colour = QColor(0, 120, 200);
    proposed.caption = "nut 0.87";
    chosen.shape.rotation = 20;
    AnnotationShape ring;
    ring.kind = ShapeKind::Polygon;
    ring.parts = {{{200, 160}, {320, 150}, {350, 250}, {220, 270}}, {{250, 190}, {300, 190}, {290, 230}}};
    ring.holes = {false, true};
    view.setShapes({proposed, chosen, {"r", ring, QColor(0, 150, 110), "washer", false, false, false}});
    view.select({"c"});
    EXPECT_EQ(view.shapes().size(), 3u);
    look("light");
    applyTheme(ThemeChoice::Dark);
    look("dark");
    applyTheme(ThemeChoice::Light);
}

}  // namespace
}  // namespace lamina
