#include "core/metrics/means.h"
#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& f1_metric() {
    static const MetricType type{
        .id = "f1",
        .title = "F1 (macro)",
        .summary = "Harmonic mean of precision and recall; mean over the classes.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) { return meanOverClasses(m, &ConfusionMatrix::f1); },
    };
    return type;
}

}  // namespace lamina
