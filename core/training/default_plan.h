// The training plan to begin with: epochs and batch size that fit the number of training rows.
#pragma once

#include <string>
#include <vector>

#include "core/tasks/task_type.h"
#include "core/training/training_plan.h"

namespace lamina {

/// Why an entry of the plan has its value. `why` is a text, not a failure ("plan.why_epochs_small" {rows, steps, …}).
struct PlanReason {
    std::string entry;  ///< "epochs", "batchSize", "monitor"
    Error why;
};

struct DefaultPlan {
    TrainingPlan plan;
    std::string task;
    std::vector<PlanReason> reasons;  ///< one for each entry that was chosen
};

/// Small tables get small batches and many epochs, about 2,000 updates in all: with the batches and epochs of large data a network for
/// 120 rows would be updated 80 times and had hardly begun to learn. Large data gets batches of 64 and 5 epochs. Loss and monitor are the task's.
/// `flops` is the work of the network's forward pass for one item (NetworkReport::flops; 0: not known): where a whole training would keep two
/// cores busy for more than some minutes there are fewer epochs, though not fewer than 5: a first result soon, and it can be trained longer.
DefaultPlan defaultPlan(std::int64_t trainingRows, const TaskType& task, double flops = 0);

/// Losses without a name become the task's own; a monitor of "loss" the task's; its direction is the metric's. Epochs or batchSize of 0 become those of defaultPlan(): epochs for a batch size that was chosen make the same number of updates.
void fillPlan(TrainingPlan& plan, std::int64_t trainingRows, const TaskType& task, double flops = 0);

}  // namespace lamina
