#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "widgets/charts/axis_ticks.h"
#include "widgets/charts/curve.h"

namespace lamina {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

Curve curveOf(const std::vector<double>& values) {
    Curve curve;
    double step = 0;
    for (const double value : values) {
        curve.data.append({step, step / 10, step * 2, value});
        ++step;
    }
    return curve;
}

std::vector<QPolygonF> linesOf(const Curve& curve, const CurveMap& map) {
    return curveLines(curve.data, curve.line(), CurveAxis::Step, map, visiblePoints(curve, CurveAxis::Step, map));
}

CurvesOptions plain() { return {.smoothing = 0, .axis = CurveAxis::Step, .logarithmic = false, .ignoreOutliers = false}; }

TEST(MinMaxPyramid, RangesAreThoseOfTheNumbersThemselves) {
    std::mt19937 random(7);
    MinMaxPyramid pyramid;
    std::vector<float> numbers;
    for (int i = 0; i < 1000; ++i) {
        numbers.push_back(i % 17 == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(random() % 10000));
        pyramid.append(numbers.back());
    }
    for (int round = 0; round < 500; ++round) {
        const std::size_t a = random() % 1001, b = random() % 1001, first = std::min(a, b), last = std::max(a, b);
        MinMax expected;
        for (std::size_t i = first; i < last; ++i)
            if (std::isfinite(numbers[i])) expected.add({numbers[i], numbers[i]});
        EXPECT_EQ(pyramid.range(first, last), expected) << first << " … " << last;
    }
}

TEST(MinMaxPyramid, AStretchWithoutNumbersIsEmpty) {
    MinMaxPyramid pyramid;
    for (int i = 0; i < 64; ++i) pyramid.append(std::numeric_limits<float>::infinity());
    EXPECT_TRUE(pyramid.range(0, 64).empty());
    EXPECT_TRUE(pyramid.range(3, 3).empty());
}

TEST(DebiasedMean, FollowsItsFormula) {
    DebiasedMean mean(0.5);
    EXPECT_DOUBLE_EQ(mean.next(4), 4);
    EXPECT_DOUBLE_EQ(mean.next(1), (0.5 * (0.5 * 4) + 0.5 * 1) / 0.75);
}

TEST(DebiasedMean, LeavesAConstantSeriesUntouched) {
    DebiasedMean mean(0.999);
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(mean.next(0.1), 0.1);
}

TEST(DebiasedMean, NumbersThatAreNoneLeaveNoTrace) {
    DebiasedMean with(0.6), without(0.6);
    with.next(1);
    without.next(1);
    EXPECT_TRUE(std::isnan(with.next(nan)));
    EXPECT_EQ(with.next(infinity), infinity);
    EXPECT_EQ(with.next(3), without.next(3));
}

TEST(SeriesData, FindsTheNearestPointOnEveryAxis) {
    const Curve curve = curveOf({5, 6, 7, 8});
    EXPECT_EQ(curve.data.nearest(CurveAxis::Step, 1.4), 1u);
    EXPECT_EQ(curve.data.nearest(CurveAxis::Step, 99), 3u);
    EXPECT_EQ(curve.data.nearest(CurveAxis::Epoch, 0.21), 2u);
    EXPECT_EQ(curve.data.nearest(CurveAxis::Time, -5), 0u);
}

TEST(SeriesData, WalkingAlongFindsTheSameAsLookingEverywhere) {
    SeriesData data;
    for (int i = 0; i < 400; ++i) data.append({std::floor(i * i / 50.0), 0, 0, 0});
    for (std::size_t from : {0u, 3u, 200u, 399u})
        for (std::size_t stride : {0u, 1u, 50u, 1000u})
            for (double x = -5; x < 3300; x += 7.5)
                EXPECT_EQ(data.lowerBoundNear(CurveAxis::Step, x, from, stride), data.lowerBound(CurveAxis::Step, x, from))
                    << from << " " << stride << " " << x;
}

TEST(SeriesData, AStepThatRunsBackwardsIsHeldAtTheLargest) {
    SeriesData data;
    data.append({10, 1, 5, 1});
    data.append({4, 0.5, 2, 2});
    EXPECT_EQ(data.at(1).step, 10);
    EXPECT_EQ(data.at(1).seconds, 5);
}

TEST(SeriesData, DroppingFromAStepLetsAResumedRunWriteItAgain) {
    Curve curve = curveOf({1, 2, 3, 4});
    curve.prepare(plain());
    curve.data.dropFrom(2);
    curve.data.append({2, 0.2, 4, 30});
    curve.prepare(plain());
    ASSERT_EQ(curve.raw().size(), 3u);
    EXPECT_EQ(curve.raw().at(2), 30.0F);
}

TEST(Curve, PreparesOnlyWhatIsNewAndTheSameAsAtOnce) {
    std::vector<double> values;
    for (int i = 0; i < 100; ++i) values.push_back(std::sin(i));
    CurvesOptions options = plain();
    options.smoothing = 0.9;
    Curve whole = curveOf(values), grown = curveOf({});
    whole.prepare(options);
    for (std::size_t i = 0; i < values.size(); ++i) {
        grown.data.append(whole.data.at(i));
        grown.prepare(options);
    }
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(whole.line().at(i), grown.line().at(i));
}

TEST(Curve, FewPointsAreNotSmoothed) {
    CurvesOptions options = plain();
    options.smoothing = 0.9;
    Curve curve = curveOf({1, 2, 3, 4, 5});
    curve.prepare(options);
    EXPECT_FALSE(curve.isSmoothed());
    EXPECT_EQ(curve.smoothed(4), 5);
    for (int i = 5; i < 30; ++i) curve.data.append({double(i), 0, 0, 5});
    curve.prepare(options);
    EXPECT_TRUE(curve.isSmoothed());
    EXPECT_LT(curve.smoothed(4), 4);
}

TEST(Curve, OnALogAxisNumbersUpToZeroAreGaps) {
    Curve curve = curveOf({100, 0, -3, 10});
    CurvesOptions options = plain();
    options.logarithmic = true;
    curve.prepare(options);
    EXPECT_EQ(curve.raw().at(0), 2.0F);
    EXPECT_TRUE(std::isnan(curve.raw().at(1)));
    EXPECT_TRUE(std::isnan(curve.raw().at(2)));
    const auto range = yRangeOf({&curve}, options, {0, 3});
    ASSERT_TRUE(range);
    EXPECT_LT(range->low, 1);
    EXPECT_GT(range->high, 2);
    EXPECT_NEAR(curve.smoothed(0), 100, 1e-4);
}

TEST(CurveLines, GiveAtMostTwoPointsPerColumnAndKeepEverySpike) {
    std::vector<double> values(200000, 1.0);
    values[123456] = 50;
    values[77777] = -20;
    Curve curve = curveOf(values);
    curve.prepare(plain());
    const CurveMap map{QRectF(0, 0, 400, 100), 0, 199999, -20, 50};
    const auto lines = linesOf(curve, map);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_LE(lines[0].size(), 2 * 401);
    double top = 1000, bottom = -1000;
    for (const QPointF& point : lines[0]) {
        top = std::min(top, point.y());
        bottom = std::max(bottom, point.y());
    }
    EXPECT_NEAR(top, 0, 1e-6);
    EXPECT_NEAR(bottom, 100, 1e-6);
}

TEST(CurveLines, AreBrokenWhereNumbersAreMissing) {
    Curve curve = curveOf({1, 2, nan, 3, infinity, 4});
    curve.prepare(plain());
    const auto lines = linesOf(curve, {QRectF(0, 0, 100, 100), 0, 5, 0, 5});
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0].size(), 2);
}

