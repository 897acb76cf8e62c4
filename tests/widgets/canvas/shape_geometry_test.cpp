#include "widgets/canvas/shape_geometry.h"

#include <gtest/gtest.h>

#include <numbers>

#include "widgets/canvas/canvas_transform.h"
#include "widgets/canvas/picture_pyramid.h"
#include "widgets/canvas/shape_painter.h"

namespace lamina {
namespace {

AnnotationShape square() { return boxShape("screw", 10, 20, 30, 40); }

AnnotationShape polygon(std::vector<ShapePoint> ring) {
    AnnotationShape shape;
    shape.kind = ShapeKind::Polygon;
    shape.parts = {std::move(ring)};
    return shape;
}

AnnotationShape triangle() { return polygon({{0, 0}, {20, 0}, {0, 20}}); }

const ShapeHandle& handleOf(const std::vector<ShapeHandle>& all, ShapeHandle::Kind kind, std::size_t index) {
    return *std::find_if(all.begin(), all.end(), [&](const auto& handle) { return handle.kind == kind && handle.index == index; });
}

QPointF cornerAt(const AnnotationShape& shape, std::size_t index) {
    const auto handles = handlesOf(shape, 10);
    return handleOf(handles, ShapeHandle::Kind::Corner, index).at;
}

double distance(QPointF a, QPointF b) { return std::hypot(a.x() - b.x(), a.y() - b.y()); }

TEST(CanvasTransform, WhatLiesUnderTheMouseStaysThereWhenZooming) {
    CanvasTransform transform;
    transform.fit(QRectF(0, 0, 6000, 4000), QSizeF(800, 600));
    const QPointF mouse(300, 200), before = transform.toPicture(mouse);
    transform.zoomTo(transform.scale() * 7, mouse);
    EXPECT_LT(distance(transform.toPicture(mouse), before), 1e-6);
    EXPECT_LT(distance(transform.toView(before), mouse), 1e-6);
}

TEST(CanvasTransform, APictureCannotBePushedOutOfSight) {
    CanvasTransform transform;
    transform.fit(QRectF(0, 0, 100, 100), QSizeF(800, 600));
    transform.moveBy({5000, -5000});
    transform.keepInSight(QSizeF(100, 100), QSizeF(800, 600));
    EXPECT_TRUE(transform.toView(QRectF(0, 0, 100, 100)).intersects(QRectF(0, 0, 800, 600)));
}

TEST(ShapeGeometry, ABoxIsHitInsideAndAtItsBorderOnly) {
    EXPECT_TRUE(hits(square(), {20, 30}, 2));
    EXPECT_TRUE(hits(square(), {8.5, 30}, 2));
    EXPECT_FALSE(hits(square(), {7, 30}, 2));
}

TEST(ShapeGeometry, AKeyPointThatIsNotThereHasNoHandle) {
    AnnotationShape shape;
    shape.kind = ShapeKind::Points;
    shape.parts = {{{0, 0}, {20, 30}, {40, 50}}};
    shape.visibility = {0, 1, 2};
    const auto handles = handlesOf(shape, 10);
    ASSERT_EQ(handles.size(), 2u);
    EXPECT_EQ(handles[0].index, 1u);
    EXPECT_EQ(handles[1].index, 2u);
}

TEST(ShapeGeometry, AHoleIsNotPartOfAPolygon) {
    auto shape = polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}});
    shape.parts.push_back({{40, 40}, {60, 40}, {60, 60}, {40, 60}});
    shape.holes = {false, true};
    EXPECT_TRUE(hits(shape, {20, 20}, 1));
    EXPECT_FALSE(hits(shape, {50, 50}, 1));
}

TEST(ShapeGeometry, ADraggedCornerLeavesTheOppositeOneWhereItIsSeenEvenOfATurnedBox) {
    auto box = square();
    box.rotation = 30;
    const QPointF opposite = cornerAt(box, 0);
    const auto after = dragged(box, {ShapeHandle::Kind::Corner, 0, 2, {}}, {60, 70});
    EXPECT_LT(distance(cornerAt(after, 0), opposite), 1e-9);
    EXPECT_LT(distance(cornerAt(after, 2), {60, 70}), 1e-9);
    EXPECT_DOUBLE_EQ(after.rotation, 30);
}

TEST(ShapeGeometry, ACornerMayPassTheOtherOne) {
    const auto after = dragged(square(), {ShapeHandle::Kind::Corner, 0, 2, {}}, {0, 10});
    EXPECT_EQ(boundsRect(after), QRectF(0, 10, 10, 10));
}

TEST(ShapeGeometry, ShiftKeepsABoxSquare) {
    const auto after = dragged(square(), {ShapeHandle::Kind::Corner, 0, 2, {}}, {70, 45}, true);
    EXPECT_EQ(boundsRect(after), QRectF(10, 20, 60, 60));
}

TEST(ShapeGeometry, TheRotationHandleTurnsInStepsWithShift) {
    const QPointF middle(20, 30);
    const auto turned = dragged(square(), {ShapeHandle::Kind::Rotation, 0, 0, {}}, middle + QPointF(10, -9), true);
    EXPECT_DOUBLE_EQ(turned.rotation, 45);
    const auto free = dragged(square(), {ShapeHandle::Kind::Rotation, 0, 0, {}}, middle + QPointF(10, 0));
    EXPECT_NEAR(free.rotation, 90, 1e-9);
}

