#include "core/metrics/means.h"
#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& pr_auc_metric() {
    static const MetricType type{
        .id = "pr_auc",
        .title = "Average precision",
        .summary = "The mean precision while more and more items of a class are found; tells more than ROC where the class is rare. Mean over the classes.",
        .higherIsBetter = true,
        .ofScores = [](const ScoreSummary& s) { return meanOfDefined(s.averagePrecisions); },
    };
    return type;
}

}  // namespace lamina
