#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& recall_metric() {
    static const MetricType type{
        .id = "recall",
        .title = "Recall (macro)",
        .summary = "Of the items of a class, the share that was found; mean over the classes.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) {
            double sum = 0;
            for (std::int64_t c = 0; c < m.classes; ++c) sum += m.recall(c);
            return m.classes == 0 ? 0.0 : sum / static_cast<double>(m.classes);
        },
    };
    return type;
}

}  // namespace lamina
