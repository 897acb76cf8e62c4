#include "core/learning/label_doubts.h"

#include <gtest/gtest.h>

#include <fstream>
#include <numeric>

namespace lamina {
namespace {

/// What numpy found: label_doubts_numbers.py.
struct DoubtNumbers {
    std::size_t items = 0, classes = 0;
    std::vector<std::int32_t> labels;
    std::vector<float> probabilities;
    std::vector<double> own, margins, thresholds, calibrated;
    std::vector<int> doubted;
    std::vector<std::int64_t> joint;
    std::vector<std::size_t> order;
};

template <class T>
void take(std::istream& in, std::vector<T>& list, std::size_t count) {
    for (T value; list.size() < count && in >> value;) list.push_back(value);
}

DoubtNumbers doubtNumbers() {
    std::ifstream in(LAMINA_SOURCE_DIR "/tests/core/learning/label_doubts_numbers.txt");
    DoubtNumbers numbers;
    in >> numbers.items >> numbers.classes;
    for (std::size_t i = 0; i < numbers.items; ++i) {
        take(in, numbers.labels, i + 1);
        take(in, numbers.probabilities, (i + 1) * numbers.classes);
        take(in, numbers.own, i + 1);
        take(in, numbers.margins, i + 1);
        take(in, numbers.doubted, i + 1);
    }
    take(in, numbers.thresholds, numbers.classes);
    take(in, numbers.joint, numbers.classes * numbers.classes);
    take(in, numbers.calibrated, numbers.classes * numbers.classes);
    take(in, numbers.order, numbers.items);
    return numbers;
}

TEST(LabelDoubts, AreWhatNumpyMakesOfTheSameFormulas) {
    const auto numbers = doubtNumbers();
    ASSERT_EQ(numbers.order.size(), 60u);
    const auto doubts = findLabelDoubts(numbers.probabilities, numbers.labels, static_cast<std::int64_t>(numbers.classes));
    ASSERT_EQ(doubts.items.size(), numbers.items);
    for (std::size_t i = 0; i < numbers.items; ++i) {
        EXPECT_NEAR(doubts.items[i].selfConfidence, numbers.own[i], 1e-7);
        EXPECT_NEAR(doubts.items[i].margin, numbers.margins[i], 1e-7);
        EXPECT_EQ(doubts.items[i].doubted, numbers.doubted[i] != 0) << i;
        EXPECT_NE(doubts.items[i].suggestion, numbers.labels[i]);
    }
    for (std::size_t c = 0; c < numbers.classes; ++c) EXPECT_NEAR(doubts.thresholds[c], numbers.thresholds[c], 1e-7);
    EXPECT_EQ(doubts.joint, numbers.joint);
    for (std::size_t i = 0; i < numbers.calibrated.size(); ++i) EXPECT_NEAR(doubts.calibrated[i], numbers.calibrated[i], 1e-6);
    EXPECT_EQ(suspectOrder(doubts), numbers.order);
}

TEST(LabelDoubts, AreNoneWhereTheModelAgreesWithEveryLabel) {
    const std::vector<float> probabilities{0.9F, 0.1F, 0.2F, 0.8F, 0.7F, 0.3F};
    const auto doubts = findLabelDoubts(probabilities, std::vector<std::int32_t>{0, 1, 0}, 2);
    EXPECT_DOUBLE_EQ(doubts.expectedErrors(), 0);
    for (const auto& item : doubts.items) EXPECT_FALSE(item.doubted);
}

TEST(LabelDoubts, AClassThatNoItemHasIsNeverConfidentlySaid) {
    const std::vector<float> probabilities{0.2F, 0.1F, 0.7F, 0.1F, 0.8F, 0.1F};
    const auto doubts = findLabelDoubts(probabilities, std::vector<std::int32_t>{0, 1}, 3);
    EXPECT_FALSE(doubts.items[0].doubted);
    EXPECT_EQ(doubts.items[0].suggestion, 2) << "still the likeliest other class";
}

TEST(Folds, DealEveryClassEvenlyAndDependOnTheSeedAlone) {
    std::vector<std::int32_t> labels;
    for (int i = 0; i < 103; ++i) labels.push_back(i % 7 == 0 ? -1 : i % 3);
    const auto folds = dealFolds(labels, 5, 11);
    EXPECT_EQ(folds, dealFolds(labels, 5, 11));
    EXPECT_NE(folds, dealFolds(labels, 5, 12));
    for (std::int32_t label = 0; label < 3; ++label) {
        std::vector<int> counts(5);
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (labels[i] == label) ++counts[static_cast<std::size_t>(folds[i])];
        EXPECT_LE(*std::max_element(counts.begin(), counts.end()) - *std::min_element(counts.begin(), counts.end()), 1);
    }
    EXPECT_EQ(folds[0], -1) << "no label, no fold";
}

}  // namespace
}  // namespace lamina
