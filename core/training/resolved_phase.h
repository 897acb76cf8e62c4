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

/// One of several outputs of a phase: what is told of it by itself.
struct PhaseOutput {
    std::string layer;
    int target = -1;                 ///< place of the data's target that it learns (Preparation::targetAt()); -1: none
    const TaskType* task = nullptr;  ///< of that target
    std::vector<std::size_t> terms;  ///< of its objectives
};
/// In the order of the objectives; none where they all look at one output.
std::vector<PhaseOutput> phaseOutputs(const ResolvedPhase& phase, const Preparation& preparation);

/// The task of one of the data's targets.
const TaskType* taskOf(const TargetColumn& target);
/// Does the objective name one of the data's columns as its target?
bool namesColumn(const PlanObjective& objective);
/// All columns that are named so, once each.
std::vector<TargetWish> namedTargets(const TrainingPlan& plan);

/// `preparation`: of the data, where objectives name columns; may be nullptr.
/// "plan.unknown_loss" {loss}, "plan.loss_does_not_fit" {loss, task}, "plan.unknown_optimizer", "plan.unknown_schedule", "plan.unknown_node",
/// "plan.unknown_target" {target}, "plan.nothing_trainable" {phase, trainable}, "property.…".
Result<std::vector<ResolvedPhase>> resolvePhases(const TrainingPlan& plan, const Network& network, const TaskType& task, const Preparation* preparation = nullptr);
/// One objective of it; an empty loss is that of the task, or of the target that it names.
Result<TrainingObjective> resolveObjective(const PlanObjective& objective, const TaskType& task, const Preparation* preparation = nullptr);

/// Fills in losses of objectives that name a column, and settings of losses that follow from the training rows: balanced class weights. What is filled
/// in stays.
Result<void> fitPlan(TrainingPlan& plan, const TaskType& task, const PreparedData& data, std::span<const std::int64_t> trainingRows);

}  // namespace lamina
