// The contract of a learning-rate schedule: one file in core/schedules, one line in schedules.cmake.
#pragma once

#include <algorithm>
#include <any>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/property.h"

namespace lamina {

/// What a schedule has learnt of the training so far; kept in checkpoints.
struct ScheduleState {
    double factor = 1;         ///< the learning rate is multiplied with it, besides ScheduleType::factor
    double best = 0;           ///< best monitor so far
    std::int64_t waited = 0;   ///< epochs since then
    std::int64_t judged = 0;   ///< epochs seen
    bool operator==(const ScheduleState&) const = default;
};

struct ScheduleType {
    std::string id;  ///< persisted: "cosine"
    std::string title;
    std::string summary;
    std::vector<Property> properties;
    std::any defaults;
    /// What the optimizer's learning rate is multiplied with in update `step` of `total` (0 … total-1). A function of these alone.
    /// A training that is extended takes the whole course once more over the added epochs.
    double (*factor)(const std::any& settings, std::int64_t step, std::int64_t total) = nullptr;
    /// After each epoch, with the plan's monitor turned so that lower is better. nullptr: the schedule does not look at it.
    void (*judge)(const std::any& settings, ScheduleState& state, double monitor) = nullptr;
};

const std::vector<const ScheduleType*>& scheduleCatalogue();
/// nullptr where there is none.
const ScheduleType* findSchedule(const std::string& id);

/// Base of settings: the first part of the course, in which the learning rate rises evenly from next to nothing.
struct WarmUp {
    double warmUp = 0;

    /// `after(step, total)` is the factor in what remains when the warm-up is over.
    template <class After>
    double factor(std::int64_t step, std::int64_t total, After&& after) const {
        const auto steps = static_cast<std::int64_t>(warmUp * static_cast<double>(total));
        if (step < steps) return static_cast<double>(step + 1) / static_cast<double>(steps + 1);
        return after(step - steps, std::max<std::int64_t>(1, total - steps));
    }
};
/// `Settings` is derived from WarmUp.
template <class Settings>
Property warmUpProperty() {
    return property<Settings, double>("warm_up", &Settings::warmUp, "Warm-up",
                                      "The share of all steps in which the learning rate rises from next to nothing: steadies the start of large networks.",
                                      {.minimum = 0, .maximum = 0.9});
}

}  // namespace lamina
