#include "core/annotation/interpolation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lamina {
namespace {

AnnotationShape ringShape(std::vector<ShapePoint> points) {
    AnnotationShape shape;
    shape.label = "leaf";
    shape.kind = ShapeKind::Polygon;
    shape.parts.push_back(std::move(points));
    return shape;
}

TEST(Interpolation, BoxesMoveAlongStraightLinesAndTurnTheShorterWay) {
    auto from = boxShape("car", 0, 0, 10, 10), to = boxShape("car", 40, 20, 60, 30);
    from.rotation = 350;
    to.rotation = 10;
    const auto between = shapeBetween(from, to, 0.25);
    ASSERT_TRUE(between);
    EXPECT_EQ(between->parts[0][0], (ShapePoint{10, 5}));
    EXPECT_EQ(between->parts[0][1], (ShapePoint{22.5, 15}));
    EXPECT_DOUBLE_EQ(between->rotation, 355);
}

TEST(Interpolation, PolygonsWithOtherPointsKeepTheirAreaOnTheWay) {
    const auto from = ringShape({{0, 0}, {20, 0}, {20, 20}, {0, 20}});
    const auto to = ringShape({{120, 20}, {120, 10}, {120, 0}, {110, 0}, {100, 0}, {100, 10}, {100, 20}, {110, 20}});  // the same square, backwards, begun elsewhere
    const auto between = shapeBetween(from, to, 0.5);
    ASSERT_TRUE(between);
    const auto bounds = boundsOf(*between);
    EXPECT_NEAR(bounds.left, 50, 1e-9);
    EXPECT_NEAR(bounds.right, 70, 1e-9);
    EXPECT_NEAR(areaOf(*between), 400, 1e-6);
}

TEST(Interpolation, WhatDoesNotFitGivesNothing) {
    auto line = ringShape({{0, 0}, {5, 5}});
    line.kind = ShapeKind::Polyline;
    auto longer = line;
    longer.parts[0].push_back({9, 9});
    EXPECT_FALSE(shapeBetween(line, longer, 0.5));
    EXPECT_FALSE(shapeBetween(line, boxShape("leaf", 0, 0, 1, 1), 0.5));
    AnnotationShape mask;
    mask.kind = ShapeKind::Mask;
    EXPECT_FALSE(shapeBetween(mask, mask, 0.5));
}

TEST(Interpolation, TheNearestOfTheSameClassGoesOn) {
    const std::vector<AnnotationShape> from{boxShape("car", 0, 0, 10, 10), boxShape("car", 100, 0, 110, 10), boxShape("dog", 0, 0, 10, 10)};
    const std::vector<AnnotationShape> to{boxShape("dog", 5, 0, 15, 10), boxShape("car", 95, 0, 105, 10), boxShape("car", 12, 0, 22, 10), boxShape("cat", 0, 0, 10, 10)};
    EXPECT_EQ(continuations(from, to), (std::vector<std::pair<std::size_t, std::size_t>>{{0, 2}, {1, 1}, {2, 0}}));
}

}  // namespace
}  // namespace lamina
