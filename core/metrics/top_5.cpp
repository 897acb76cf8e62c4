#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& top_5_metric() {
    static const MetricType type{
        .id = "top_5",
        .title = "Among the first five",
        .summary = "The share of items whose class is among the model's five best guesses.",
        .higherIsBetter = true,
        .ofScores = [](const ScoreSummary& s) { return s.items == 0 || s.classes < 5 ? 0.0 : static_cast<double>(s.placed[4]) / static_cast<double>(s.items); },
        .fewestClasses = 6,
    };
    return type;
}

}  // namespace lamina
