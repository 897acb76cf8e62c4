#include <gtest/gtest.h>

#include <cmath>

#include "core/metrics/metric_type.h"

namespace lamina {
namespace {

/// actual  0 0 0 0 1 1 1 2 2 2, predicted 0 0 1 2 1 1 0 2 2 0; figures from scikit-learn 1.2.1.
ConfusionMatrix sample() {
    ConfusionMatrix m(3);
    const int actual[] = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2}, predicted[] = {0, 0, 1, 2, 1, 1, 0, 2, 2, 0};
    for (int i = 0; i < 10; ++i) m.add(actual[i], predicted[i]);
    return m;
}

double score(const char* id) { return findMetric(id)->ofClasses(sample()); }

TEST(Metrics, ClassScoresAreThoseOfScikitLearn) {
    EXPECT_DOUBLE_EQ(score("accuracy"), 0.6);
    EXPECT_NEAR(score("precision"), 0.611111111111111, 1e-12);
    EXPECT_NEAR(score("recall"), 0.611111111111111, 1e-12);
    EXPECT_NEAR(score("f1"), 0.611111111111111, 1e-12);
    EXPECT_DOUBLE_EQ(sample().precision(0), 0.5);
    EXPECT_DOUBLE_EQ(sample().recall(0), 0.5);
}

TEST(Metrics, AClassThatIsNeverPredictedScoresZero) {
    ConfusionMatrix m(2);
    m.add(1, 0);
    EXPECT_EQ(m.precision(1), 0);
    EXPECT_EQ(m.recall(1), 0);
    EXPECT_EQ(m.f1(1), 0);
    EXPECT_EQ(findMetric("accuracy")->ofClasses(ConfusionMatrix(0)), 0);
}

TEST(Metrics, NumberScoresFollowTheirFormulas) {
    RegressionSums sums;
    const double target[] = {3, -0.5, 2, 7}, predicted[] = {2.5, 0.0, 2, 8};  // the example of scikit-learn's r2_score
    for (int i = 0; i < 4; ++i) sums.add(predicted[i], target[i]);
    EXPECT_DOUBLE_EQ(findMetric("mae")->ofNumbers(sums), 0.5);
    EXPECT_NEAR(findMetric("rmse")->ofNumbers(sums), 0.6123724356957945, 1e-12);
    EXPECT_NEAR(findMetric("r2")->ofNumbers(sums), 0.9486081370449679, 1e-12);
}

TEST(Metrics, EveryMetricIsOfClassesOrOfNumbersOrOfScores) {
    for (const auto* metric : metricCatalogue())
        EXPECT_EQ((metric->ofClasses != nullptr) + (metric->ofNumbers != nullptr) + (metric->ofScores != nullptr), 1) << metric->id;
}

TEST(Metrics, NothingToCountIsZeroOrUndefinedButNeverACrash) {
    for (const auto* metric : metricCatalogue()) {
        const double value = metric->ofClasses ? metric->ofClasses(ConfusionMatrix(3))
                             : metric->ofNumbers ? metric->ofNumbers(RegressionSums())
                                                 : metric->ofScores(ScoreSums(3).summary());
        EXPECT_TRUE(value == 0 || (metric->ofScores && std::isnan(value))) << metric->id;
    }
}

TEST(Metrics, OneAnswerForEverythingIsWorthNoMoreThanChance) {
    ConfusionMatrix m(2);
    for (int i = 0; i < 90; ++i) m.add(0, 0);
    for (int i = 0; i < 10; ++i) m.add(1, 0);
    EXPECT_DOUBLE_EQ(findMetric("accuracy")->ofClasses(m), 0.9);
    EXPECT_DOUBLE_EQ(findMetric("balanced_accuracy")->ofClasses(m), 0.5);
    EXPECT_DOUBLE_EQ(findMetric("matthews")->ofClasses(m), 0);
    EXPECT_DOUBLE_EQ(findMetric("cohen_kappa")->ofClasses(m), 0);
}

TEST(Metrics, TargetsOfZeroHaveNoPercentage) {
    RegressionSums sums;
    sums.add(3, 0);
    sums.add(11, 10);
    EXPECT_NEAR(findMetric("mape")->ofNumbers(sums), 10, 1e-12);
}

}  // namespace
}  // namespace lamina
