// Means over classes, as most metrics of several classes take them.
#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "core/metrics/confusion_matrix.h"

namespace lamina {

/// Every class counts alike; 0 without classes.
inline double meanOverClasses(const ConfusionMatrix& m, double (ConfusionMatrix::*score)(std::int64_t) const) {
    double sum = 0;
    for (std::int64_t c = 0; c < m.classes; ++c) sum += (m.*score)(c);
    return m.classes == 0 ? 0.0 : sum / static_cast<double>(m.classes);
}

/// Of those that are numbers; NaN where none is.
inline double meanOfDefined(const std::vector<double>& values) {
    double sum = 0;
    int count = 0;
    for (const double value : values)
        if (!std::isnan(value)) sum += value, ++count;
    return count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / count;
}

}  // namespace lamina
