// The phases of a plan with their names looked up and their settings checked: what the training loop runs.
#pragma once

#include <span>
#include <vector>

#include "core/compiler/compiler.h"
#include "core/data/prepared_data.h"
#include "core/schedules/schedule_type.h"
#include "core/tasks/task_type.h"
#include "core/training/training_plan.h"

namespace lamina {

struct ResolvedPhase {
    PlanPhase plan;
    TrainingPhase training;
    const ScheduleType* schedule = nullptr;
    std::any scheduleSettings;
    Network network;  ///< what this phase does not train is frozen
    /// Outputs can be compared with the data's target: the first objective is fed with rows and looks at it.
    bool predicts() const;
};

/// "plan.unknown_loss" {loss}, "plan.loss_does_not_fit" {loss, task}, "plan.unknown_optimizer", "plan.unknown_schedule", "plan.unknown_node",
/// "plan.nothing_trainable" {phase, trainable}, "property.…".
Result<std::vector<ResolvedPhase>> resolvePhases(const TrainingPlan& plan, const Network& network, const TaskType& task);
/// One objective of it; an empty loss is the task's own.
Result<TrainingObjective> resolveObjective(const PlanObjective& objective, const TaskType& task);

/// Fills in settings of losses that follow from the training rows: balanced class weights. What is filled in stays.
Result<void> fitPlan(TrainingPlan& plan, const TaskType& task, const PreparedData& data, std::span<const std::int64_t> trainingRows);

}  // namespace lamina
