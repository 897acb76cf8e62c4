#include "core/schedules/schedule_type.h"

namespace lamina {
namespace constant_schedule_parts {

struct Constant : WarmUp {};

}  // namespace constant_schedule_parts

const ScheduleType& constant_schedule() {
    using namespace constant_schedule_parts;
    static const ScheduleType type{
        .id = "constant",
        .title = "Constant",
        .summary = "The same learning rate from the first step to the last.",
        .properties = {warmUpProperty<Constant>()},
        .defaults = Constant{},
        .factor =
            [](const std::any& settings, std::int64_t step, std::int64_t total) {
                return std::any_cast<const Constant&>(settings).factor(step, total, [](std::int64_t, std::int64_t) { return 1.0; });
            },
    };
    return type;
}

}  // namespace lamina
