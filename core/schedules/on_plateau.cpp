#include <cmath>

#include "core/schedules/schedule_type.h"

namespace lamina {
namespace on_plateau_schedule_parts {

struct OnPlateau : WarmUp {
    std::int64_t patience = 3;
    double drop = 0.3;
    double least = 0.001;
    double threshold = 0.0001;
};

/// As PyTorch's ReduceLROnPlateau with a relative threshold: better is less than best - threshold·|best|.
void judge(const std::any& settings, ScheduleState& state, double monitor) {
    const auto& s = std::any_cast<const OnPlateau&>(settings);
    const bool better = state.judged == 0 || monitor < state.best - s.threshold * std::abs(state.best);
    ++state.judged;
    if (better) state.best = monitor;
    state.waited = better ? 0 : state.waited + 1;
    if (state.waited <= s.patience) return;
    state.factor = std::max(s.least, state.factor * s.drop);
    state.waited = 0;
}

}  // namespace on_plateau_schedule_parts

const ScheduleType& on_plateau_schedule() {
    using namespace on_plateau_schedule_parts;
    static const ScheduleType type{
        .id = "on_plateau",
        .title = "On plateau",
        .summary = "The learning rate drops when the validation result has not become better for some epochs.",
        .properties = {property("patience", &OnPlateau::patience, "Patience", "So many epochs without a better result are waited for.",
                                {.minimum = 0, .maximum = 100000}),
                       property("drop", &OnPlateau::drop, "Factor", "What the learning rate is multiplied with at each drop.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       property("least", &OnPlateau::least, "Least factor", "Below this share of its beginning the learning rate does not fall.",
                                {.minimum = 0, .maximum = 1}),
                       property("threshold", &OnPlateau::threshold, "Threshold", "How much better counts as better, as a share of the best result.",
                                {.minimum = 0, .maximum = 1}),
                       warmUpProperty<OnPlateau>()},
        .defaults = OnPlateau{},
        .factor =
            [](const std::any& settings, std::int64_t step, std::int64_t total) {
                return std::any_cast<const OnPlateau&>(settings).factor(step, total, [](std::int64_t, std::int64_t) { return 1.0; });
            },
        .judge = judge,
    };
    return type;
}

}  // namespace lamina
