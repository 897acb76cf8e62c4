// One prepared operation of a CPU plan.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/engine/cpu/kernels/kernels.h"
#include "core/engine/cpu/thread_pool.h"
#include "core/engine/device.h"

namespace lamina::cpu {

/// What a step may use while it runs.
struct RunContext {
    const StepContext& step;
    ThreadPool& pool;
    const Kernels& kernels;
};

/// Knows its buffers by number; after bind() their addresses stand in the same order. run() allocates nothing.
class Step {
public:
    explicit Step(std::vector<int> buffers) : m_buffers(std::move(buffers)), m_addresses(m_buffers.size(), nullptr) {}
    virtual ~Step() = default;

    const std::vector<int>& buffers() const { return m_buffers; }
    void bind(std::span<void* const> addresses) {
        for (std::size_t i = 0; i < m_buffers.size(); ++i)
            m_addresses[i] = m_buffers[i] < 0 ? nullptr : addresses[static_cast<std::size_t>(m_buffers[i])];
    }
    /// Called once, after bind(): the place for primitives and everything else that allocates. May throw dnnl::error.
    virtual void prepare() {}
    virtual void run(const RunContext& context) = 0;

protected:
    /// The address of the i-th buffer of the list given to the constructor; nullptr where that was -1.
    float* at(std::size_t i) const { return static_cast<float*>(m_addresses[i]); }
    template <class T>
    T* as(std::size_t i) const {
        return static_cast<T*>(m_addresses[i]);
    }

private:
    std::vector<int> m_buffers;
    std::vector<void*> m_addresses;
};

/// A step whose work is one call for every slice: most point-wise steps. The function gets the addresses of the buffers.
class SlicedStep : public Step {
public:
    using Function = std::function<void(const RunContext& context, void* const* addresses, int slice)>;
    SlicedStep(std::vector<int> buffers, int slices, Function function)
        : Step(std::move(buffers)), m_slices(slices), m_function(std::move(function)), m_bound(this->buffers().size()) {}

    void prepare() override {
        for (std::size_t i = 0; i < m_bound.size(); ++i) m_bound[i] = as<void>(i);
    }
    void run(const RunContext& context) override {
        context.pool.run(m_slices, [&](int slice, int) { m_function(context, m_bound.data(), slice); });
    }

private:
    int m_slices;
    Function m_function;
    std::vector<void*> m_bound;
};

/// Cuts `total` units into slices of `unit` (the last may be shorter).
struct Cut {
    std::int64_t total, unit;
    int slices() const { return static_cast<int>((total + unit - 1) / unit); }
    std::int64_t first(int slice) const { return slice * unit; }
    std::int64_t length(int slice) const { return slice * unit + unit <= total ? unit : total - slice * unit; }
};

/// Numbers per slice of a point-wise loop: about 10 µs of work.
constexpr std::int64_t pointwiseUnit = 16384;

}  // namespace lamina::cpu
