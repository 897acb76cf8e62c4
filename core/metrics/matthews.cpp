#include <cmath>

#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& matthews_metric() {
    static const MetricType type{
        .id = "matthews",
        .title = "Matthews correlation",
        .summary = "How far answers and truth go together, fair even where one class is rare: 1 is perfect, 0 is no better than guessing.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) {
            // In doubles: the products of counts pass 2⁶³ soon.
            double right = 0, both = 0, actual = 0, predicted = 0;
            for (std::int64_t c = 0; c < m.classes; ++c) {
                const auto a = static_cast<double>(m.actual(c)), p = static_cast<double>(m.predicted(c));
                right += static_cast<double>(m.at(c, c));
                both += a * p;
                actual += a * a;
                predicted += p * p;
            }
            const auto total = static_cast<double>(m.total());
            const double spread = std::sqrt((total * total - actual) * (total * total - predicted));
            return spread == 0 ? 0.0 : (right * total - both) / spread;
        },
    };
    return type;
}

}  // namespace lamina
