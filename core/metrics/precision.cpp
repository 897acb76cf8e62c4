#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& precision_metric() {
    static const MetricType type{
        .id = "precision",
        .title = "Precision (macro)",
        .summary = "Of the items called a class, the share that is of it; mean over the classes.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) {
            double sum = 0;
            for (std::int64_t c = 0; c < m.classes; ++c) sum += m.precision(c);
            return m.classes == 0 ? 0.0 : sum / static_cast<double>(m.classes);
        },
    };
    return type;
}

}  // namespace lamina
