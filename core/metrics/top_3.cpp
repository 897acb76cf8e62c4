#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& top_3_metric() {
    static const MetricType type{
        .id = "top_3",
        .title = "Among the first three",
        .summary = "The share of items whose class is among the model's three best guesses.",
        .higherIsBetter = true,
        .ofScores = [](const ScoreSummary& s) { return s.items == 0 || s.classes < 3 ? 0.0 : static_cast<double>(s.placed[2]) / static_cast<double>(s.items); },
        .fewestClasses = 4,
    };
    return type;
}

}  // namespace lamina
