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

namespace {

/// Rows into the inputs that read them: a whole row each, or its part of them. False where an input finds no numbers of its size.
bool feedRows(CachedProgram& cached, std::span<const float> rows, std::int64_t count, std::span<const InputPart> parts) {
    const std::size_t width = rows.size() / static_cast<std::size_t>(count);
    for (const auto& [layer, value] : cached.network.inputs) {
        auto to = cached.program->span<float>(value);
        if (to.size() == rows.size()) {
            std::copy(rows.begin(), rows.end(), to.begin());
            continue;
        }
        const auto part = std::find_if(parts.begin(), parts.end(), [&name = layer](const InputPart& p) { return p.layer == name; });
        if (part == parts.end() || static_cast<std::size_t>(part->count * count) != to.size()) return false;
        for (std::int64_t i = 0; i < count; ++i)
            std::copy_n(rows.data() + static_cast<std::size_t>(i) * width + part->offset, part->count, to.data() + i * part->count);
    }
    return true;
}

}  // namespace

Result<double> ForwardPass::look(const PreparedData& data, std::span<const std::int64_t> rows, std::int64_t batchSize, const Look& look,
                                 const CancelToken& cancel) {
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
        look(batch, *cached);
    }
    return loss;
}

Result<double> ForwardPass::run(const PreparedData& data, std::span<const std::int64_t> rows, std::int64_t batchSize, const Use& use, const CancelToken& cancel) {
    return look(data, rows, batchSize, [&](const Batch& batch, const CachedProgram& cached) { use(batch, cached.program->span<float>(cached.network.output)); },
                cancel);
}

Result<std::span<const float>> ForwardPass::run(std::span<const float> inputs, std::int64_t count, std::span<const InputPart> parts) {
    LAMINA_TRY(auto* cached, m_programs.get(count));
    if (!feedRows(*cached, inputs, count, parts)) {
        const auto expected = cached->program->span<float>(cached->network.input).size();
        return fail("evaluation.input_size", {{"expected", std::to_string(expected)}, {"found", std::to_string(inputs.size())}});
    }
    cached->program->run({});
    return std::span<const float>(cached->program->span<float>(cached->network.output));
}

void addAnswers(ItemSums& sums, const TargetColumn& target, const BatchAnswers& answers, std::int64_t count, std::span<const float> output) {
    const auto width = static_cast<std::int64_t>(output.size()) / count;
    for (std::int64_t i = 0; i < count; ++i) {
        const float* row = output.data() + i * width;
        if (target.classes) {
            sums.confusion.add(answers.labels[static_cast<std::size_t>(i)], std::max_element(row, row + width) - row);
            if (sums.scores.classes() > 0) sums.scores.add({row, static_cast<std::size_t>(width)}, answers.labels[static_cast<std::size_t>(i)]);
        } else {
            sums.numbers.add(target.original(row[0]), target.original(answers.targets[static_cast<std::size_t>(i)]));
        }
    }
    sums.items += count;
}

void addOutputs(ItemSums& sums, const PreparedData& data, const Batch& batch, std::span<const float> output) {
    addAnswers(sums, data.preparation().target, {batch.labels, batch.targets}, batch.count, output);
}

namespace {

void feedAnswers(CachedProgram& cached, ValueId target, const BatchAnswers& answers) {
    if (answers.labels.empty()) std::memcpy(cached.program->data(target), answers.targets.data(), answers.targets.size_bytes());
    else std::memcpy(cached.program->data(target), answers.labels.data(), answers.labels.size_bytes());
}

}  // namespace

void feedBatch(CachedProgram& cached, const Batch& batch, std::uint64_t seed, std::uint64_t step) {
    if (!cached.network.inputs.empty()) feedRows(cached, batch.inputs, batch.count, batch.parts);
    if (cached.network.noise != noValue) {
        const RandomStream random(seed, streamOf("noise"), step);
        auto noise = cached.program->span<float>(cached.network.noise);
        for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = random.normal(i);
    }
    if (cached.network.target != noValue) feedAnswers(cached, cached.network.target, {batch.labels, batch.targets});
    for (const auto& [column, value] : cached.network.moreTargets)
        for (const BatchAnswers& answers : batch.more)
            if (answers.column == column) feedAnswers(cached, value, answers);
}

}  // namespace lamina
