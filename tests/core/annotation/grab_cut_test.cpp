// Objects that are known because they were painted: found by a box, corrected by strokes.
#include "core/annotation/grab_cut.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <thread>

namespace lamina {
namespace {

/// Two cloudy colours with the noise of a camera; `object` says where the second one is.
class PaintedScene {
public:
    PaintedScene(std::int64_t width, std::int64_t height, const std::function<bool(double, double)>& object) : m_width(width), m_height(height) {
        std::uint32_t noise = 11;
        for (std::int64_t y = 0; y < height; ++y)
            for (std::int64_t x = 0; x < width; ++x) {
                const double u = static_cast<double>(x) / static_cast<double>(width), v = static_cast<double>(y) / static_cast<double>(height);
                const bool inside = object(u, v);
                const double cloud = 20 * std::sin(9 * u + 4 * v) + 12 * std::cos(7 * v - 3 * u);
                noise = noise * 1664525U + 1013904223U;
                const double grain = static_cast<double>(noise >> 27) - 16;
                const auto value = [&](double base) { return static_cast<std::uint32_t>(std::clamp(base + cloud + grain, 0.0, 255.0)); };
                m_pixels.push_back(inside ? value(190) << 16 | value(120) << 8 | value(60) : value(70) << 16 | value(110) << 8 | value(100));
                m_object.push_back(inside);
            }
    }
    PixelView view() const { return {m_pixels.data(), m_width, m_height, m_width}; }
    PixelRect part(double left, double top, double right, double bottom) const {
        const auto x = [&](double u) { return std::llround(u * static_cast<double>(m_width)); };
        const auto y = [&](double v) { return std::llround(v * static_cast<double>(m_height)); };
        return {x(left), y(top), x(right) - x(left), y(bottom) - y(top)};
    }
    ShapePoint at(double u, double v) const { return {u * static_cast<double>(m_width), v * static_cast<double>(m_height)}; }
    /// Intersection over union with what was painted where `counts` says so.
    double overlap(const PixelRegion& found, const std::function<bool(double, double)>& counts = {}) const {
        double both = 0, any = 0;
        for (std::int64_t y = 0; y < m_height; ++y)
            for (std::int64_t x = 0; x < m_width; ++x) {
                const double u = static_cast<double>(x) / static_cast<double>(m_width), v = static_cast<double>(y) / static_cast<double>(m_height);
                const bool object = m_object[static_cast<std::size_t>(y * m_width + x)] && (!counts || counts(u, v)), covered = found.contains(x, y);
                both += object && covered;
                any += object || covered;
            }
        return any > 0 ? both / any : 0;
    }

private:
    std::int64_t m_width, m_height;
    std::vector<std::uint32_t> m_pixels;
    std::vector<bool> m_object;
};

bool discAt(double u, double v, double x, double y, double radius) { return std::hypot(u - x, v - y) < radius; }
bool leafAt(double u, double v) { return discAt(u, v, 0.45, 0.5, 0.2) || (u > 0.5 && u < 0.75 && std::abs(v - 0.45) < 0.06); }

#define GRAB_CUT_OR_SKIP(name, expression)                                                                     \
    auto name##_result = expression;                                                                           \
    if (!name##_result && name##_result.error().code == "grab_cut.not_built") GTEST_SKIP() << "OpenCV is not here"; \
    ASSERT_TRUE(name##_result) << name##_result.error().debugText();                                           \
    const auto& name = *name##_result

TEST(GrabCut, FindsAPaintedObjectInItsBoxAlwaysTheSame) {
    const PaintedScene scene(240, 180, leafAt);
    GrabCutQuestion question;
    question.box = scene.part(0.2, 0.25, 0.8, 0.75);
    GRAB_CUT_OR_SKIP(found, objectInBox(scene.view(), question));
    EXPECT_GT(scene.overlap(found), 0.95);
    PixelRegion again;
    std::thread([&] { again = *objectInBox(scene.view(), question); }).join();
    EXPECT_EQ(again.covered, found.covered);
}

TEST(GrabCut, SharpensTheBorderOfALargeObject) {
    const PaintedScene scene(800, 600, leafAt);
    GrabCutQuestion question;
    question.box = scene.part(0.2, 0.25, 0.8, 0.75);
    question.edge = 200;  // a pixel of the copy is three of the picture
    GRAB_CUT_OR_SKIP(found, objectInBox(scene.view(), question));
    EXPECT_GT(scene.overlap(found), 0.97);
}

TEST(GrabCut, StrokesTakeAwayAndAdd) {
    const PaintedScene scene(240, 160, [](double u, double v) { return discAt(u, v, 0.3, 0.5, 0.13) || discAt(u, v, 0.7, 0.5, 0.13); });
    GrabCutQuestion question;
    question.box = scene.part(0.1, 0.2, 0.9, 0.8);
    GRAB_CUT_OR_SKIP(both, objectInBox(scene.view(), question));
    EXPECT_GT(scene.overlap(both), 0.9);
    question.strokes.push_back({{scene.at(0.6, 0.5), scene.at(0.8, 0.5)}, 14, false});
    const auto one = objectInBox(scene.view(), question);
    ASSERT_TRUE(one);
    EXPECT_LT(scene.overlap(*one), scene.overlap(both) - 0.2);
    EXPECT_FALSE(one->contains(168, 80)) << "under the stroke";
    EXPECT_TRUE(one->contains(72, 80));
    question.strokes = {{{scene.at(0.95, 0.9)}, 5, true}};  // beyond the box
    const auto more = objectInBox(scene.view(), question);
    ASSERT_TRUE(more);
    EXPECT_TRUE(more->contains(228, 144));
}

TEST(GrabCut, BoxesWithoutAnythingInThemGiveNothingAndNoError) {
    const PaintedScene scene(60, 40, leafAt);
    const std::vector<std::uint32_t> plain(60 * 40, 0xff808080U);
    GrabCutQuestion question;
    for (const PixelRect& box : {PixelRect{10, 10, 0, 5}, PixelRect{10, 10, 5, 0}, PixelRect{70, 10, 5, 5}, PixelRect{-20, -20, 10, 10}, PixelRect{20, 20, 1, 1}}) {
        question.box = box;
        GRAB_CUT_OR_SKIP(found, objectInBox(scene.view(), question));
        EXPECT_LE(std::count(found.covered.begin(), found.covered.end(), 1), 1);
    }
    question.box = {10, 10, 20, 20};
    GRAB_CUT_OR_SKIP(nothing, objectInBox({plain.data(), 60, 40, 60}, question));
    EXPECT_EQ(std::count(nothing.covered.begin(), nothing.covered.end(), 1), 0) << "one colour";
    question.box = {0, 0, 60, 40};
    EXPECT_TRUE(objectInBox(scene.view(), question)) << "nothing around it";
    question.strokes = {{{{30, 20}}, 500, true}};
    EXPECT_TRUE(objectInBox(scene.view(), question)) << "nothing but object";
    const std::uint32_t pixel = 0;
    question.box = {0, 0, 1, 1};
    EXPECT_TRUE(objectInBox({&pixel, 1, 1, 1}, question));
}

TEST(GrabCut, GivesUpWhenItIsCancelledAndSaysWhatIsMissing) {
    const PaintedScene scene(120, 90, leafAt);
    GrabCutQuestion question;
    question.box = scene.part(0.2, 0.25, 0.8, 0.75);
    CancelToken cancel;
    cancel.cancel();
    const auto cancelled = objectInBox(scene.view(), question, cancel);
    ASSERT_FALSE(cancelled);
    if (cancelled.error().code == "grab_cut.not_built") GTEST_SKIP() << "OpenCV is not here";
    EXPECT_EQ(cancelled.error().code, "job.cancelled");
    question.module = "/nowhere/liblamina-grabcut.so";
    EXPECT_EQ(objectInBox(scene.view(), question).error().code, "grab_cut.not_loaded");
}

}  // namespace
}  // namespace lamina
