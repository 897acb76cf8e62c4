// Masks and polygons, regions of a colour, ways along edges.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <numeric>
#include <random>

#include "core/annotation/colour_region.h"
#include "core/annotation/live_wire.h"
#include "core/annotation/mask_outline.h"
#include "core/annotation/mask_runs.h"

namespace lamina {
namespace {

PixelRegion drawnRegion(const std::vector<std::string>& rows, std::int64_t left = 0, std::int64_t top = 0) {
    PixelRegion region{left, top, static_cast<std::int64_t>(rows[0].size()), static_cast<std::int64_t>(rows.size()), {}};
    for (const std::string& row : rows)
        for (const char c : row) region.covered.push_back(c == '#');
    return region;
}

MaskRuns masksOf(const MaskOutline& outline, std::int64_t width, std::int64_t height) { return rasterise(outline.parts, width, height); }

TEST(MaskOutline, ASquareWithAHoleIsTwoRings) {
    const auto outline = outlineOfRegion(drawnRegion({"####", "#..#", "#..#", "####"}, 10, 20));
    ASSERT_EQ(outline.parts.size(), 2u);
    EXPECT_EQ(outline.holes, (std::vector<bool>{false, true}));
    EXPECT_EQ(outline.parts[0].size(), 4u);
    EXPECT_EQ(outline.parts[1].size(), 4u);
    AnnotationShape shape;
    shape.kind = ShapeKind::Polygon;
    shape.parts = outline.parts;
    shape.holes = outline.holes;
    EXPECT_EQ(areaOf(shape), 12);
    EXPECT_EQ(boundsOf(shape).left, 10);
    EXPECT_EQ(boundsOf(shape).bottom, 24);
}

TEST(MaskOutline, PixelsThatTouchAtACornerAreRingsOfTheirOwn) {
    EXPECT_EQ(outlineOfRegion(drawnRegion({"#.", ".#"})).parts.size(), 2u);
    const auto ring = outlineOfRegion(drawnRegion({"###", "#.#", ".##"}));  // a hole that touches the outside at a corner
    EXPECT_EQ(masksOf(ring, 3, 3), maskOfRegion(drawnRegion({"###", "#.#", ".##"}), 3, 3));
}

/// Whatever is covered comes back pixel by pixel: through rings, through runs.
TEST(MaskOutline, RandomMasksComeBackAsTheyWere) {
    std::mt19937 random(5);
    for (int round = 0; round < 60; ++round) {
        const std::int64_t width = 1 + static_cast<std::int64_t>(random() % 40), height = 1 + static_cast<std::int64_t>(random() % 40);
        PixelRegion region{static_cast<std::int64_t>(random() % 5), static_cast<std::int64_t>(random() % 5), width, height, {}};
        const unsigned share = 1 + random() % 9;
        for (std::int64_t i = 0; i < width * height; ++i) region.covered.push_back(random() % 10 < share);
        const MaskRuns mask = maskOfRegion(region, 48, 47);
        EXPECT_TRUE(isWhole(mask));
        EXPECT_EQ(areaOf(mask), std::accumulate(region.covered.begin(), region.covered.end(), std::int64_t{0}));
        EXPECT_EQ(masksOf(outlineOfRegion(region), 48, 47), mask) << "round " << round;
        EXPECT_EQ(maskOfRegion(regionOfMask(mask), 48, 47), mask) << "round " << round;
        EXPECT_EQ(maskOfRegion(unitedRegions(region, {}), 48, 47), mask);
    }
}

TEST(MaskOutline, AMaskBecomesAPolygonAndAMaskAgain) {
    AnnotationShape disc;
    disc.kind = ShapeKind::Ellipse;
    disc.label = "cell";
    disc.parts = {{{20, 10}, {80, 70}}};
    disc.attributes["truncated"] = "1";
    const AnnotationShape mask = maskOfPolygon(disc, 100, 90);
    ASSERT_EQ(mask.kind, ShapeKind::Mask);
    const AnnotationShape polygon = polygonOfMask(mask, {1, 4});
    ASSERT_EQ(polygon.kind, ShapeKind::Polygon);
    EXPECT_EQ(polygon.label, "cell");
    EXPECT_EQ(polygon.attributes, disc.attributes);
    EXPECT_LT(polygon.parts[0].size(), 40u);
    const AnnotationShape back = maskOfPolygon(polygon, 100, 90);
    EXPECT_NEAR(static_cast<double>(areaOf(back.mask)), static_cast<double>(areaOf(mask.mask)), 0.03 * static_cast<double>(areaOf(mask.mask)));
    AnnotationShape line;
    line.kind = ShapeKind::Polyline;
    EXPECT_EQ(maskOfPolygon(line, 10, 10).kind, ShapeKind::Polyline);
}

TEST(MaskOutline, SmallPiecesAreLeftOutWhereThatIsAsked) {
    const auto region = drawnRegion({"#.....", "..####", "..#.##", "..####"});
    EXPECT_EQ(outlineOfRegion(region).parts.size(), 3u);
    EXPECT_EQ(outlineOfRegion(region, {0, 2}).parts.size(), 1u);
}

TEST(MaskOutline, RegionsAreJoinedAndCut) {
    const auto a = drawnRegion({"##"}, 0, 0), b = drawnRegion({"##"}, 1, 0);
    EXPECT_EQ(areaOf(maskOfRegion(unitedRegions(a, b), 4, 1)), 3);
    EXPECT_EQ(areaOf(maskOfRegion(regionWithout(a, b), 4, 1)), 1);
}

TEST(Simplified, NoPointThatIsLeftOutIsFurtherThanTheTolerance) {
    std::vector<ShapePoint> ring;
    for (int i = 0; i < 400; ++i) ring.push_back({100 + 50 * std::cos(i * 0.0157079632679), 100 + 50 * std::sin(i * 0.0157079632679)});
    const auto fewer = simplifiedRing(ring, 0.5);
    EXPECT_LT(fewer.size(), 40u);
    EXPECT_GE(fewer.size(), 8u);
    for (const auto& point : fewer) EXPECT_NEAR(std::hypot(point.x - 100, point.y - 100), 50, 1e-9);
    EXPECT_EQ(simplifiedLine({{0, 0}, {5, 0.4}, {10, 0}}, 0.5).size(), 2u);
    EXPECT_EQ(simplifiedLine({{0, 0}, {5, 0.6}, {10, 0}}, 0.5).size(), 3u);
    // Staircases of pixels become slopes, squares stay squares wherever the ring begins.
    EXPECT_EQ(simplifiedRing({{5, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, 0.5).size(), 4u);
}

/// A picture in memory with rectangles painted on it.
struct PaintedPixels {
    std::int64_t width, height;
    std::vector<std::uint32_t> pixels;
    PaintedPixels(std::int64_t w, std::int64_t h, std::uint32_t colour) : width(w), height(h), pixels(static_cast<std::size_t>(w * h), colour) {}
    void fill(std::int64_t left, std::int64_t top, std::int64_t right, std::int64_t bottom, std::uint32_t colour) {
        for (std::int64_t y = top; y < bottom; ++y)
            for (std::int64_t x = left; x < right; ++x) pixels[static_cast<std::size_t>(y * width + x)] = colour;
    }
    PixelView view() const { return {pixels.data(), width, height, width}; }
};

std::int64_t coveredPixels(const PixelRegion& region) { return std::accumulate(region.covered.begin(), region.covered.end(), std::int64_t{0}); }

TEST(ColourRegion, TakesWhatHangsTogetherAndIsAlike) {
    PaintedPixels picture(60, 40, 0xff204060);
    picture.fill(10, 10, 30, 20, 0xff285060);  // 8 and 16 away
    picture.fill(40, 10, 50, 20, 0xff285060);
    const std::uint32_t colour = colourAround(picture.view(), 15, 15);
    EXPECT_EQ(colour, 0xff285060U);
    const auto narrow = regionOfColour(picture.view(), 15, 15, {colour, 15});
    EXPECT_EQ(coveredPixels(narrow), 200) << "the other one does not hang together with it";
    EXPECT_EQ(narrow.left, 10);
    EXPECT_EQ(narrow.width, 20);
    EXPECT_EQ(coveredPixels(regionOfColour(picture.view(), 15, 15, {colour, 16})), 60 * 40);
    EXPECT_EQ(coveredPixels(regionOfColour(picture.view(), 15, 15, {colour, 16}, {12, 12, 5, 4})), 20);
    EXPECT_TRUE(regionOfColour(picture.view(), 70, 15, {colour, 16}).isEmpty());
    const CancelToken cancelled;
    EXPECT_EQ(coveredPixels(regionOfColour(picture.view(), 0, 0, {0xff000000U, 0})), 1) << "the pixel itself belongs to it";
}

TEST(ColourRegion, FollowsWindingWays) {
    PaintedPixels picture(9, 9, 0xff000000);
    picture.fill(1, 1, 8, 8, 0xffffffff);
    picture.fill(2, 2, 7, 7, 0xff000000);
    picture.fill(3, 3, 6, 6, 0xffffffff);
    picture.fill(4, 7, 5, 8, 0xff000000);  // cuts the ring, so that it has to be gone around
    EXPECT_EQ(coveredPixels(regionOfColour(picture.view(), 3, 7, {0xffffffffU, 3})), 23);
}

TEST(ColourRegion, ABorderFoundInASmallCopyIsSharpenedAtFullSize) {
    PaintedPixels picture(400, 300, 0xff102030), half(100, 75, 0xff102030);
    picture.fill(83, 61, 242, 203, 0xffd0d0d0);
    half.fill(21, 15, 61, 51, 0xffd0d0d0);  // as a smaller copy would have it, up to a part of a pixel
    const auto coarse = regionOfColour(half.view(), 40, 30, {0xffd0d0d0U, 20});
    const auto fine = sharpenedRegion(coarse, 100, 75, picture.view(), {0xffd0d0d0U, 20});
    EXPECT_EQ(coveredPixels(fine), (242 - 83) * (203 - 61));
    const auto outline = outlineOfRegion(fine);
    ASSERT_EQ(outline.parts.size(), 1u);
    EXPECT_EQ(outline.parts[0].size(), 4u);
}

/// A bright disc on dark ground: from its left to its right the cheapest way goes along the rim, not through the middle.
TEST(LiveWire, FollowsAnEdge) {
    PaintedPixels picture(200, 200, 0xff303030);
    for (std::int64_t y = 0; y < 200; ++y)
        for (std::int64_t x = 0; x < 200; ++x)
            if (std::hypot(static_cast<double>(x) - 100, static_cast<double>(y) - 100) < 60) picture.fill(x, y, x + 1, y + 1, 0xffe0e0e0);
    LiveWire wire(picture.view(), {40, 100}, 150);
    const auto path = wire.pathTo({160, 100});
    ASSERT_GT(path.size(), 100u);
    EXPECT_EQ(path.front(), (PixelPlace{40, 100}));
    EXPECT_EQ(path.back(), (PixelPlace{160, 100}));
    for (std::size_t i = 5; i + 5 < path.size(); ++i)
        EXPECT_NEAR(std::hypot(static_cast<double>(path[i].x) - 100, static_cast<double>(path[i].y) - 100), 60, 2.5);
    for (std::size_t i = 1; i < path.size(); ++i) EXPECT_LE(std::max(std::abs(path[i].x - path[i - 1].x), std::abs(path[i].y - path[i - 1].y)), 1);
}

TEST(LiveWire, AskedAgainItGivesTheSameAndBeyondItsWindowTheNearestPlace) {
    PaintedPixels picture(120, 80, 0xff303030);
    picture.fill(0, 40, 120, 80, 0xffc0c0c0);
    LiveWire once(picture.view(), {20, 40}, 30), step(picture.view(), {20, 40}, 30);
    for (std::int64_t x = 21; x < 50; ++x) step.pathTo({x, 39});
    EXPECT_EQ(once.pathTo({48, 39}), step.pathTo({48, 39}));
    EXPECT_FALSE(once.reaches({100, 40}));
    EXPECT_EQ(once.pathTo({100, 40}).back(), (PixelPlace{50, 40}));
    EXPECT_EQ(once.pathTo({20, 40}), std::vector<PixelPlace>{once.start()});
}

}  // namespace
}  // namespace lamina