TEST(ShapeGeometry, AVertexIsAddedWhereTheBorderIsNearest) {
    const auto place = borderAt(triangle(), {9, 1}, 3);
    ASSERT_TRUE(place);
    const auto after = withVertex(triangle(), *place);
    ASSERT_EQ(after.parts[0].size(), 4u);
    EXPECT_EQ(after.parts[0][1], (ShapePoint{9, 0}));
    EXPECT_FALSE(borderAt(triangle(), {5, 5}, 3));
}

TEST(ShapeGeometry, APolygonKeepsThreePointsButLosesAHoleThatWouldHaveTwo) {
    EXPECT_FALSE(withoutVertex(triangle(), 0, 1));
    auto shape = polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}});
    EXPECT_EQ(withoutVertex(shape, 0, 1)->parts[0].size(), 3u);
    shape.parts.push_back({{40, 40}, {60, 40}, {60, 60}});
    shape.holes = {false, true};
    const auto after = withoutVertex(shape, 1, 0);
    ASSERT_TRUE(after);
    EXPECT_EQ(after->parts.size(), 1u);
    EXPECT_EQ(after->holes.size(), 1u);
}

TEST(ShapeGeometry, ShapesAreCutToThePictureAndRefusedOutsideOfIt) {
    const auto inside = insidePicture(boxShape("a", -5, -5, 10, 10), {100, 100});
    ASSERT_TRUE(inside);
    EXPECT_EQ(boundsRect(*inside), QRectF(0, 0, 10, 10));
    EXPECT_FALSE(insidePicture(boxShape("a", 110, 110, 120, 120), {100, 100}));
    AnnotationShape drawn;
    drawn.kind = ShapeKind::Polygon;
    drawn.parts = {{{-50, 40}, {-50, -60}, {40, -60}}};
    EXPECT_FALSE(insidePicture(drawn, {100, 100})) << "around the corner: its bounds reach over the picture, it does not";
    drawn.parts = {{{-50, -50}, {150, -50}, {150, 150}, {-50, 150}}};
    EXPECT_TRUE(insidePicture(drawn, {100, 100})) << "all around the picture";
    drawn.kind = ShapeKind::Polyline;
    drawn.parts = {{{-50, 10}, {10, -60}}};
    EXPECT_FALSE(insidePicture(drawn, {100, 100}));
    drawn.parts = {{{-50, 50}, {150, 50}}};
    EXPECT_TRUE(insidePicture(drawn, {100, 100})) << "no point of it lies on the picture, but it crosses it";
    drawn.kind = ShapeKind::Points;
    drawn.parts = {{{0, 0}, {130, 20}}};
    drawn.visibility = {0, 2};
    EXPECT_FALSE(insidePicture(drawn, {100, 100})) << "a point that cannot be told lies nowhere";
}

TEST(ShapeGeometry, APointSnapsToTheNearestCornerElseToThePicturesBorder) {
    const auto box = square();
    EXPECT_EQ(snapped({31, 41}, {&box}, {200, 200}, 3), QPointF(30, 40));
    EXPECT_EQ(snapped({1, 100}, {&box}, {200, 200}, 3), QPointF(0, 100));
    EXPECT_EQ(snapped({50, 100}, {&box}, {200, 200}, 3), QPointF(50, 100));
}

TEST(MaskPictures, RunsAndPixelsAreTheSameMask) {
    QImage grey(7, 5, QImage::Format_Grayscale8);
    grey.fill(0);
    for (const QPoint at : {QPoint(0, 0), QPoint(1, 3), QPoint(1, 4), QPoint(2, 0), QPoint(6, 4)}) grey.scanLine(at.y())[at.x()] = 255;
    const MaskRuns mask = runsOf(grey, grey.rect());
    EXPECT_EQ(mask.runs, (std::vector<std::uint32_t>{0, 1, 7, 3, 23, 1}));
    EXPECT_EQ(greyOf(mask), grey);
    EXPECT_EQ(runsOf(grey, QRect(1, 3, 1, 2)).runs, (std::vector<std::uint32_t>{8, 2, 25}));
    EXPECT_EQ(areaOf(runsOf(grey, QRect())), 0);
    const QImage part = maskPicture(mask, QRect(1, 3, 2, 2), Qt::red);
    EXPECT_EQ(part.pixelColor(0, 1), QColor(Qt::red));
    EXPECT_EQ(part.pixelColor(1, 1).alpha(), 0);
}

TEST(PicturePyramid, SmallZoomsReadSmallPicturesAndTheAdjustmentChangesNoPixelOfThePicture) {
    QImage picture(2000, 1000, QImage::Format_RGB32);
    picture.fill(QColor(100, 100, 100));
    const PicturePyramid pyramid(picture);
    EXPECT_EQ(pyramid.size(), QSize(2000, 1000));
    EXPECT_EQ(pyramid.level(600).size(), QSize(1000, 500));
    EXPECT_EQ(pyramid.level(5000).size(), QSize(2000, 1000));
    QImage view(200, 100, QImage::Format_RGB32);
    QPainter painter(&view);
    pyramid.paint(painter, QRectF(0, 0, 2000, 1000), QRectF(0, 0, 200, 100), {0.2, 0, 1});
    painter.end();
    EXPECT_EQ(view.pixelColor(100, 50), QColor(151, 151, 151));
    EXPECT_EQ(pyramid.picture().pixelColor(100, 50), QColor(100, 100, 100));
}

TEST(PicturePyramid, ATableWithoutAdjustmentLeavesEveryValue) {
    const auto table = adjustmentTable({});
    for (std::size_t i = 0; i < table.size(); ++i) EXPECT_EQ(table[i], i);
    EXPECT_GT(adjustmentTable({0, 0, 2})[64], 64);
    EXPECT_LT(adjustmentTable({0, 0.5, 1})[64], 64);
}

}  // namespace
}  // namespace lamina
