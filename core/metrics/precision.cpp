#include "core/metrics/means.h"
#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& precision_metric() {
    static const MetricType type{
        .id = "precision",
        .title = "Precision (macro)",
        .summary = "Of the items called a class, the share that is of it; mean over the classes.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) { return meanOverClasses(m, &ConfusionMatrix::precision); },
    };
    return type;
}

}  // namespace lamina
