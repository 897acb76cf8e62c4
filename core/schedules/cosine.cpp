#include <cmath>
#include <numbers>

#include "core/schedules/schedule_type.h"

namespace lamina {
namespace {

struct Cosine {
    double last = 0.02;
};

/// last + (1 - last) · (1 + cos(π · step / total)) / 2 (Loshchilov & Hutter 2017, without restarts).
double factor(const std::any& settings, std::int64_t step, std::int64_t total) {
    const double last = std::any_cast<const Cosine&>(settings).last;
    const double done = total > 0 ? static_cast<double>(step) / static_cast<double>(total) : 0;
    return last + (1 - last) * (1 + std::cos(std::numbers::pi * done)) / 2;
}

}  // namespace

const ScheduleType& cosine_schedule() {
    static const ScheduleType type{
        .id = "cosine",
        .title = "Cosine",
        .summary = "Full steps at first, ever smaller ones towards the end: usually the better model in the same time.",
        .properties = {property("last", &Cosine::last, "Last factor", "What the learning rate is multiplied with in the last step.", {.minimum = 0, .maximum = 1})},
        .defaults = Cosine{},
        .factor = factor,
    };
    return type;
}

}  // namespace lamina
