// The CPU device: plans graphs into steps and runs them on its pool.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "core/engine/cpu/instruction_set.h"
#include "core/engine/cpu/onednn.h"
#include "core/engine/cpu/plan_builder.h"
#include "core/engine/device.h"
#include "core/engine/step_trace.h"

namespace lamina {

namespace {

using namespace cpu;

/// One list per worker, so that nobody waits for another.
class TracedSlices : public SliceObserver {
public:
    explicit TracedSlices(int threads) : m_slices(static_cast<std::size_t>(threads)) {}
    void ran(int worker, std::int64_t begin, std::int64_t end) override { m_slices[static_cast<std::size_t>(worker)].push_back({operation, worker, begin, end}); }
    std::vector<StepTrace::Slice> since(std::int64_t start) const {
        std::vector<StepTrace::Slice> all;
        for (const auto& list : m_slices)
            for (const auto& slice : list) all.push_back({slice.operation, slice.thread, slice.begin - start, slice.end - start});
        return all;
    }

    int operation = 0;  ///< that runs now

private:
    std::vector<std::vector<StepTrace::Slice>> m_slices;
};

/// Counts the times when parameters or states of a device were written, by whomever: what a plan made of them before may be old then.
using Writes = std::atomic<std::uint64_t>;
constexpr std::uint64_t neverSeen = ~std::uint64_t{0};

class CpuPlan : public DevicePlan {
public:
    CpuPlan(PlanBuilder&& builder, std::shared_ptr<ThreadPool> pool, std::shared_ptr<Writes> writes, const Kernels& kernels)
        : m_buffers(std::move(builder.buffers)),
          m_steps(std::move(builder.steps)),
          m_once(std::move(builder.once)),
          m_updates(builder.updates),
          m_planned(std::move(builder.planned)),
          m_pool(std::move(pool)),
          m_writes(std::move(writes)),
          m_kernels(kernels) {}

    const std::vector<Buffer>& buffers() const override { return m_buffers; }
    int stepCount() const override { return static_cast<int>(m_steps.size()); }

    Result<void> bind(const std::vector<void*>& addresses) override {
        const ComputeThread settings;
        m_seen = neverSeen;
        try {
            for (auto& step : m_steps) {
                step->bind(addresses);
                step->prepare();
            }
        } catch (const std::exception& e) {
            return fail("cpu.library", {{"reason", e.what()}});
        }
        return {};
    }

    void run(const StepContext& context) override {
        const ComputeThread settings;
        const RunContext runContext{context, *m_pool, m_kernels};
        if (StepTrace* trace = activeTrace()) return runTraced(runContext, *trace);
        const std::uint64_t writes = m_writes->load(std::memory_order_acquire);
        const bool changed = m_seen != writes;
        for (std::size_t i = 0; i < m_steps.size(); ++i)
            if (changed || !m_once[i]) m_steps[i]->run(runContext);
        m_seen = writes;
        if (m_updates) m_writes->fetch_add(1, std::memory_order_release);
    }

    std::vector<PlannedOp> describe() const override { return m_planned; }

private:
    void runTraced(const RunContext& context, StepTrace& trace) {
        TracedSlices slices(m_pool->threads());
        trace.operations = m_planned;
        trace.whole.clear();
        m_pool->observe(&slices);
        const std::int64_t start = ThreadPool::nanoseconds();
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            slices.operation = static_cast<int>(i);
            const std::int64_t begin = ThreadPool::nanoseconds();
            m_steps[i]->run(context);
            trace.whole.push_back({static_cast<int>(i), 0, begin - start, ThreadPool::nanoseconds() - start});
        }
        m_pool->observe(nullptr);
        trace.slices = slices.since(start);
    }

    std::vector<Buffer> m_buffers;
    std::vector<std::unique_ptr<Step>> m_steps;
    std::vector<bool> m_once;
    bool m_updates;
    std::vector<PlannedOp> m_planned;
    std::shared_ptr<ThreadPool> m_pool;
    std::shared_ptr<Writes> m_writes;
    std::uint64_t m_seen = neverSeen;
    const Kernels& m_kernels;
};

int threadsFor(int wanted) {
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    return wanted > 0 ? std::min(wanted, 1024) : cores;
}

class CpuDevice : public Device {
public:
    explicit CpuDevice(const CpuOptions& options)
        : m_pool(std::make_shared<ThreadPool>(threadsFor(options.threads))),
          m_kernels(kernelsFor((options.instructionSet.empty() ? wantedInstructionSet() : options.instructionSet).c_str())) {
        limitLibrary(wantedInstructionSet());
    }

    std::string id() const override { return "cpu"; }
    std::string description() const override {
        return std::string("CPU, ") + m_kernels.name + (m_kernels.hasBfloat16() ? " with bfloat16, " : ", ") + std::to_string(m_pool->threads()) + " threads, oneDNN " + onednn::version();
    }

    /// Large blocks lie in huge pages: fewer misses when weights stream through. They start at different places of a page: a parameter
    /// and its slots are walked through side by side, and equal places would share the same few lines of the first cache.
    std::shared_ptr<void> allocate(std::size_t bytes) override {
        constexpr std::size_t hugePage = std::size_t{2} << 20, places = 5, distance = 832;
        if (bytes < hugePage) return Device::allocate(bytes);
        const std::size_t shift = distance * (m_allocations++ % places);
        const std::size_t rounded = (bytes + shift + hugePage - 1) / hugePage * hugePage;
        void* const memory = std::aligned_alloc(hugePage, rounded);
        if (!memory) throw std::bad_alloc();
        madvise(memory, rounded, MADV_HUGEPAGE);
        std::memset(memory, 0, rounded);
        return {static_cast<std::byte*>(memory) + shift, [memory](void*) { std::free(memory); }};
    }

    void noteWritten(const void*) override { m_writes->fetch_add(1, std::memory_order_release); }

    Result<std::unique_ptr<DevicePlan>> plan(const Graph& graph, const std::vector<ValueId>& kept) override {
        const ComputeThread settings;
        try {
            PlanBuilder builder(graph, kept, m_kernels, m_pool->threads());
            LAMINA_CHECK(builder.build());
            return std::unique_ptr<DevicePlan>(std::make_unique<CpuPlan>(std::move(builder), m_pool, m_writes, m_kernels));
        } catch (const std::exception& e) {
            return fail("cpu.library", {{"reason", e.what()}});
        }
    }

private:
    std::shared_ptr<ThreadPool> m_pool;
    std::shared_ptr<Writes> m_writes = std::make_shared<Writes>(0);
    const Kernels& m_kernels;
    std::atomic<std::size_t> m_allocations{0};
};

}  // namespace

std::unique_ptr<Device> makeCpuDevice(const CpuOptions& options) { return std::make_unique<CpuDevice>(options); }

}  // namespace lamina
