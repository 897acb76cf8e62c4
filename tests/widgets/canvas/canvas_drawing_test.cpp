// Drawing where it is easily lost: beside the picture, holes over a crash, an eraser that begins elsewhere, keys bound otherwise.
#include "tests/widgets/canvas/canvas_fixture.h"
#include "widgets/canvas/shape_geometry.h"

namespace lamina {
namespace {

class CanvasDrawingTest : public CanvasViewTest {
protected:
    CanvasDrawingTest() {
        QObject::connect(&view, &CanvasView::failed, [this](const Error& error) { problems.push_back(error.code); });
    }
    AnnotationShape polygon(std::vector<ShapePoint> ring) {
        AnnotationShape shape;
        shape.kind = ShapeKind::Polygon;
        shape.label = "screw";
        shape.parts = {std::move(ring)};
        return shape;
    }

    std::vector<std::string> problems;
};

TEST_F(CanvasDrawingTest, AHalfDrawnHoleComesBackAsTheHoleOfItsPolygon) {
    view.setShapes({{"a", polygon({{20, 20}, {200, 20}, {200, 200}, {20, 200}}), Qt::red, "screw", false, false, false}});
    view.setTool("polygon");
    click({60, 60}, Qt::ControlModifier);
    click({120, 60});
    const auto draft = view.tool().draft();
    ASSERT_TRUE(draft);
    view.setTool("select");  // after a crash
    view.setTool("polygon");
    view.tool().restore(*draft);
    EXPECT_EQ(view.tool().draft(), draft) << "a second crash costs nothing either";
    click({120, 120});
    key(Qt::Key_Return);
    ASSERT_EQ(edits.size(), 1u);
    ASSERT_EQ(view.shapes().size(), 1u) << "no polygon of its own";
    EXPECT_EQ(view.shapes()[0].shape.holes, (std::vector<bool>{false, true}));
    EXPECT_TRUE(view.shapes()[0].shape.attributes.empty()) << "what a draft notes for itself is no attribute of the shape";
}

TEST_F(CanvasDrawingTest, AHoleWhosePolygonIsGoneBecomesAPolygon) {
    view.setTool("polygon");
    AnnotationShape draft = polygon({{60, 60}, {120, 60}, {120, 120}});
    draft.label.clear();
    draft.attributes["hole in"] = "gone";
    view.tool().restore(draft);
    key(Qt::Key_Return);
    ASSERT_EQ(view.shapes().size(), 1u);
    EXPECT_TRUE(view.shapes()[0].shape.attributes.empty());
}

TEST_F(CanvasDrawingTest, WhatIsDrawnBesideThePictureIsToldAndNotKept) {
    const auto isTold = [this](const char* what) {
        EXPECT_EQ(problems, std::vector<std::string>{"annotation.beside_picture"}) << what;
        EXPECT_TRUE(edits.empty()) << what;
        EXPECT_FALSE(view.tool().draft()) << what;
        problems.clear();
    };
    view.setZoom(0.5);
    view.showPlace({200, 150});
    for (const char* tool : {"box", "ellipse"}) {
        view.setTool(tool);
        drag({-60, 20}, {-20, 80});
        isTold(tool);
    }
    view.setTool("polygon");
    for (const QPointF place : {QPointF(-80, 20), QPointF(-20, 20), QPointF(-20, 90)}) click(place);
    key(Qt::Key_Return);
    isTold("polygon");
    for (const QPointF place : {QPointF(-20, 340), QPointF(-40, -40), QPointF(440, -40)}) click(place);
    click({-45, -45});
    key(Qt::Key_Return);
    isTold("a polygon around a corner");
    view.setTool("line");
    for (const QPointF place : {QPointF(-80, 20), QPointF(-20, 90)}) click(place);
    key(Qt::Key_Return);
    isTold("line");
    view.setTool("points");
    click({-40, 40});
    isTold("points");
    view.setTool("brush");
    drag({-60, 20}, {-50, 80});
    isTold("brush");
    view.setTool("live_wire");
    for (const QPointF place : {QPointF(-80, 20), QPointF(-60, 60), QPointF(-20, 90)}) click(place);
    key(Qt::Key_Return);
    isTold("live wire");
    view.setTool("grab_cut");
    drag({-60, 20}, {-20, 80});
    isTold("cut out");
}

TEST_F(CanvasDrawingTest, ASlipOfTheHandIsNotTalkedAbout) {
    view.setTool("box");
    click({-10, 20});
    click({-10, 20});
    EXPECT_TRUE(problems.empty());
    EXPECT_TRUE(edits.empty());
}

TEST_F(CanvasDrawingTest, WhereNothingCouldBePastedItIsSaid) {
    view.paste({box("a", 500, 20, 560, 60)});
    EXPECT_EQ(problems, std::vector<std::string>{"annotation.nothing_pasted"});
    view.paste({box("a", 500, 20, 560, 60), box("b", 20, 20, 60, 60)});
    EXPECT_EQ(problems.size(), 1u);
    EXPECT_EQ(view.shapes().size(), 1u);
}

TEST_F(CanvasDrawingTest, AnEraserThatBeginsBesideAMaskErasesWhereItSweepsOverIt) {
    view.setTool("brush");
    drag({100, 100}, {160, 100});
    const auto painted = areaOf(view.shapes()[0].shape.mask);
    view.select({});
    view.setTool("eraser");
    drag({130, 30}, {130, 170});
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_TRUE(problems.empty());
    const auto left = view.shapes()[0].shape;
    EXPECT_LT(areaOf(left.mask), painted - 300);
    EXPECT_FALSE(hits(left, {130, 100}, 0));
    EXPECT_TRUE(hits(left, {104, 100}, 0));
}

TEST_F(CanvasDrawingTest, AnEraserTakesTheMaskItTouchesEvenWhereAnotherOneIsSelected) {
    view.setTool("brush");
    drag({100, 100}, {160, 100});
    view.select({});
    drag({100, 220}, {160, 220});
    const QString below = view.selection()[0];
    view.setTool("eraser");
    drag({60, 60}, {130, 100});
    ASSERT_EQ(edits.size(), 3u);
    EXPECT_NE(edits[2].before[0].id, below);
    EXPECT_NE(view.selection()[0], below) << "it is seen which one it was";
}

TEST_F(CanvasDrawingTest, AStrokeGoesToTheMaskItBeganOnWhateverIsSelectedMeanwhile) {
    view.setTool("brush");
    drag({100, 100}, {160, 100});
    const QString above = view.selection()[0];
    view.select({});
    drag({100, 220}, {160, 220});
    const QString below = view.selection()[0];
    const auto begin = [this] {
        QTest::mousePress(&view, Qt::LeftButton, {}, at(100, 250));
        send(QEvent::MouseMove, {160, 250});
    };
    begin();
    view.select({above});
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at(160, 250));
    ASSERT_EQ(edits.size(), 3u);
    EXPECT_EQ(edits[2].before[0].id, below);
    EXPECT_TRUE(hits(view.shape(above)->shape, {130, 100}, 0)) << "the other one is as it was";
    view.select({});
    begin();
    view.select({above});
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at(160, 250));
    ASSERT_EQ(edits.size(), 4u);
    EXPECT_TRUE(edits[3].before.empty()) << "a new one, as it was meant";
    view.select({below});
    begin();
    view.removeSelected();
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at(160, 250));
    EXPECT_EQ(edits.size(), 5u) << "what was taken away does not come back";
    EXPECT_FALSE(view.shape(below));
}

