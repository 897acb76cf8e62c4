// The training plan: what is trained in which order, as data. Plain training has one phase with one objective. Several phases train one after the
// other (the new head first, then everything) or take turns in every step (a generator and what judges it).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/augmentations/augmentation_step.h"
#include "core/engine/graph.h"

namespace lamina {

struct PlanObjective {
    std::string loss;  ///< empty: the task's own
    nlohmann::json settings = nlohmann::json::object();
    double weight = 1;
    std::string output;  ///< name of the node that is looked at; empty: the network's only output
    /// Empty: the data's; "input": what the network was fed with ("input:NAME": at that Input); a number: that number everywhere; else the name of a
    /// further column to be predicted, which no input then takes.
    std::string target;
    std::string feed;    ///< empty: rows go into the network's input; "noise": normal numbers do; a node's name: rows stand in for what it gives
    bool operator==(const PlanObjective&) const = default;
};

struct PlanPhase {
    std::string name = "train";
    /// "all": every node that is not frozen; "head": the last one that has parameters; or names with commas between, where * stands for any
    /// characters ("generator_*, dense_2"). The others count as frozen: batch norm on its running statistics, no dropout.
    std::string trainable = "all";
    std::vector<PlanObjective> objectives{PlanObjective{}};
    std::string optimizer = "adam";
    nlohmann::json optimizerSettings = nlohmann::json::object();
    std::string schedule = "cosine";  ///< of the learning rate
    nlohmann::json scheduleSettings = nlohmann::json::object();
    std::int64_t every = 1;  ///< an update of this phase every so many steps
    std::int64_t from = 0;   ///< epochs (from 0) before it takes part
    std::int64_t until = 0;  ///< the first epoch in which it takes part no more; 0: to the end
    bool operator==(const PlanPhase&) const = default;
};

struct TrainingPlan {
    std::vector<PlanPhase> phases{PlanPhase{}};
    std::int64_t epochs = 10;
    std::vector<std::int64_t> extendedAt;  ///< epochs after which more were added, ascending; the schedule begins anew at each
    std::int64_t batchSize = 64;
    std::uint64_t seed = 1;
    std::string monitor = "loss";        ///< "loss" or any metric of the task on the validation rows: decides what is best
    bool monitorHigherIsBetter = false;
    std::int64_t patience = 0;           ///< epochs without a better monitor before stopping; 0: never
    double minimumImprovement = 0;       ///< how much better counts as better
    std::int64_t metricsEvery = 20;      ///< steps per training row of the metrics
    double checkpointSeconds = 20;       ///< at least this often, besides every epoch; does not influence the numbers
    int prefetch = 2;                    ///< batches loaded ahead; does not influence the numbers
    double clipValue = 0;                ///< gradients are cut to [-clipValue, clipValue]; 0: not
    double clipNorm = 0;                 ///< then all together scaled down to this length; 0: not
    double l1 = 0, l2 = 0;               ///< l1·Σ|w| + l2·Σw² is made small too, w: weights but not biases; the losses shown are without
    std::vector<AugmentationStep> augmentation;  ///< changes of the training rows, one after the other, anew in each epoch; validation and test stay as they are
    double ema = 0;                      ///< decay of a running average of all parameters, which validation, the best model and its export then use; 0: none
    /// How training steps multiply: "float32"; "bfloat16": matrix products and convolutions round what they multiply to 8 bits of mantissa, where that
    /// is quicker. Parameters, sums and everything else stay float32, and so do validation, evaluation, prediction and export.
    std::string precision = "float32";
    bool operator==(const TrainingPlan&) const = default;
};

/// Epochs first … last-1, over which the schedule takes its course once.
struct ScheduleCourse {
    std::int64_t first = 0;
    std::int64_t last = 0;
};
/// The course that an epoch (from 0) belongs to: the plan's whole length, or what lies between two of its extensions.
ScheduleCourse scheduleCourse(const TrainingPlan& plan, std::int64_t epoch);
/// The part of it in which the phase takes part.
ScheduleCourse scheduleCourse(const TrainingPlan& plan, const PlanPhase& phase, std::int64_t epoch);
bool takesPart(const PlanPhase& phase, std::int64_t epoch);
/// Lets the plan end `more` epochs after the first `done`. The schedule takes its course anew over the added epochs: at the end of its
/// first course the learning rate is next to nothing, and more epochs at that rate would hardly change the model.
void extendPlan(TrainingPlan& plan, std::int64_t done, std::int64_t more);

/// Makes two of the first phase: for so many epochs the head alone is trained, then everything.
void trainHeadFirst(TrainingPlan& plan, std::int64_t epochs);

nlohmann::json planToJson(const TrainingPlan& plan);
/// Missing entries keep their defaults; "plan.…" errors name the entry.
Result<TrainingPlan> planFromJson(const nlohmann::json& json);
/// "plan.unknown_precision" {precision}.
Result<Precision> precisionOf(const TrainingPlan& plan);
/// The names that it may have.
const std::vector<std::string>& precisionNames();
/// Sizes within reason, names of phases all different, and in every epoch a phase that takes part in each step ("plan.…").
Result<void> checkPlan(const TrainingPlan& plan);

}  // namespace lamina
