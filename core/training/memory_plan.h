// What a training will take of the machine's memory: told before it takes any.
#pragma once

#include <cstdint>
#include <limits>

#include "core/training/session.h"

namespace lamina {

/// Bytes beside what the process holds already (the prepared data among it).
struct MemoryPlan {
    std::int64_t batchSize = 0;
    std::uint64_t parameters = 0;   ///< with the optimizer's numbers for each
    std::uint64_t programs = 0;     ///< working memory of all programs: whole and last batch, training and validation
    std::uint64_t batches = 0;      ///< made ahead by the loader, and the order of the rows
    std::uint64_t checkpoints = 0;  ///< while one is written, and the best one
    std::uint64_t running = std::uint64_t{6} << 20;  ///< of the program itself once it trains: code that is read in, threads, the database
    std::uint64_t scores = 0;       ///< of the validation rows, where the monitor needs them
    bool whole = true;              ///< false: more than there is before everything was counted

    std::uint64_t bytes() const { return parameters + programs + batches + checkpoints + running + scores; }
};

/// Goes the way the training itself will go up to its first step, on a device that counts instead of giving memory; only the parameters are
/// really made, and let go. Where batches or parameters alone need more than `available` nothing is made at all, and `whole` is false. For CPU devices.
/// Fails with what the training would fail with.
Result<MemoryPlan> planMemory(const TrainingJob& job, std::uint64_t available = std::numeric_limits<std::uint64_t>::max());

/// "training.memory" {need, available, batch, fits} or, where not even batches of one would fit, "training.memory_any_batch" {need, available}.
/// `plan` is planMemory(job, available). Smaller batches are planned to find the one that fits.
Result<void> checkMemory(const TrainingJob& job, const MemoryPlan& plan, std::uint64_t available);

}  // namespace lamina