TEST_F(CanvasDrawingTest, ArrowsWithAltAreNotTheCanvassSoNothingMoves) {
    view.setShapes({box("a", 20, 20, 80, 80)});
    view.select({"a"});
    for (const auto held : {Qt::AltModifier, Qt::ControlModifier, Qt::MetaModifier}) {
        QKeyEvent asked(QEvent::ShortcutOverride, Qt::Key_Up, held);
        asked.ignore();
        QApplication::sendEvent(&view, &asked);
        EXPECT_FALSE(asked.isAccepted());
        key(Qt::Key_Up, held);
    }
    EXPECT_TRUE(edits.empty());
    key(Qt::Key_Up, Qt::KeypadModifier);
    EXPECT_EQ(edits.size(), 1u);
}

TEST_F(CanvasDrawingTest, KeysThatAreBoundOtherwiseAreHeardAndTheUsualOnesNoMore) {
    KeyMap keys;
    keys.bind(Qt::Key_Return, {QKeySequence("E")});
    keys.bind(Qt::Key_Backspace, {QKeySequence("Z"), QKeySequence("?")});
    keys.bind(Qt::Key_Escape, {QKeySequence("Ctrl+W")});
    keys.bind(Qt::Key_Left, {QKeySequence("Alt+A")});
    keys.bind(Qt::SHIFT | Qt::Key_Left, {QKeySequence("Alt+Shift+A")});
    view.setKeyMap(keys);
    view.setTool("polygon");
    for (const QPointF place : {QPointF(20, 20), QPointF(80, 20), QPointF(80, 80), QPointF(20, 80), QPointF(10, 60)}) click(place);
    const auto isAskedFor = [this](Qt::Key key) {
        QKeyEvent asked(QEvent::ShortcutOverride, key, Qt::NoModifier);
        asked.ignore();
        QApplication::sendEvent(&view, &asked);
        return asked.isAccepted();
    };
    EXPECT_TRUE(isAskedFor(Qt::Key_E)) << "while something is drawn it is no shortcut of the page";
    key(Qt::Key_Return);
    key(Qt::Key_Backspace);
    ASSERT_TRUE(view.tool().draft());
    EXPECT_EQ(view.tool().draft()->parts[0].size(), 5u);
    key(Qt::Key_Z);
    EXPECT_EQ(view.tool().draft()->parts[0].size(), 4u);
    key(Qt::Key_Question, Qt::ShiftModifier);
    EXPECT_EQ(view.tool().draft()->parts[0].size(), 3u);
    key(Qt::Key_E);
    ASSERT_EQ(view.shapes().size(), 1u);
    const double left = boundsRect(view.shapes()[0].shape).left();
    key(Qt::Key_Left);
    EXPECT_EQ(boundsRect(view.shapes()[0].shape).left(), left);
    key(Qt::Key_A, Qt::AltModifier);
    EXPECT_EQ(boundsRect(view.shapes()[0].shape).left(), left - 1);
    key(Qt::Key_A, Qt::AltModifier | Qt::ShiftModifier);
    EXPECT_EQ(boundsRect(view.shapes()[0].shape).left(), left - 11);
    EXPECT_FALSE(isAskedFor(Qt::Key_E)) << "nothing is drawn: the page may have it";
    key(Qt::Key_Escape);
    EXPECT_FALSE(view.selection().empty());
    key(Qt::Key_W, Qt::ControlModifier);
    EXPECT_TRUE(view.selection().empty());
    EXPECT_EQ(view.keyMap().textOf(Qt::Key_Return), "E");
}

}  // namespace
}  // namespace lamina
