#include "core/metrics/score_sums.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lamina {
namespace {

/// Item i of class i % 2; class 1 tends to get more.
std::vector<float> scoresOf(std::int64_t i) {
    const float own = static_cast<float>((i * 7919 + i % 2 * 300) % 997) / 997.0f;
    return {1 - own, own};
}

ScoreSums sumsOf(std::int64_t items, std::int64_t most = 1 << 24) {
    ScoreSums sums(2, most);
    for (std::int64_t i = 0; i < items; ++i) sums.add(scoresOf(i), i % 2);
    return sums;
}

TEST(ScoreSums, APerfectRankingHasTheAreaOneAndATieOfAllAHalf) {
    ScoreSums perfect(2), tied(2);
    for (int i = 0; i < 10; ++i) {
        perfect.add(std::vector<float>{i < 5 ? 0.9f : 0.2f, i < 5 ? 0.1f : 0.8f}, i < 5 ? 0 : 1);
        tied.add(std::vector<float>{0.5f, 0.5f}, i % 2);
    }
    EXPECT_DOUBLE_EQ(perfect.summary().rocAreas[0], 1);
    EXPECT_DOUBLE_EQ(perfect.summary().averagePrecisions[1], 1);
    EXPECT_DOUBLE_EQ(tied.summary().rocAreas[0], 0.5);
    EXPECT_DOUBLE_EQ(tied.summary().averagePrecisions[0], 0.5);
}

TEST(ScoreSums, AClassWithoutItemsHasNoAreaAndTheOthersKeepTheirs) {
    ScoreSums sums(3);
    sums.add(std::vector<float>{0.6f, 0.3f, 0.1f}, 0);
    sums.add(std::vector<float>{0.2f, 0.7f, 0.1f}, 1);
    const auto summary = sums.summary();
    EXPECT_TRUE(std::isnan(summary.rocAreas[2]));
    EXPECT_TRUE(std::isnan(summary.averagePrecisions[2]));
    EXPECT_DOUBLE_EQ(summary.rocAreas[0], 1);
}

TEST(ScoreSums, OfEqualScoresTheFirstClassComesFirstAsInThePrediction) {
    ScoreSums sums(3);
    sums.add(std::vector<float>{0.4f, 0.4f, 0.2f}, 1);
    const auto summary = sums.summary();
    EXPECT_EQ(summary.placed, (std::vector<std::int64_t>{0, 1, 1}));
}

TEST(ScoreSums, AScoreThatIsNoNumberComesLastAndCostsMost) {
    ScoreSums sums(2);
    sums.add(std::vector<float>{std::nanf(""), 0.1f}, 0);
    EXPECT_EQ(sums.summary().placed, (std::vector<std::int64_t>{0, 1}));
    EXPECT_NEAR(sums.summary().logLoss, 23 * std::log(2.0), 1e-9);
}

TEST(ScoreSums, MoreThanItMayKeepStaysWithinItsMemoryAndNearTheExactArea) {
    const auto exact = sumsOf(20000), few = sumsOf(20000, 4000);
    EXPECT_EQ(exact.kept(), 20000);
    EXPECT_LE(few.kept(), 2000);
    EXPECT_GT(few.kept(), 900);
    EXPECT_NEAR(few.summary().rocAreas[1], exact.summary().rocAreas[1], 0.02);
    EXPECT_DOUBLE_EQ(few.summary().logLoss, exact.summary().logLoss);
    EXPECT_EQ(few.summary().placed, exact.summary().placed);
}

TEST(ScoreSums, ThinnedCurvesKeepTheirEndsAndStayBelowTheLimit) {
    const auto curve = sumsOf(20000).curve(1);
    const auto shown = thinned(curve, 50);
    EXPECT_LE(shown.size(), 50u);
    EXPECT_GT(shown.size(), 20u);
    EXPECT_EQ(shown.front(), curve.points.front());
    EXPECT_EQ(shown.back(), (ThresholdCurve::Point{curve.positives, curve.negatives}));
    double area = 0;
    ThresholdCurve::Point before;
    for (const auto& p : shown) {
        area += 0.5 * static_cast<double>(p.hits + before.hits) * static_cast<double>(p.falseAlarms - before.falseAlarms);
        before = p;
    }
    EXPECT_NEAR(area / static_cast<double>(curve.positives) / static_cast<double>(curve.negatives), curve.rocArea(), 0.01);
}

}  // namespace
}  // namespace lamina
