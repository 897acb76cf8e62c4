#include <cmath>
#include <numbers>

#include "core/schedules/schedule_type.h"

namespace lamina {
namespace cosine_schedule_parts {

struct Cosine : WarmUp {
    double last = 0.02;
    std::int64_t restarts = 0;
};

/// last + (1 - last) · (1 + cos(π · done)) / 2, `done` being the part of the running cycle (Loshchilov & Hutter 2017); all cycles are equally long.
double factor(const std::any& settings, std::int64_t step, std::int64_t total) {
    const auto& s = std::any_cast<const Cosine&>(settings);
    return s.factor(step, total, [&](std::int64_t at, std::int64_t of) {
        const double cycles = static_cast<double>(s.restarts + 1) * static_cast<double>(at) / static_cast<double>(of);
        const double done = at < of ? cycles - std::floor(cycles) : 1;
        return s.last + (1 - s.last) * (1 + std::cos(std::numbers::pi * done)) / 2;
    });
}

}  // namespace cosine_schedule_parts

const ScheduleType& cosine_schedule() {
    using namespace cosine_schedule_parts;
    static const ScheduleType type{
        .id = "cosine",
        .title = "Cosine",
        .summary = "Full steps at first, ever smaller ones towards the end: usually the better model in the same time.",
        .properties = {property("last", &Cosine::last, "Last factor", "What the learning rate is multiplied with in the last step.", {.minimum = 0, .maximum = 1}),
                       property("restarts", &Cosine::restarts, "Restarts", "How often the course begins anew with full steps.", {.minimum = 0, .maximum = 1000}),
                       warmUpProperty<Cosine>()},
        .defaults = Cosine{},
        .factor = factor,
    };
    return type;
}

}  // namespace lamina
