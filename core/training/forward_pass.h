// Runs a network forward over rows of prepared data: validation while training, evaluation, predictions.
#pragma once

#include <functional>
#include <span>

#include "core/base/cancel.h"
#include "core/data/loader.h"
#include "core/training/checkpoint.h"
#include "core/training/program_cache.h"

namespace lamina {

class ForwardPass {
public:
    /// `objective` may be nullptr: no loss then. Network, objective and store must outlive the pass.
    ForwardPass(const Network& network, ParameterStore& store, const TrainingObjective* objective);
    /// The loss of several objectives; they are copied.
    ForwardPass(const Network& network, ParameterStore& store, std::vector<TrainingObjective> objectives);

    /// Makes what run() needs for so many rows, so that a device that refuses it says so now.
    Result<void> prepare(std::int64_t rows, std::int64_t batchSize);
    /// Calls `use(batch, output)` for the rows in their order; output is batch.count × width. Gives Σ loss · count (0 without objective).
    using Use = std::function<void(const Batch& batch, std::span<const float> output)>;
    /// The same where more than the output is looked at.
    using Look = std::function<void(const Batch& batch, const CachedProgram& cached)>;
    Result<double> look(const PreparedData& data, std::span<const std::int64_t> rows, std::int64_t batchSize, const Look& look, const CancelToken& cancel = {});
    Result<double> run(const PreparedData& data, std::span<const std::int64_t> rows, std::int64_t batchSize, const Use& use, const CancelToken& cancel = {});
    /// One batch of inputs that the caller already has (count × elements of an item; of several inputs Preparation::inputs); gives the output, valid until
    /// the next call.
    Result<std::span<const float>> run(std::span<const float> inputs, std::int64_t count, std::span<const InputPart> parts = {});

private:
    ProgramCache m_programs;
};

/// Adds a batch's outputs to the sums: classes by the largest output, numbers scaled back to the target's own unit.
void addOutputs(ItemSums& sums, const PreparedData& data, const Batch& batch, std::span<const float> output);
void addAnswers(ItemSums& sums, const TargetColumn& target, const BatchAnswers& answers, std::int64_t count, std::span<const float> output);
/// Copies a batch into the program's inputs and targets, where it has them; noise comes from RandomStream(seed, "noise", step).
void feedBatch(CachedProgram& cached, const Batch& batch, std::uint64_t seed = 0, std::uint64_t step = 0);

}  // namespace lamina
