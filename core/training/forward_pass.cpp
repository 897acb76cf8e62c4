#include "core/training/forward_pass.h"

#include <algorithm>
#include <cstring>

#include "core/tensor/random.h"

namespace lamina {

ForwardPass::ForwardPass(const Network& network, ParameterStore& store, const TrainingObjective* objective)
    : m_programs([&network, objective](std::int64_t batch) { return compileForInference(network, batch, objective); }, store, 0) {}

ForwardPass::ForwardPass(const Network& network, ParameterStore& store, std::vector<TrainingObjective> objectives)
    : m_programs([&network, terms = std::move(objectives)](std::int64_t batch) { return compileForInference(network, batch, terms); }, store, 0) {}

Result<void> ForwardPass::prepare(std::int64_t rows, std::int64_t batchSize) { return m_programs.prepare(rows, batchSize); }

Result<double> ForwardPass::run(const PreparedData& data, std::span<const std::int64_t> rows, std::int64_t batchSize, const Use& use, const CancelToken& cancel) {
    if (rows.empty()) return 0.0;
    LoaderSettings settings;
    settings.batchSize = std::min<std::int64_t>(batchSize, static_cast<std::int64_t>(rows.size()));
    settings.shuffle = false;
    LAMINA_TRY(auto loader, Loader::create(data, rows, settings));
    double loss = 0;
    for (std::int64_t i = 0; i < loader.batchesPerEpoch(); ++i) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const Batch& batch = loader.next();
        LAMINA_TRY(auto* cached, m_programs.get(batch.count));
        feedBatch(*cached, batch, 0, static_cast<std::uint64_t>(i));
        cached->program->run({});
        const auto& network = cached->network;
        if (network.loss != noValue) loss += static_cast<double>(cached->program->span<float>(network.loss)[0]) * static_cast<double>(batch.count);
        use(batch, cached->program->span<float>(network.output));
    }
    return loss;
}

Result<std::span<const float>> ForwardPass::run(std::span<const float> inputs, std::int64_t count) {
    LAMINA_TRY(auto* cached, m_programs.get(count));
    auto input = cached->program->span<float>(cached->network.input);
    if (input.size() != inputs.size())
        return fail("evaluation.input_size", {{"expected", std::to_string(input.size())}, {"found", std::to_string(inputs.size())}});
    std::copy(inputs.begin(), inputs.end(), input.begin());
    cached->program->run({});
    return std::span<const float>(cached->program->span<float>(cached->network.output));
}

void addOutputs(ItemSums& sums, const PreparedData& data, const Batch& batch, std::span<const float> output) {
    const auto& target = data.preparation().target;
    const auto width = static_cast<std::int64_t>(output.size()) / batch.count;
    for (std::int64_t i = 0; i < batch.count; ++i) {
        const float* row = output.data() + i * width;
        if (target.classes) {
            sums.confusion.add(batch.labels[static_cast<std::size_t>(i)], std::max_element(row, row + width) - row);
            if (sums.scores.classes() > 0) sums.scores.add({row, static_cast<std::size_t>(width)}, batch.labels[static_cast<std::size_t>(i)]);
        } else {
            sums.numbers.add(target.original(row[0]), target.original(batch.targets[static_cast<std::size_t>(i)]));
        }
    }
    sums.items += batch.count;
}

void feedBatch(CachedProgram& cached, const Batch& batch, std::uint64_t seed, std::uint64_t step) {
    if (cached.network.input != noValue) std::memcpy(cached.program->data(cached.network.input), batch.inputs.data(), batch.inputs.size_bytes());
    if (cached.network.noise != noValue) {
        const RandomStream random(seed, streamOf("noise"), step);
        auto noise = cached.program->span<float>(cached.network.noise);
        for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = random.normal(i);
    }
    if (cached.network.target == noValue) return;
    if (batch.labels.empty()) std::memcpy(cached.program->data(cached.network.target), batch.targets.data(), batch.targets.size_bytes());
    else std::memcpy(cached.program->data(cached.network.target), batch.labels.data(), batch.labels.size_bytes());
}

}  // namespace lamina
