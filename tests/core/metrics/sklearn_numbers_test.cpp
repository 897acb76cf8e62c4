// Metrics against those of scikit-learn (sklearn_numbers.py made the list).
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "core/metrics/metric_type.h"

namespace lamina {
namespace {

struct SklearnCase {
    std::int64_t classes = 0;
    ConfusionMatrix confusion;
    RegressionSums numbers;
    ScoreSums scores;
    std::map<std::string, double> expected;
    std::map<std::pair<std::int64_t, std::string>, double> expectedOfClass;
};

void addItem(SklearnCase& c, std::istream& words) {
    if (c.classes == 0) {
        double target = 0, predicted = 0;
        words >> target >> predicted;
        return c.numbers.add(predicted, target);
    }
    std::int64_t actual = 0;
    std::vector<float> scores(static_cast<std::size_t>(c.classes));
    words >> actual;
    for (float& score : scores) words >> score;
    c.confusion.add(actual, std::max_element(scores.begin(), scores.end()) - scores.begin());
    c.scores.add(scores, actual);
}

std::map<std::string, SklearnCase> readCases() {
    std::map<std::string, SklearnCase> cases;
    SklearnCase* now = nullptr;
    std::ifstream file(LAMINA_SOURCE_DIR "/tests/core/metrics/sklearn_numbers.txt");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string kind, name;
        words >> kind;
        if (kind == "item") {
            addItem(*now, words);
        } else if (kind == "case") {
            words >> name;
            now = &cases[name];
            words >> now->classes;
            now->confusion = ConfusionMatrix(now->classes);
            now->scores = ScoreSums(now->classes);
        } else if (kind == "score") {
            words >> name >> now->expected[name];
        } else if (kind == "class") {
            std::int64_t c = 0;
            words >> c >> name >> now->expectedOfClass[{c, name}];
        }
    }
    return cases;
}

double scoreOf(const SklearnCase& c, const std::string& id) {
    const MetricType* metric = findMetric(id);
    if (metric->ofNumbers) return metric->ofNumbers(c.numbers);
    return metric->ofClasses ? metric->ofClasses(c.confusion) : metric->ofScores(c.scores.summary());
}

double scoreOfClass(const SklearnCase& c, std::int64_t place, const std::string& id) {
    if (id == "precision") return c.confusion.precision(place);
    if (id == "recall") return c.confusion.recall(place);
    if (id == "f1") return c.confusion.f1(place);
    if (id == "specificity") return c.confusion.specificity(place);
    if (id == "iou") return c.confusion.overlap(place);
    return id == "roc_auc" ? c.scores.curve(place).rocArea() : c.scores.curve(place).averagePrecision();
}

TEST(SklearnNumbers, EveryMetricIsThatOfScikitLearn) {
    const auto cases = readCases();
    ASSERT_EQ(cases.size(), 3u);
    std::map<std::string, int> asked;
    for (const auto& [name, c] : cases)
        for (const auto& [metric, value] : c.expected) {
            // The least score that counts: 2⁻²³ here and there, 1 - 2⁻²³ as the greatest there alone.
            EXPECT_NEAR(scoreOf(c, metric), value, metric == "log_loss" ? 1e-6 : 1e-12) << name << " " << metric;
            ++asked[metric];
        }
    for (const auto* metric : metricCatalogue()) EXPECT_GT(asked[metric->id], 0) << metric->id << " is compared with nothing";
}

TEST(SklearnNumbers, EveryClassHasTheScoresOfScikitLearn) {
    for (const auto& [name, c] : readCases())
        for (const auto& [key, value] : c.expectedOfClass)
            EXPECT_NEAR(scoreOfClass(c, key.first, key.second), value, 1e-12) << name << " class " << key.first << " " << key.second;
}

}  // namespace
}  // namespace lamina
