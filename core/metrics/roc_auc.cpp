#include "core/metrics/means.h"
#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& roc_auc_metric() {
    static const MetricType type{
        .id = "roc_auc",
        .title = "Area under ROC",
        .summary = "How surely an item of a class gets a higher score for it than another item, whatever the threshold: 1 is always, 0.5 is chance; mean over the classes.",
        .higherIsBetter = true,
        .ofScores = [](const ScoreSummary& s) { return meanOfDefined(s.rocAreas); },
    };
    return type;
}

}  // namespace lamina
