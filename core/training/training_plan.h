// The training plan: what is trained in which order, as data. Plain training has one phase with one objective.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lamina {

struct PlanObjective {
    std::string loss = "cross_entropy";
    nlohmann::json settings = nlohmann::json::object();
    double weight = 1;
    bool operator==(const PlanObjective&) const = default;
};

struct PlanPhase {
    std::string name = "train";
    std::string trainable = "all";  ///< "all": every node that is not frozen
    std::vector<PlanObjective> objectives{PlanObjective{}};
    std::string optimizer = "adam";
    nlohmann::json optimizerSettings = nlohmann::json::object();
    std::string schedule = "cosine";  ///< of the learning rate
    nlohmann::json scheduleSettings = nlohmann::json::object();
    std::int64_t every = 1;  ///< an update of this phase every so many steps
    bool operator==(const PlanPhase&) const = default;
};

struct TrainingPlan {
    std::vector<PlanPhase> phases{PlanPhase{}};
    std::int64_t epochs = 10;
    std::vector<std::int64_t> extendedAt;  ///< epochs after which more were added, ascending; the schedule begins anew at each
    std::int64_t batchSize = 64;
    std::uint64_t seed = 1;
    std::string monitor = "loss";        ///< validation metric that decides what is best
    bool monitorHigherIsBetter = false;
    std::int64_t patience = 0;           ///< epochs without a better monitor before stopping; 0: never
    double minimumImprovement = 0;       ///< how much better counts as better
    std::int64_t metricsEvery = 20;      ///< steps per training row of the metrics
    double checkpointSeconds = 20;       ///< at least this often, besides every epoch; does not influence the numbers
    int prefetch = 2;                    ///< batches loaded ahead; does not influence the numbers
    bool operator==(const TrainingPlan&) const = default;
};

/// Epochs first … last-1, over which the schedule takes its course once.
struct ScheduleCourse {
    std::int64_t first = 0;
    std::int64_t last = 0;
};
/// The course that an epoch (from 0) belongs to: the plan's whole length, or what lies between two of its extensions.
ScheduleCourse scheduleCourse(const TrainingPlan& plan, std::int64_t epoch);
/// Lets the plan end `more` epochs after the first `done`. The schedule takes its course anew over the added epochs: at the end of its
/// first course the learning rate is next to nothing, and more epochs at that rate would hardly change the model.
void extendPlan(TrainingPlan& plan, std::int64_t done, std::int64_t more);

nlohmann::json planToJson(const TrainingPlan& plan);
/// Missing entries keep their defaults; "plan.…" errors name the entry.
Result<TrainingPlan> planFromJson(const nlohmann::json& json);
/// What the engine can run today: one phase, one objective ("plan.several_phases", …), sizes within reason.
Result<void> checkPlan(const TrainingPlan& plan);

}  // namespace lamina