TEST(CurveLines, HugeNumbersStayNearThePicture) {
    Curve curve = curveOf({1, 1e300, 1, -1e308});
    curve.prepare(plain());
    for (const QPolygonF& line : linesOf(curve, {QRectF(0, 0, 100, 100), 0, 3, 0, 2}))
        for (const QPointF& point : line) EXPECT_LT(std::abs(point.y()), 1e5);
}

TEST(ClippedLines, StayWithinTheAreaAndBreakWhereTheyLeaveIt) {
    const QRectF area(0, 0, 100, 100);
    const QPolygonF wave({{-50, 50}, {50, 50}, {60, -40}, {70, 50}, {20000, 50}});
    const auto lines = clippedLines({wave, QPolygonF({{5, 5}}), QPolygonF({{500, 5}})}, area);
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0].first(), QPointF(0, 50));
    EXPECT_EQ(lines[0][1], QPointF(50, 50));
    EXPECT_NEAR(lines[0].last().y(), 0, 1e-9);
    EXPECT_NEAR(lines[1].first().y(), 0, 1e-9);
    EXPECT_NEAR(lines[1].last().x(), 100, 1e-9);
    EXPECT_EQ(lines[2].size(), 1);
}

TEST(YRange, LeavesOutliersOutWhereTheyWouldSqueezeTheRest) {
    std::vector<double> values;
    for (int i = 0; i < 200; ++i) values.push_back(1 + 0.1 * std::sin(i));
    values[50] = 1e6;
    Curve curve = curveOf(values);
    CurvesOptions options = plain();
    curve.prepare(options);
    EXPECT_GT(yRangeOf({&curve}, options, {0, 199})->high, 9e5);
    options.ignoreOutliers = true;
    EXPECT_LT(yRangeOf({&curve}, options, {0, 199})->high, 1.3);
}

