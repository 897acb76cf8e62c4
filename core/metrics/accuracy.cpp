#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& accuracy_metric() {
    static const MetricType type{
        .id = "accuracy",
        .title = "Accuracy",
        .summary = "The share of items whose class was found.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) {
            std::int64_t right = 0;
            for (std::int64_t c = 0; c < m.classes; ++c) right += m.at(c, c);
            return m.total() == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(m.total());
        },
    };
    return type;
}

}  // namespace lamina
