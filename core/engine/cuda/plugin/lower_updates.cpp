// The guard over all gradients and the optimizers over all parameters: one launch each, whatever the number of tensors.
#include <algorithm>

#include "core/engine/cuda/plugin/lowering.h"

namespace lamina::cuda {

namespace {

int chunksOf(int count) { return (count + chunkLength - 1) / chunkLength; }

/// Calls use(first, length) for every chunk of `count` numbers.
template <class Use>
void forEachChunk(int count, Use&& use) {
    for (int first = 0; first < count; first += chunkLength) use(first, std::min(chunkLength, count - first));
}

}  // namespace

void lowerAllFinite(PlanBuilder& builder, const FusedOp& fused) {
    std::vector<int> buffers{builder.out(fused.op.outputs[0])}, counts;
    int chunks = 0;
    for (ValueId input : fused.op.inputs) {
        buffers.push_back(builder.in(input));
        counts.push_back(countOf(builder.shape(input)));
        chunks += chunksOf(counts.back());
    }
    const std::size_t table = buffers.size();
    builder.add(
        buffers,
        [=](const Launch& launch, void* const* p) { allFinite(launch.stream, static_cast<const FiniteChunk*>(p[table]), chunks, floats(p[0])); },
        "own, " + std::to_string(chunks) + " chunks",
        [=](void* const* p) {
            std::vector<FiniteChunk> list;
            for (std::size_t i = 0; i < counts.size(); ++i)
                forEachChunk(counts[i], [&](int first, int length) { list.push_back({floats(p[i + 1]) + first, length}); });
            return bytesOf(list);
        });
}

void lowerUpdates(PlanBuilder& builder, std::span<const FusedOp> updates) {
    const auto attributes = updates.front().op.as<OptimizerAttributes>();
    const std::size_t slots = updates.front().op.inputs.size() - 3, perUpdate = 2 + slots;
    std::vector<int> buffers{builder.in(updates.front().op.inputs.back())}, counts;
    int chunks = 0;
    for (const FusedOp& fused : updates) {
        for (std::size_t i = 0; i < perUpdate; ++i) buffers.push_back(builder.in(fused.op.inputs[i]));
        counts.push_back(countOf(builder.shape(fused.op.inputs[0])));
        chunks += chunksOf(counts.back());
    }
    const std::size_t table = buffers.size();
    const int group = builder.updateGroup(attributes);
    builder.add(
        buffers,
        [=](const Launch& launch, void* const* p) {
            const auto* numbers = reinterpret_cast<const UpdateNumbers*>(launch.record + 1) + group;
            update(launch.stream, attributes, numbers, static_cast<const UpdateChunk*>(p[table]), chunks,
                   floats(p[0]));
        },
        "own, " + std::to_string(updates.size()) + " tensors in " + std::to_string(chunks) + " chunks",
        [=](void* const* p) {
            std::vector<UpdateChunk> list;
            for (std::size_t i = 0; i < counts.size(); ++i) {
                void* const* const own = p + 1 + i * perUpdate;
                forEachChunk(counts[i], [&](int first, int length) {
                    const auto slot = [&](std::size_t s) { return s < slots ? floats(own[2 + s]) + first : nullptr; };
                    list.push_back({floats(own[0]) + first, slot(0), slot(1), floats(own[1]) + first, length});
                });
            }
            return bytesOf(list);
        });
}

}  // namespace lamina::cuda
