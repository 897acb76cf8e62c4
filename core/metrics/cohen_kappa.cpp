#include "core/metrics/metric_type.h"

namespace lamina {

const MetricType& cohen_kappa_metric() {
    static const MetricType type{
        .id = "cohen_kappa",
        .title = "Cohen's kappa",
        .summary = "How much better than chance the answers agree with the truth: 1 is perfect, 0 is what guessing would reach.",
        .higherIsBetter = true,
        .ofClasses = [](const ConfusionMatrix& m) {
            double right = 0, chance = 0;
            for (std::int64_t c = 0; c < m.classes; ++c) {
                right += static_cast<double>(m.at(c, c));
                chance += static_cast<double>(m.actual(c)) * static_cast<double>(m.predicted(c));
            }
            const auto total = static_cast<double>(m.total());
            const double possible = total * total - chance;
            return possible == 0 ? 0.0 : (right * total - chance) / possible;
        },
    };
    return type;
}

}  // namespace lamina
