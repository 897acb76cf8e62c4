// Turns joined ops into launches: every value is a plain row-major buffer; how long each is needed is kept account of.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/engine/cuda/plugin/check.h"
#include "core/engine/device.h"
#include "core/engine/fusion.h"

namespace lamina::cuda {

struct StepRecord;

/// What a launch may use besides its buffers.
struct Launch {
    cudaStream_t stream;
    cublasHandle_t blas;
    const StepRecord* record;  ///< on the GPU: seed, step and the optimizers' numbers of this run
};

/// Knows its buffers by number (-1: none); launch() gets their addresses in the same order, then that of the table.
/// It must do the same calls every time: they are captured once and replayed.
struct Step {
    std::vector<int> buffers;
    std::function<void(const Launch&, void* const*)> launch;
    /// Numbers that the launch reads on the GPU, made from the addresses once these are known; empty: no table.
    std::function<std::vector<std::byte>(void* const*)> table;
    std::vector<void*> addresses;
};

template <class T>
std::vector<std::byte> bytesOf(const std::vector<T>& items) {
    const auto* first = reinterpret_cast<const std::byte*>(items.data());
    return {first, first + items.size() * sizeof(T)};
}

class PlanBuilder {
public:
    PlanBuilder(const Graph& graph, const std::vector<ValueId>& kept);
    /// "cuda.too_large" {name, shape}, "cuda.no_type" {name, type}, "cuda.no_kernel" {op, layer}, "cuda.no_bfloat16" {layer}.
    Result<void> build();

    const Graph& graph() const { return m_graph; }
    const Shape& shape(ValueId value) const { return m_graph.shape(value); }
    /// The buffer that holds the value.
    int in(ValueId value) const { return m_bufferOf[static_cast<std::size_t>(value)]; }
    /// A new buffer for a value that the current op makes.
    int out(ValueId value);
    /// `value` is another name for `of`.
    void alias(ValueId value, ValueId of) { m_bufferOf[static_cast<std::size_t>(value)] = in(of); }
    int scratch(std::int64_t bytes);
    /// The place of these attributes' numbers in the step record.
    int updateGroup(const OptimizerAttributes& attributes);

    /// Appends a step of the current op; the first one carries its cost.
    void add(std::vector<int> buffers, std::function<void(const Launch&, void* const*)> launch, std::string implementation,
             std::function<std::vector<std::byte>(void* const*)> table = {});

    std::vector<Step> steps;
    std::vector<PlannedOp> planned;
    std::vector<DevicePlan::Buffer> buffers;  ///< on the GPU; those with `ofValue` are mirrors of what the host holds
    std::vector<ValueId> ofValue;             ///< the input, parameter, state or constant that a buffer mirrors; noValue: it lies in the arena
    std::vector<int> bufferOf() const { return m_bufferOf; }
    std::vector<OptimizerAttributes> updateGroups;

private:
    int newBuffer(std::int64_t bytes, ValueId of);
    Result<void> checkTypes() const;
    Result<void> checkPrecision() const;
    void measureLives();

    const Graph& m_graph;
    std::vector<bool> m_kept;
    std::vector<FusedOp> m_ops;
    std::vector<int> m_bufferOf;
    const FusedOp* m_current = nullptr;
    bool m_flopsCounted = false;
};

}  // namespace lamina::cuda
