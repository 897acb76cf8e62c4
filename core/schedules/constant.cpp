#include "core/schedules/schedule_type.h"

namespace lamina {

const ScheduleType& constant_schedule() {
    static const ScheduleType type{
        .id = "constant",
        .title = "Constant",
        .summary = "The same learning rate from the first step to the last.",
        .properties = {},
        .defaults = {},
        .factor = [](const std::any&, std::int64_t, std::int64_t) { return 1.0; },
    };
    return type;
}

}  // namespace lamina