TEST(YRange, IsThatOfWhatIsSeenAndNeverFlat) {
    Curve curve = curveOf({1, 1, 1, 100});
    curve.prepare(plain());
    const auto range = yRangeOf({&curve}, plain(), {0, 2});
    ASSERT_TRUE(range);
    EXPECT_LT(range->high, 2);
    EXPECT_GT(range->width(), 0);
    EXPECT_FALSE(yRangeOf({&curve}, plain(), {10, 20}));
}

QStringList labels(const std::vector<AxisTick>& ticks) {
    QStringList all;
    for (const AxisTick& tick : ticks) all.append(tick.label);
    return all;
}

TEST(AxisTicks, AreRoundNumbers) {
    EXPECT_EQ(labels(linearTicks(0, 1, 5)), QStringList({"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}));
    EXPECT_EQ(labels(linearTicks(-0.013, 0.011, 4)), QStringList({"-0.01", "0.00", "0.01"}));
    EXPECT_EQ(labels(linearTicks(0, 45000, 5)), QStringList({"0", "10k", "20k", "30k", "40k"}));
    EXPECT_EQ(labels(linearTicks(0, 4.5e6, 5)), QStringList({"0", "1M", "2M", "3M", "4M"}));
}

TEST(AxisTicks, AreOfUseOnALogAxisOfAnyWidth) {
    EXPECT_EQ(labels(logarithmicTicks(-2, 1, 4)), QStringList({"0.01", "0.1", "1", "10"}));
    EXPECT_EQ(labels(logarithmicTicks(0, 1, 5)), QStringList({"1", "2", "5", "10"}));
    EXPECT_GE(logarithmicTicks(std::log10(0.31), std::log10(0.35), 5).size(), 3u);
    EXPECT_LE(logarithmicTicks(-300, 300, 5).size(), 7u);
}

TEST(AxisTicks, ForTimesAreRoundTimes) {
    EXPECT_EQ(labels(timeTicks(0, 50, 5)), QStringList({"0 s", "10 s", "20 s", "30 s", "40 s", "50 s"}));
    EXPECT_EQ(labels(timeTicks(0, 260, 5)), QStringList({"0 s", "1:00", "2:00", "3:00", "4:00"}));
    EXPECT_EQ(labels(timeTicks(0, 4 * 3600, 4)), QStringList({"0 h", "1 h", "2 h", "3 h", "4 h"}));
}

TEST(AxisTicks, LabelsAreUniqueAndFewWhateverTheRange) {
    for (const double size : {1e-300, 1e-12, 1e-6, 1.0, 1e5, 1e12, 1e30})
        for (const double from : {-1.0, 0.0, 0.3, 1.0})
            for (const auto& ticks : {linearTicks(from * size, (from + 1.7) * size, 6), timeTicks(from * size, (from + 1.7) * size, 6)}) {
                EXPECT_LE(ticks.size(), 12u);
                QStringList all = labels(ticks);
                EXPECT_EQ(all.removeDuplicates(), 0) << size << " " << from << all.join(" ").toStdString();
            }
    EXPECT_TRUE(linearTicks(1, 1, 5).empty());
    EXPECT_TRUE(linearTicks(0, infinity, 5).empty());
}

TEST(CurveNumbers, AreShort) {
    EXPECT_EQ(curveNumber(0.89341), "0.8934");
    EXPECT_EQ(curveNumber(12), "12");
    EXPECT_EQ(curveNumber(1e30), "1.000e+30");
    EXPECT_EQ(curveNumber(nan), "–");
    EXPECT_EQ(curveTime(3723), "1:02:03");
    EXPECT_EQ(curveTime(125), "2:05");
}

}  // namespace
}  // namespace lamina
