#include <cmath>

#include "core/schedules/schedule_type.h"

namespace lamina {
namespace exponential_schedule_parts {

struct Exponential : WarmUp {
    double last = 0.01;
};

/// last^(step / total): every step multiplies with the same number.
double factor(const std::any& settings, std::int64_t step, std::int64_t total) {
    const auto& s = std::any_cast<const Exponential&>(settings);
    return s.factor(step, total, [&](std::int64_t at, std::int64_t of) { return std::pow(s.last, static_cast<double>(at) / static_cast<double>(of)); });
}

}  // namespace exponential_schedule_parts

const ScheduleType& exponential_schedule() {
    using namespace exponential_schedule_parts;
    static const ScheduleType type{
        .id = "exponential",
        .title = "Exponential",
        .summary = "The learning rate falls by the same share in every step.",
        .properties = {property("last", &Exponential::last, "Last factor", "What the learning rate is multiplied with at the end.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       warmUpProperty<Exponential>()},
        .defaults = Exponential{},
        .factor = factor,
    };
    return type;
}

}  // namespace lamina
