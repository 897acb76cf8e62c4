#include "core/schedules/schedule_type.h"

namespace lamina {

const ScheduleType* findSchedule(const std::string& id) {
    for (const auto* schedule : scheduleCatalogue())
        if (schedule->id == id) return schedule;
    return nullptr;
}

}  // namespace lamina
