#include "core/learning/label_doubts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/tensor/random.h"

namespace lamina {
namespace {

constexpr double noThreshold = std::numeric_limits<double>::quiet_NaN();
/// Of thresholds, so that rounding does not keep an item below its own class's.
constexpr double slack = 1e-6;

using DoubtRow = std::span<const float>;

std::vector<double> classThresholds(std::span<const float> probabilities, std::span<const std::int32_t> labels, std::size_t classes) {
    std::vector<double> sums(classes), thresholds(classes, noThreshold);
    std::vector<std::int64_t> counts(classes);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto label = static_cast<std::size_t>(labels[i]);
        sums[label] += static_cast<double>(probabilities[i * classes + label]);
        ++counts[label];
    }
    for (std::size_t c = 0; c < classes; ++c)
        if (counts[c] > 0) thresholds[c] = sums[c] / static_cast<double>(counts[c]);
    return thresholds;
}

/// The likeliest of the classes whose threshold is reached; -1: none is.
std::int32_t confidentClass(DoubtRow row, const std::vector<double>& thresholds) {
    std::int32_t best = -1;
    for (std::size_t c = 0; c < row.size(); ++c) {
        if (std::isnan(thresholds[c]) || static_cast<double>(row[c]) < thresholds[c] - slack) continue;
        if (best < 0 || row[c] > row[static_cast<std::size_t>(best)]) best = static_cast<std::int32_t>(c);
    }
    return best;
}

LabelDoubt doubtOf(DoubtRow row, std::int32_t label, std::int32_t confident) {
    std::int32_t other = label == 0 ? 1 : 0;
    for (std::size_t c = 0; c < row.size(); ++c)
        if (static_cast<std::int32_t>(c) != label && row[c] > row[static_cast<std::size_t>(other)]) other = static_cast<std::int32_t>(c);
    LabelDoubt doubt;
    doubt.selfConfidence = static_cast<double>(row[static_cast<std::size_t>(label)]);
    doubt.margin = (doubt.selfConfidence - static_cast<double>(row[static_cast<std::size_t>(other)]) + 1) / 2;
    doubt.doubted = confident >= 0 && confident != label;
    doubt.suggestion = doubt.doubted ? confident : other;
    return doubt;
}

std::vector<double> calibrate(const std::vector<std::int64_t>& joint, std::span<const std::int32_t> labels, std::size_t classes) {
    std::vector<double> calibrated(joint.size());
    std::vector<std::int64_t> counts(classes);
    for (const std::int32_t label : labels) ++counts[static_cast<std::size_t>(label)];
    for (std::size_t row = 0; row < classes; ++row) {
        const auto begin = joint.begin() + static_cast<std::ptrdiff_t>(row * classes);
        const auto sum = static_cast<double>(std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(classes), std::int64_t{0}));
        for (std::size_t column = 0; column < classes; ++column)
            calibrated[row * classes + column] = sum > 0 ? static_cast<double>(joint[row * classes + column]) / sum * static_cast<double>(counts[row])
                                                 : row == column ? static_cast<double>(counts[row])
                                                                 : 0.0;
    }
    return calibrated;
}

}  // namespace

double LabelDoubts::expectedErrors() const {
    double errors = 0;
    for (std::size_t i = 0; i < calibrated.size(); ++i)
        if (i / static_cast<std::size_t>(classes) != i % static_cast<std::size_t>(classes)) errors += calibrated[i];
    return errors;
}

LabelDoubts findLabelDoubts(std::span<const float> probabilities, std::span<const std::int32_t> labels, std::int64_t classes) {
    const auto width = static_cast<std::size_t>(classes);
    LabelDoubts doubts;
    doubts.classes = classes;
    doubts.joint.resize(width * width);
    if (classes < 2) return doubts;
    doubts.thresholds = classThresholds(probabilities, labels, width);
    doubts.items.reserve(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const DoubtRow row = probabilities.subspan(i * width, width);
        const std::int32_t confident = confidentClass(row, doubts.thresholds);
        if (confident >= 0) ++doubts.joint[static_cast<std::size_t>(labels[i]) * width + static_cast<std::size_t>(confident)];
        doubts.items.push_back(doubtOf(row, labels[i], confident));
    }
    doubts.calibrated = calibrate(doubts.joint, labels, width);
    return doubts;
}

std::vector<std::size_t> suspectOrder(const LabelDoubts& doubts) {
    std::vector<std::size_t> order(doubts.items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return doubts.items[a].selfConfidence < doubts.items[b].selfConfidence;
    });
    return order;
}

std::vector<std::int32_t> dealFolds(std::span<const std::int32_t> labels, std::int32_t folds, std::uint64_t seed) {
    std::map<std::int32_t, std::vector<std::size_t>> byClass;
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (labels[i] >= 0) byClass[labels[i]].push_back(i);
    std::vector<std::int32_t> dealt(labels.size(), -1);
    const RandomStream random(seed, streamOf("folds"));
    std::int32_t next = 0;  // goes on from class to class, so that small classes do not all fill the first folds
    for (auto& [label, items] : byClass) {
        std::sort(items.begin(), items.end(), [&](std::size_t a, std::size_t b) {
            const auto x = random.bits(a), y = random.bits(b);
            return x != y ? x < y : a < b;
        });
        for (const std::size_t item : items) {
            dealt[item] = next;
            next = (next + 1) % folds;
        }
    }
    return dealt;
}

}  // namespace lamina
