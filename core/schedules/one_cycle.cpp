#include <cmath>
#include <numbers>

#include "core/schedules/schedule_type.h"

namespace lamina {
namespace one_cycle_schedule_parts {

struct OneCycle {
    double rise = 0.3;
    double first = 0.04;
    double last = 0.0001;
};

/// From `from` to `to` along half a cosine, `done` from 0 to 1.
double anneal(double from, double to, double done) { return to + (from - to) * (1 + std::cos(std::numbers::pi * done)) / 2; }

/// Up to the full learning rate, then down to next to nothing (Smith & Topin 2019; as PyTorch's OneCycleLR, whose last factor is counted from the
/// first: first · last here). The momentum stays.
double factor(const std::any& settings, std::int64_t step, std::int64_t total) {
    const auto& s = std::any_cast<const OneCycle&>(settings);
    const double at = static_cast<double>(step), top = s.rise * static_cast<double>(total) - 1, end = static_cast<double>(total) - 1;
    if (at <= top) return anneal(s.first, 1, top > 0 ? at / top : 1);
    return anneal(1, s.first * s.last, end > top ? std::min(1.0, (at - top) / (end - top)) : 1);
}

}  // namespace one_cycle_schedule_parts

const ScheduleType& one_cycle_schedule() {
    using namespace one_cycle_schedule_parts;
    static const ScheduleType type{
        .id = "one_cycle",
        .title = "One cycle",
        .summary = "Small steps, then ever bigger ones up to the full learning rate, then down to next to nothing: quick with a high learning rate.",
        .properties = {property("rise", &OneCycle::rise, "Rise", "The share of all steps in which the learning rate rises.", {.minimum = 0, .maximum = 1}),
                       property("first", &OneCycle::first, "First factor", "What the learning rate is multiplied with in the first step.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       property("last", &OneCycle::last, "Last factor", "The last learning rate, compared with the first.", {.minimum = 0, .maximum = 1})},
        .defaults = OneCycle{},
        .factor = factor,
    };
    return type;
}

}  // namespace lamina
