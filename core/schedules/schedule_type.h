// The contract of a learning-rate schedule: one file in core/schedules, one line in schedules.cmake.
#pragma once

#include <any>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/property.h"

namespace lamina {

struct ScheduleType {
    std::string id;  ///< persisted: "cosine"
    std::string title;
    std::string summary;
    std::vector<Property> properties;
    std::any defaults;
    /// What the optimizer's learning rate is multiplied with in update `step` of `total` (0 … total-1). A function of these alone.
    /// A training that is extended takes the whole course once more over the added epochs.
    double (*factor)(const std::any& settings, std::int64_t step, std::int64_t total) = nullptr;
};

const std::vector<const ScheduleType*>& scheduleCatalogue();
/// nullptr where there is none.
const ScheduleType* findSchedule(const std::string& id);

}  // namespace lamina
