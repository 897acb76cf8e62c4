#include "core/training/memory_plan.h"

#include <algorithm>
#include <new>

#include "core/compiler/compiler.h"
#include "core/engine/counting_device.h"
#include "core/training/item_metrics.h"
#include "core/training/training_loop.h"

namespace lamina {
namespace {

/// Beyond what is planned: address space for stacks, what allocators keep.
constexpr std::uint64_t reserve = std::uint64_t{42} << 20;

std::uint64_t loaderBytes(const TrainingJob& job) {
    const std::uint64_t rows = job.trainingRows.size(), count = std::min<std::uint64_t>(static_cast<std::uint64_t>(job.plan.batchSize), rows);
    const auto perRow = static_cast<std::uint64_t>(job.data->inputCount()) * sizeof(float) + sizeof(float) + sizeof(std::int64_t);
    return count * perRow * static_cast<std::uint64_t>(job.plan.prefetch + 1) + 2 * rows * sizeof(std::int64_t);
}

/// What the parameters take at the very least, and the numbers that the largest of them is drawn as.
std::uint64_t leastParameterBytes(const Network& network) {
    const NetworkReport report = describeNetwork(network);
    std::int64_t largest = 0;
    for (const auto& node : report.nodes) largest = std::max(largest, node.parameters);
    return static_cast<std::uint64_t>(report.parameters) * sizeof(float) + static_cast<std::uint64_t>(largest) * sizeof(double);
}

/// A checkpoint is made from one tensor after the other, as doubles and as floats; the best one stays.
std::uint64_t checkpointBytes(const ParameterStore& store) {
    std::uint64_t all = 0, largest = 0;
    for (const auto& [name, entry] : store.entries()) {
        const auto numbers = static_cast<std::uint64_t>(elementCount(entry.shape));
        all += numbers * sizeof(float);
        largest = std::max(largest, numbers);
    }
    return 2 * all + largest * (sizeof(double) + sizeof(float));
}

std::uint64_t storedBytes(const ParameterStore& store) {
    std::uint64_t all = 0;
    for (const auto& [name, entry] : store.entries()) all += CountingDevice::blockBytes(static_cast<std::size_t>(elementCount(entry.shape)) * dtypeSize(store.device().real()));
    return all;
}

std::uint64_t scoreBytes(const TrainingJob& job) {
    if (!needsScores(job.plan.monitor)) return 0;
    const auto rows = job.validationRows.size(), classes = static_cast<std::size_t>(job.data->preparation().outputCount());
    return std::min<std::uint64_t>(rows * classes, std::uint64_t{1} << 24) * sizeof(float) + rows * (sizeof(std::uint64_t) + 2 * sizeof(std::int32_t));
}

TrainingJob withBatch(const TrainingJob& job, std::int64_t batch) {
    TrainingJob other = job;
    other.plan.batchSize = batch;
    return other;
}

bool fits(const MemoryPlan& plan, std::uint64_t available) { return plan.whole && plan.bytes() + reserve <= available; }

/// The largest half, quarter … of the batch that would fit with a tenth to spare, since what is free changes until the next try; 0: none.
Result<std::int64_t> fittingBatch(const TrainingJob& job, std::uint64_t available) {
    auto batch = std::min<std::int64_t>(job.plan.batchSize, static_cast<std::int64_t>(job.trainingRows.size()));
    while ((batch /= 2) > 0) {
        LAMINA_TRY(const auto plan, planMemory(withBatch(job, batch), available));
        if (fits(plan, available - available / 10)) break;
    }
    return batch;
}

}  // namespace

Result<MemoryPlan> planMemory(const TrainingJob& job, std::uint64_t available) {
    MemoryPlan plan;
    plan.batchSize = job.plan.batchSize;
    plan.batches = loaderBytes(job);
    plan.scores = scoreBytes(job);
    plan.parameters = leastParameterBytes(job.network);
    plan.whole = plan.bytes() <= available;
    if (!plan.whole) return plan;
    CountingDevice device(*job.device);
    TrainingJob trial = job;
    trial.device = &device;
    trial.resumeFrom.reset();
    trial.startFrom.reset();
    trial.plan.prefetch = 0;
    try {
        LAMINA_CHECK(tryTraining(trial, [&plan](const ParameterStore& store) {
            plan.parameters = storedBytes(store);
            plan.checkpoints = checkpointBytes(store);
        }));
    } catch (const std::bad_alloc&) {
        plan.whole = false;
    }
    plan.programs = device.bytes() - std::min(device.bytes(), plan.parameters);
    return plan;
}

Result<void> checkMemory(const TrainingJob& job, const MemoryPlan& plan, std::uint64_t available) {
    if (fits(plan, available)) return {};
    LAMINA_TRY(const auto batch, fittingBatch(job, available));
    const std::string need = std::to_string(plan.bytes() + reserve), have = std::to_string(available);
    if (batch == 0) return fail("training.memory_any_batch", {{"need", need}, {"available", have}});
    return fail("training.memory", {{"need", need}, {"available", have}, {"batch", std::to_string(plan.batchSize)}, {"fits", std::to_string(batch)}});
}

}  // namespace lamina
