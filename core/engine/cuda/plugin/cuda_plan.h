// A plan on the GPU: one arena, one stream, and after the first run one CUDA graph that is replayed: inputs up, all launches, results down.
#pragma once

#include <optional>

#include "core/engine/cuda/plugin/context.h"
#include "core/engine/cuda/plugin/plan_builder.h"

namespace lamina::cuda {

class CudaPlan : public DevicePlan {
public:
    CudaPlan(std::shared_ptr<Context> context, PlanBuilder&& builder, const std::vector<ValueId>& kept);
    ~CudaPlan() override;

    /// What the host sees: inputs, parameters, states, constants and kept values. Everything else lies in the plan's own arena.
    const std::vector<Buffer>& buffers() const override { return m_hostBuffers; }
    int stepCount() const override { return static_cast<int>(m_steps.size()); }
    Result<void> bind(const std::vector<void*>& addresses) override;
    /// Throws Failure; the host has then seen nothing of this step.
    void run(const StepContext& context) override;
    std::vector<PlannedOp> describe() const override { return m_planned; }

private:
    struct Copy {
        void* host;
        void* device;
        std::size_t bytes;
    };
    void place(const std::vector<void*>& addresses);
    void makeTables();
    void fillRecord(const StepContext& context);
    void enqueue();
    void launch();
    /// False where the step cannot be captured: it is then launched op by op for good.
    bool capture();

    std::shared_ptr<Context> m_context;
    std::vector<Step> m_steps;
    std::vector<PlannedOp> m_planned;
    std::vector<Buffer> m_deviceBuffers, m_hostBuffers;
    std::vector<ValueId> m_ofValue;
    std::vector<int> m_bufferOf;
    std::vector<OptimizerAttributes> m_updateGroups;
    std::vector<ValueRole> m_roles;
    std::vector<bool> m_updated;  ///< by value
    std::vector<ValueId> m_kept;

    std::optional<DeviceMemory> m_arena, m_tables;
    std::shared_ptr<void> m_record;
    Mirrored* m_recordBlock = nullptr;
    std::vector<Mirrored*> m_stored, m_changed;
    std::vector<Copy> m_uploads, m_downloads;
    cudaGraphExec_t m_graph = nullptr;
    int m_runs = 0;
};

}  // namespace lamina::cuda
