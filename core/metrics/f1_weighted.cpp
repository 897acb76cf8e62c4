#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& f1_weighted_metric() {
    static const MetricType type{
        .id = "f1_weighted",
        .title = "F1 (weighted)",
        .summary = "F1 of every class, weighted with how many items it has: frequent classes count more.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) {
            double sum = 0;
            for (std::int64_t c = 0; c < m.classes; ++c) sum += m.f1(c) * static_cast<double>(m.actual(c));
            return m.total() == 0 ? 0.0 : sum / static_cast<double>(m.total());
        },
    };
    return type;
}

}  // namespace lamina
