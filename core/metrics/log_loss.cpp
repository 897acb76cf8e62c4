#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& log_loss_metric() {
    static const MetricType type{
        .id = "log_loss",
        .title = "Log loss",
        .summary = "How surprised the model is by the right class: being sure and wrong costs most, 0 is perfect.",
        .higherIsBetter = false,
        .ofScores = [](const ScoreSummary& s) { return s.logLoss; },
    };
    return type;
}

}  // namespace lamina
