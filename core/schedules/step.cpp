#include <cmath>

#include "core/schedules/schedule_type.h"

namespace lamina {
namespace step_schedule_parts {

struct Step : WarmUp {
    std::int64_t drops = 2;
    double drop = 0.1;
};

/// drop^k in part k of drops + 1 equal parts.
double factor(const std::any& settings, std::int64_t step, std::int64_t total) {
    const auto& s = std::any_cast<const Step&>(settings);
    return s.factor(step, total, [&](std::int64_t at, std::int64_t of) {
        const std::int64_t part = std::min(s.drops, at * (s.drops + 1) / of);
        return std::pow(s.drop, static_cast<double>(part));
    });
}

}  // namespace step_schedule_parts

const ScheduleType& step_schedule() {
    using namespace step_schedule_parts;
    static const ScheduleType type{
        .id = "step",
        .title = "Steps",
        .summary = "The learning rate drops a few times, evenly over the training, and stays the same in between.",
        .properties = {property("drops", &Step::drops, "Drops", "How often the learning rate drops.", {.minimum = 0, .maximum = 1000}),
                       property("drop", &Step::drop, "Factor", "What the learning rate is multiplied with at each drop.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       warmUpProperty<Step>()},
        .defaults = Step{},
        .factor = factor,
    };
    return type;
}

}  // namespace lamina
