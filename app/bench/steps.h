// The training steps that are measured: forward, loss, derived gradients, the guard, Adam; run through Program as training does.
#pragma once

#include <memory>
#include <string>

#include "core/engine/program.h"

namespace lamina::bench {

enum class StepKind { Mlp, Lenet, AdamOnly };

class TrainingStep {
public:
    /// Mlp: 784-1024-512-10. Lenet: 28×28 → conv 32, pool, conv 64, pool, dense 128, dense 10. AdamOnly: updates of `batch` numbers.
    TrainingStep(StepKind kind, std::int64_t batch, int threads, const std::string& instructionSet = {});

    void run();
    /// Median seconds per step over about `seconds`.
    double measure(double seconds);
    /// Floating point operations of a step's matrix products and convolutions.
    double productFlops() const;
    std::string deviceText() const { return m_device->description(); }
    std::string explain() const;

private:
    std::unique_ptr<Device> m_device;
    std::unique_ptr<ParameterStore> m_store;
    std::unique_ptr<Program> m_program;
    StepContext m_context;
};

}  // namespace lamina::bench
