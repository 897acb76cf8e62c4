#include "core/training/default_plan.h"

#include <algorithm>
#include <bit>

#include "core/metrics/metric_type.h"
#include "core/training/resolved_phase.h"

namespace lamina {
namespace {

constexpr std::int64_t wantedSteps = 2000;
constexpr std::int64_t fewestEpochs = 5, mostEpochs = 200;
constexpr std::int64_t smallestBatch = 8, largestBatch = 64;
/// So many batches an epoch, if need be by making them smaller.
constexpr std::int64_t wantedBatches = 16;

/// Floating-point operations of a whole training: two or three minutes on two cores.
constexpr double mostWork = 1e13;
/// A step is its forward pass and, for the gradients, about two more.
constexpr double passesPerStep = 3;

std::int64_t batchFor(std::int64_t rows) {
    const auto wished = std::bit_floor(static_cast<std::uint64_t>(std::max<std::int64_t>(rows / wantedBatches, 1)));
    return std::clamp(static_cast<std::int64_t>(wished), smallestBatch, largestBatch);
}

std::int64_t stepsPerEpoch(std::int64_t rows, std::int64_t batch) { return std::max<std::int64_t>((rows + batch - 1) / batch, 1); }

std::int64_t epochsForSteps(std::int64_t rows, std::int64_t batch) {
    const std::int64_t steps = stepsPerEpoch(rows, batch);
    return std::clamp((wantedSteps + steps - 1) / steps, fewestEpochs, mostEpochs);
}

std::int64_t epochsFor(std::int64_t rows, std::int64_t batch, double flops) {
    const std::int64_t wanted = epochsForSteps(rows, batch);
    const double work = passesPerStep * flops * static_cast<double>(rows);
    if (work * static_cast<double>(wanted) <= mostWork) return wanted;
    return std::clamp(static_cast<std::int64_t>(mostWork / work), fewestEpochs, wanted);
}

Error whyEpochs(const TrainingPlan& plan, std::int64_t rows) {
    const std::int64_t steps = plan.epochs * stepsPerEpoch(rows, plan.batchSize);
    auto why = plan.epochs < epochsForSteps(rows, plan.batchSize) ? fail("plan.why_epochs_work")
               : plan.epochs == fewestEpochs                      ? fail("plan.why_epochs_large")
                                                                  : fail("plan.why_epochs_small");
    return std::move(why).with("rows", std::to_string(rows)).with("epochs", std::to_string(plan.epochs)).with("steps", std::to_string(steps));
}

Error whyBatch(const TrainingPlan& plan, std::int64_t rows) {
    auto why = plan.batchSize == largestBatch ? fail("plan.why_batch_large") : fail("plan.why_batch_small");
    return std::move(why).with("rows", std::to_string(rows)).with("batch", std::to_string(plan.batchSize));
}

}  // namespace

void fillPlan(TrainingPlan& plan, std::int64_t trainingRows, const TaskType& task, double flops) {
    if (plan.batchSize == 0) plan.batchSize = batchFor(trainingRows);
    if (plan.epochs == 0) plan.epochs = epochsFor(trainingRows, plan.batchSize, flops);
    for (auto& phase : plan.phases)
        for (auto& objective : phase.objectives)
            if (objective.loss.empty() && !namesColumn(objective)) objective.loss = task.defaultLoss;
    if (plan.monitor == "loss") plan.monitor = task.monitor;
    const MetricType* monitor = findMetric(plan.monitor);
    plan.monitorHigherIsBetter = monitor ? monitor->higherIsBetter : task.monitorHigherIsBetter;
}

DefaultPlan defaultPlan(std::int64_t trainingRows, const TaskType& task, double flops) {
    DefaultPlan chosen;
    chosen.task = task.id;
    chosen.plan.epochs = chosen.plan.batchSize = 0;
    fillPlan(chosen.plan, trainingRows, task, flops);
    chosen.reasons = {{"epochs", whyEpochs(chosen.plan, trainingRows)},
                      {"batchSize", whyBatch(chosen.plan, trainingRows)},
                      {"monitor", fail("plan.why_monitor", {{"task", task.id}, {"monitor", task.monitor}})}};
    return chosen;
}

}  // namespace lamina
