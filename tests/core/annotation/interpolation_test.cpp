#include "core/annotation/interpolation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/annotation/mask_outline.h"

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

AnnotationShape paintedShape(std::int64_t width, std::int64_t height, const std::function<bool(double, double)>& covered) {
    AnnotationShape shape;
    shape.label = "leaf";
    shape.kind = ShapeKind::Mask;
    PixelRegion region{0, 0, width, height, {}};
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x) region.covered.push_back(covered(static_cast<double>(x), static_cast<double>(y)));
    shape.mask = maskOfRegion(region, width, height);
    return shape;
}

AnnotationShape paintedDisc(double x, double y, double radius) {
    return paintedShape(200, 120, [=](double u, double v) { return std::hypot(u - x, v - y) <= radius; });
}

TEST(Interpolation, AMaskThatMovesKeepsItsShape) {
    const auto from = paintedShape(200, 120, [](double x, double y) { return x >= 10 && x < 40 && y >= 20 && y < 50 && !(x >= 20 && x < 30 && y >= 30 && y < 36); });
    const auto to = paintedShape(200, 120, [](double x, double y) { return x >= 110 && x < 140 && y >= 40 && y < 70 && !(x >= 120 && x < 130 && y >= 50 && y < 56); });
    const auto expected = paintedShape(200, 120, [](double x, double y) { return x >= 60 && x < 90 && y >= 30 && y < 60 && !(x >= 70 && x < 80 && y >= 40 && y < 46); });
    const auto between = shapeBetween(from, to, 0.5);
    ASSERT_TRUE(between);
    EXPECT_EQ(between->mask, expected.mask) << "with its hole, though both do not touch";
    EXPECT_EQ(shapeBetween(from, to, 0)->mask, from.mask);
    EXPECT_EQ(shapeBetween(from, to, 1)->mask, to.mask);
}

TEST(Interpolation, AMaskThatGrowsHasTheRadiusBetween) {
    const auto from = paintedDisc(60, 60, 10), to = paintedDisc(90, 60, 30);
    for (const double part : {0.25, 0.5, 0.75}) {
        const auto between = shapeBetween(from, to, part);
        ASSERT_TRUE(between);
        const auto expected = paintedDisc(60 + 30 * part, 60, 10 + 20 * part);
        EXPECT_NEAR(areaOf(*between) / areaOf(expected), 1, 0.05) << part;
        EXPECT_NEAR(boundsOf(*between).left, boundsOf(expected).left, 1) << part;
        EXPECT_NEAR(boundsOf(*between).bottom, boundsOf(expected).bottom, 1) << part;
    }
    const auto atBorder = shapeBetween(paintedDisc(0, 60, 20), paintedDisc(199, 60, 20), 0.1);
    ASSERT_TRUE(atBorder);
    EXPECT_EQ(atBorder->mask.width, 200);
    EXPECT_FALSE(shapeBetween(from, paintedShape(200, 121, [](double, double) { return true; }), 0.5)) << "of pictures of other sizes";
    EXPECT_FALSE(shapeBetween(from, paintedShape(200, 120, [](double, double) { return false; }), 0.5));
    EXPECT_FALSE(shapeBetween(from, boxShape("leaf", 0, 0, 9, 9), 0.5));
}

TEST(Interpolation, TheNearestOfTheSameClassGoesOn) {
    const std::vector<AnnotationShape> from{boxShape("car", 0, 0, 10, 10), boxShape("car", 100, 0, 110, 10), boxShape("dog", 0, 0, 10, 10)};
    const std::vector<AnnotationShape> to{boxShape("dog", 5, 0, 15, 10), boxShape("car", 95, 0, 105, 10), boxShape("car", 12, 0, 22, 10), boxShape("cat", 0, 0, 10, 10)};
    EXPECT_EQ(continuations(from, to), (std::vector<std::pair<std::size_t, std::size_t>>{{0, 2}, {1, 1}, {2, 0}}));
}

}  // namespace
}  // namespace lamina
