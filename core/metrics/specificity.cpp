#include "core/metrics/means.h"
#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& specificity_metric() {
    static const MetricType type{
        .id = "specificity",
        .title = "Specificity (macro)",
        .summary = "Of the items that are not of a class, the share that is not taken for it; mean over the classes.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) { return meanOverClasses(m, &ConfusionMatrix::specificity); },
    };
    return type;
}

}  // namespace lamina
