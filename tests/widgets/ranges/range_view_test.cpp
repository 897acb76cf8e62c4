#include "widgets/ranges/range_view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

namespace lamina {
namespace {

class RangeViewTest : public testing::Test {
protected:
    RangeViewTest() {
        show(1000);
        view.setLabel({"fault", QColor(213, 94, 0)});
        QObject::connect(&view, &RangeView::edited, [this](const RangeEdit& edit) { edits.push_back(edit); });
        view.resize(600, 300);
        view.show();
    }
    void show(std::int64_t steps) {
        auto values = std::make_shared<MinMaxPyramid>();
        for (std::int64_t i = 0; i < steps; ++i) values->append(static_cast<float>(std::sin(static_cast<double>(i) / 30)));
        view.setSeries({{"wave", values}}, steps, [](std::int64_t step) { return QString::number(step + 1); });
    }
    void mouse(QEvent::Type type, double step, Qt::MouseButton button = Qt::LeftButton) {
        const QPointF at = view.placeOf(step);
        QMouseEvent event(type, at, view.mapToGlobal(at), type == QEvent::MouseMove ? Qt::NoButton : button, type == QEvent::MouseButtonRelease ? Qt::NoButton : button, {});
        QApplication::sendEvent(&view, &event);
    }
    void drag(double from, double to) {
        mouse(QEvent::MouseButtonPress, from);
        mouse(QEvent::MouseMove, to);
        mouse(QEvent::MouseButtonRelease, to);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, key, modifiers); }

    RangeView view;
    std::vector<RangeEdit> edits;
};

TEST_F(RangeViewTest, ADragMarksAStretchAndItsEdgeCanBeDraggedFurther) {
    drag(200, 300);
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_TRUE(edits[0].before.empty());
    EXPECT_EQ(edits[0].after[0].first, 200);
    EXPECT_EQ(edits[0].after[0].last, 300);
    EXPECT_EQ(edits[0].after[0].label, "fault");
    drag(300.5, 400);
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_EQ(edits[1].before[0].last, 300);
    EXPECT_EQ(edits[1].after[0].last, 400);
    EXPECT_EQ(edits[1].after[0].id, edits[0].after[0].id);
}

TEST_F(RangeViewTest, StretchesOverlapAndAClickTakesTheShorterOne) {
    drag(100, 500);
    drag(200, 300);
    EXPECT_EQ(view.ranges().size(), 2u);
    drag(250, 250);
    ASSERT_TRUE(view.range(view.selected()));
    EXPECT_EQ(view.range(view.selected())->first, 200);
    key(Qt::Key_Delete);
    ASSERT_EQ(view.ranges().size(), 1u);
    EXPECT_EQ(view.ranges()[0].last, 500);
}

TEST_F(RangeViewTest, KeysAloneMarkMoveAndRemove) {
    key(Qt::Key_Right, Qt::ControlModifier);
    key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
    key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
    key(Qt::Key_Return);
    ASSERT_EQ(view.ranges().size(), 1u);
    EXPECT_EQ(view.ranges()[0].first, 1);
    EXPECT_EQ(view.ranges()[0].last, 3);
    key(Qt::Key_Right, Qt::AltModifier);
    key(Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier);
    EXPECT_EQ(view.ranges()[0].first, 0);
    EXPECT_EQ(view.ranges()[0].last, 4);
    key(Qt::Key_Delete);
    EXPECT_TRUE(view.ranges().empty());
}

TEST_F(RangeViewTest, WithoutAClassNothingIsMarkedAndItIsAsked) {
    int asked = 0;
    QObject::connect(&view, &RangeView::labelWanted, [&] { ++asked; });
    view.setLabel({});
    drag(10, 60);
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(edits.empty());
    view.setLabel({"late", QColor(0, 114, 178)});
    view.markSelection();
    EXPECT_EQ(edits.size(), 1u) << "what was dragged over is still selected";
}

TEST_F(RangeViewTest, TheWheelZoomsAtThePointerAndNeverLeavesTheSeries) {
    const QPointF at = view.placeOf(250);
    for (int i = 0; i < 5; ++i) {
        QWheelEvent event(at, view.mapToGlobal(at), {}, QPoint(0, 120), Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &event);
    }
    EXPECT_NEAR(view.placeOf(250).x(), at.x(), 0.5);
    EXPECT_LT(view.viewLast() - view.viewFirst(), 400);
    view.pan(-5000);
    EXPECT_EQ(view.viewFirst(), 0);
    key(Qt::Key_F);
    EXPECT_EQ(view.viewLast(), 999);
}

TEST_F(RangeViewTest, AMillionStepsArePaintedWithinAFrame) {
    show(1'000'000);
    view.grab();
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 5; ++i) {
        view.zoom(1.1, 400'000);
        view.grab();
    }
    EXPECT_LT(clock.elapsed() / 5, 60);
}

}  // namespace
}  // namespace lamina
