#include "core/metrics/means.h"
#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& recall_metric() {
    static const MetricType type{
        .id = "recall",
        .title = "Recall (macro)",
        .summary = "Of the items of a class, the share that was found; mean over the classes.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) { return meanOverClasses(m, &ConfusionMatrix::recall); },
    };
    return type;
}

}  // namespace lamina
