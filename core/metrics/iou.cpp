#include "core/metrics/means.h"
#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& iou_metric() {
    static const MetricType type{
        .id = "iou",
        .title = "Overlap (IoU)",
        .summary = "How far the items of a class and the items called so are the same: both, divided by either; mean over the classes.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) { return meanOverClasses(m, &ConfusionMatrix::overlap); },
    };
    return type;
}

}  // namespace lamina
