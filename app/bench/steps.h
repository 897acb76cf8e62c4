// What is measured on this side: training steps (forward, loss, derived gradients, the guard, Adam) and inference, through Program as jobs run them.
#pragma once

#include <memory>
#include <string>

#include "app/bench/machine.h"
#include "app/bench/networks.h"
#include "core/engine/program.h"

namespace lamina::bench {

class Step {
public:
    static Step training(const MeasuredNetwork& measured, std::int64_t batch, int threads, Precision precision = Precision::Float32);
    static Step inference(const MeasuredNetwork& measured, std::int64_t batch, int threads);
    /// Adam's update of `numbers` parameters and nothing else.
    static Step adam(std::int64_t numbers, int threads);

    void run();
    /// Median seconds per step over about `seconds`.
    double measure(double seconds) { return time(seconds).wall; }
    CallTime time(double seconds);
    /// Floating point operations of a step's matrix products and convolutions.
    double productFlops() const;
    std::string deviceText() const { return m_device->description(); }
    std::string explain() const;
    const ParameterStore& parameters() const { return *m_store; }

private:
    explicit Step(int threads);
    void prepare(const Graph& graph, const std::vector<ValueId>& kept);
    void fill(ValueId input, float scale, float shift);

    std::unique_ptr<Device> m_device;
    std::unique_ptr<ParameterStore> m_store;
    std::unique_ptr<Program> m_program;
    StepContext m_context;
};

}  // namespace lamina::bench
