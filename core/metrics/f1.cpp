#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& f1_metric() {
    static const MetricType type{
        .id = "f1",
        .title = "F1 (macro)",
        .summary = "Harmonic mean of precision and recall; mean over the classes.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) {
            double sum = 0;
            for (std::int64_t c = 0; c < m.classes; ++c) sum += m.f1(c);
            return m.classes == 0 ? 0.0 : sum / static_cast<double>(m.classes);
        },
    };
    return type;
}

}  // namespace lamina
