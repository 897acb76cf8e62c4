// Checkpoints: all that a training needs to go on as if it had never been interrupted.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/engine/program.h"
#include "core/metrics/confusion_matrix.h"
#include "core/schedules/schedule_type.h"
#include "core/metrics/score_sums.h"

namespace lamina {

/// Sums over items, from which the metrics of an epoch, a part of it or an evaluation follow.
struct ItemSums {
    double loss = 0;            ///< Σ batch loss · batch size
    std::int64_t items = 0;
    ConfusionMatrix confusion;  ///< classification
    RegressionSums numbers;     ///< regression, in the target's own unit
    ScoreSums scores;           ///< classification, only where somebody asked for them; never in a checkpoint
    bool operator==(const ItemSums&) const = default;

    double meanLoss() const { return items == 0 ? 0.0 : loss / static_cast<double>(items); }
};

/// Where a training stands, between two steps.
struct TrainingState {
    std::int64_t epoch = 0;        ///< running epoch, from 0; == epochs when done
    std::int64_t batch = 0;        ///< next batch of that epoch
    std::int64_t step = 0;         ///< steps done: batches trained with
    std::int64_t sequence = 0;     ///< next row number of the metrics
    ItemSums sums;                 ///< of the epoch
    ItemSums window;               ///< since the last row of batch metrics
    std::vector<ItemSums> outputs; ///< of the epoch, of each output where a phase has several
    double best = 0;               ///< best monitor so far
    std::int64_t bestEpoch = -1;   ///< -1: none yet
    std::int64_t waited = 0;       ///< epochs since then
    bool finished = false;         ///< the plan was fulfilled (or stopped early)
    std::vector<std::int64_t> updates;     ///< of each phase of the plan
    std::vector<ScheduleState> schedules;  ///< of each phase of the plan
    std::string device;            ///< description of the device that made it
    bool operator==(const TrainingState&) const = default;
};

/// Parameters and states by name, as float32 (what the CPU and CUDA devices hold).
struct StoredTensor {
    Shape shape;
    ValueRole role = ValueRole::Parameter;
    std::vector<float> numbers;
};
struct Checkpoint {
    TrainingState state;
    std::map<std::string, StoredTensor> tensors;
};

/// "LAMINACK", version, JSON head with the state and the tensors' table, the numbers, SHA-256 of all before it. Little-endian.
std::vector<std::byte> checkpointToBytes(const TrainingState& state, const ParameterStore& store);
std::vector<std::byte> checkpointToBytes(const Checkpoint& checkpoint);
/// Checks the hash and every size against the bytes that are there: "checkpoint.damaged", "checkpoint.newer_version".
Result<Checkpoint> checkpointFromBytes(std::span<const std::byte> bytes);
/// Puts the tensors into a store, to go on training.
Result<void> restoreParameters(const Checkpoint& checkpoint, ParameterStore& store);
/// Puts into a store what a network in use needs: no slots of optimizers, and running averages in the place of the parameters they were made of.
Result<void> restoreForUse(const Checkpoint& checkpoint, ParameterStore& store);
/// The same from a store in training; numbers that `to` has already are written over.
Result<void> copyForUse(const ParameterStore& from, ParameterStore& to);
/// The name of the slot that holds a parameter's running average.
std::string averageOf(const std::string& parameter);

}  // namespace lamina
