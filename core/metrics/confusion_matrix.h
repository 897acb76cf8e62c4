// Counts of (actual class, predicted class): what every classification metric is computed from.
#pragma once

#include <cstdint>
#include <vector>

namespace lamina {

struct ConfusionMatrix {
    std::int64_t classes = 0;
    std::vector<std::int64_t> counts;  ///< [actual · classes + predicted]

    ConfusionMatrix() = default;
    explicit ConfusionMatrix(std::int64_t classes) : classes(classes), counts(static_cast<std::size_t>(classes * classes), 0) {}
    void add(std::int64_t actual, std::int64_t predicted) { ++counts[static_cast<std::size_t>(actual * classes + predicted)]; }
    std::int64_t at(std::int64_t actual, std::int64_t predicted) const { return counts[static_cast<std::size_t>(actual * classes + predicted)]; }
    std::int64_t total() const;
    std::int64_t actual(std::int64_t c) const;     ///< items of class c (row sum)
    std::int64_t predicted(std::int64_t c) const;  ///< items called c (column sum)

    /// Per class; 0 where the divisor is 0 (scikit-learn's zero_division=0).
    double precision(std::int64_t c) const;
    double recall(std::int64_t c) const;
    double f1(std::int64_t c) const;
    double specificity(std::int64_t c) const;  ///< of the items of other classes, the share that is not called c
    double overlap(std::int64_t c) const;      ///< intersection over union of the items that are c and those called c
    bool operator==(const ConfusionMatrix&) const = default;
};

/// Sums over predicted numbers y and true numbers t, from which MAE, RMSE, MAPE and R² follow.
struct RegressionSums {
    std::int64_t count = 0;
    double absolute = 0;   ///< Σ |y - t|
    double squared = 0;    ///< Σ (y - t)²
    double mean = 0;       ///< running mean of t (Welford 1962)
    double spread = 0;     ///< Σ (t - mean)²
    double relative = 0;   ///< Σ |y - t| / |t| over the targets that are not 0
    std::int64_t relativeCount = 0;  ///< targets that are not 0

    void add(double predicted, double target);
    bool operator==(const RegressionSums&) const = default;
};

}  // namespace lamina
