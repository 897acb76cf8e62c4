#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& balanced_accuracy_metric() {
    static const MetricType type{
        .id = "balanced_accuracy",
        .title = "Balanced accuracy",
        .summary = "Like accuracy, but every class counts alike however rare it is: the share found, mean over the classes that occur.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) {
            double sum = 0;
            int present = 0;
            for (std::int64_t c = 0; c < m.classes; ++c)
                if (m.actual(c) > 0) sum += m.recall(c), ++present;
            return present == 0 ? 0.0 : sum / present;
        },
    };
    return type;
}

}  // namespace lamina
